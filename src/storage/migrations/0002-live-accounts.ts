/**
 * What live accounts need: sealed secrets, what a network's publisher remembers, whether an account is parked, what was sent on it (for its caps) and
 * what the organizer was told. Money is in millionths of a US dollar.
 */
export const liveAccounts = `
CREATE TABLE callboard.secrets (
  account text PRIMARY KEY,
  -- version, nonce, tag and ciphertext (AES-256-GCM), base64url; the account's name is authenticated with it.
  sealed text NOT NULL,
  written_at bigint NOT NULL
);

CREATE TABLE callboard.network_memory (
  account text NOT NULL,
  name text NOT NULL,
  value json NOT NULL,
  written_at bigint NOT NULL,
  PRIMARY KEY (account, name)
);
CREATE INDEX network_memory_age ON callboard.network_memory (written_at);

CREATE TABLE callboard.live_accounts (
  account text PRIMARY KEY,
  parked_reason text,
  parked_at bigint
);

-- What was sent, or may have been, on a live account: the caps count it over any window. A row goes when its claim provably sent nothing.
CREATE TABLE callboard.sendings (
  announcement text PRIMARY KEY,
  account text NOT NULL,
  at bigint NOT NULL,
  cost bigint NOT NULL DEFAULT 0
);
CREATE INDEX sendings_window ON callboard.sendings (account, at);

-- What the organizer was told, or is to be told; the id makes each thing told once.
CREATE TABLE callboard.notices (
  id text PRIMARY KEY,
  edition text NOT NULL,
  kind text NOT NULL,
  at bigint NOT NULL,
  notice json NOT NULL,
  told_at bigint,
  attempts integer NOT NULL DEFAULT 0
);
CREATE INDEX notices_untold ON callboard.notices (edition, at) WHERE told_at IS NULL;

-- Which campaign was shown against the limits of which account, and accepted by name where it does not fit.
CREATE TABLE callboard.clearances (
  edition text NOT NULL,
  account text NOT NULL,
  shown_at bigint NOT NULL,
  accepted_at bigint,
  PRIMARY KEY (edition, account)
);
`;
