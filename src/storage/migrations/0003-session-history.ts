/** What became of every session from version to version, so that feeds need not read all versions: written when a version is stored. */
export const sessionHistory = `
CREATE TABLE callboard.session_history (
  edition text NOT NULL REFERENCES callboard.editions,
  session text NOT NULL,
  sequence integer NOT NULL,
  modified_at bigint NOT NULL,
  previous_start bigint,
  PRIMARY KEY (edition, session)
);

-- What each version changed from the one before, as of program/changes.ts.
CREATE TABLE callboard.version_changes (
  edition text NOT NULL,
  version integer NOT NULL,
  changes json NOT NULL,
  PRIMARY KEY (edition, version),
  FOREIGN KEY (edition, version) REFERENCES callboard.program_versions
);
`;
