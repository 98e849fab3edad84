/** Who a member is in the program: the key of a person, or empty. Programs come and go: no reference. */
export const membersPerson = `
ALTER TABLE callboard.members ADD COLUMN person text NOT NULL DEFAULT '';
`;
