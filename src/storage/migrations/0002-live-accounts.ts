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

-- Takes room for one sending inside the caps of its account, over any window of their length: null when it was taken, else the moment when there is room, or
-- -1 when the money is spent. One at a time, and each sees what the others took: every statement of a function reads anew.
CREATE FUNCTION callboard.take_room(asked text, on_account text, now_at bigint, per_hour bigint, per_day bigint, money bigint, costs bigint)
RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  free_at bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('callboard sendings', 0));
  IF costs > 0 AND costs + (SELECT coalesce(sum(cost), 0) FROM callboard.sendings WHERE account = on_account AND announcement <> asked) > money THEN
    RETURN -1;
  END IF;
  SELECT max(w.at + w.span) INTO free_at FROM (
    (SELECT at, 3600000 AS span FROM callboard.sendings WHERE account = on_account AND announcement <> asked AND at > now_at - 3600000
     ORDER BY at DESC OFFSET per_hour - 1 LIMIT 1)
    UNION ALL
    (SELECT at, 86400000 AS span FROM callboard.sendings WHERE account = on_account AND announcement <> asked AND at > now_at - 86400000
     ORDER BY at DESC OFFSET per_day - 1 LIMIT 1)
  ) w;
  IF free_at > now_at THEN
    RETURN free_at;
  END IF;
  INSERT INTO callboard.sendings (announcement, account, at, cost) VALUES (asked, on_account, now_at, costs)
  ON CONFLICT (announcement) DO UPDATE SET at = excluded.at, cost = excluded.cost;
  RETURN NULL;
END $$;

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
