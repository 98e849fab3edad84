/** What was accepted of a campaign that does not fit, so that more than that is asked about again; missing for what was accepted before. */
export const acceptedBudgets = `
ALTER TABLE callboard.clearances ADD COLUMN accepted json;
`;
