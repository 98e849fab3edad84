/** When a notice that could not be sent is tried again, and by which ways it was sent already. Who sends one sets its next try first, so that nobody else does. */
export const noticesAgain = `
ALTER TABLE callboard.notices ADD COLUMN next_at bigint NOT NULL DEFAULT 0;
ALTER TABLE callboard.notices ADD COLUMN sent_by text[] NOT NULL DEFAULT '{}';
DROP INDEX callboard.notices_untold;
CREATE INDEX notices_untold ON callboard.notices (edition, next_at, at, id) WHERE told_at IS NULL;
`;
