/**
 * The first tables. Moments are milliseconds since 1970 (bigint), as everywhere inside; leases run on `callboard.now_ms()`, the
 * database's own clock. The arrows repeat `publish/state.ts`, so that no statement of any program can go another way.
 */
export const first = `
CREATE FUNCTION callboard.now_ms() RETURNS bigint LANGUAGE sql VOLATILE AS
  $$ SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint $$;

CREATE TABLE callboard.editions (
  id text PRIMARY KEY,
  -- Editions that follow one another, as those of the sample do.
  series text NOT NULL,
  title text NOT NULL,
  address text,
  zone text NOT NULL,
  shift_ms bigint NOT NULL DEFAULT 0,
  began_at bigint NOT NULL,
  created_at bigint NOT NULL,
  -- The version in force; what is composed from another is refused by the claim.
  program_version integer NOT NULL DEFAULT 0,
  paused_reason text,
  paused_at bigint,
  -- Where it lives now; set, it never runs here again.
  moved_to text,
  moved_at bigint
);
CREATE INDEX editions_series ON callboard.editions (series, created_at);

CREATE TABLE callboard.program_versions (
  edition text NOT NULL REFERENCES callboard.editions,
  version integer NOT NULL,
  imported_at bigint NOT NULL,
  fingerprint text NOT NULL,
  address text NOT NULL,
  etag text,
  last_modified text,
  program json NOT NULL,
  report json NOT NULL,
  PRIMARY KEY (edition, version)
);

-- Every id that a source ever gave a thing, under its name in the program's identity, with our permanent key.
CREATE TABLE callboard.aliases (
  edition text NOT NULL REFERENCES callboard.editions,
  alias text NOT NULL,
  key text NOT NULL,
  PRIMARY KEY (edition, alias)
);

CREATE TABLE callboard.announcements (
  id text PRIMARY KEY,
  edition text NOT NULL,
  sessions text[] NOT NULL CHECK (cardinality(sessions) > 0),
  account text NOT NULL,
  network text NOT NULL,
  lead_time text NOT NULL,
  round integer NOT NULL,
  template text NOT NULL,
  due_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  state text NOT NULL,
  reason text,
  hold_reason text,
  -- A person let it go: the plan does not put its own holds (approval, room) back.
  released boolean NOT NULL DEFAULT false,
  state_since bigint NOT NULL,
  -- Who brought it into its state; what the plan cancelled, the plan may bring back.
  state_by text NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  attempts integer NOT NULL DEFAULT 0,
  retry_at bigint,
  wakes_at bigint NOT NULL GENERATED ALWAYS AS (greatest(due_at, coalesce(retry_at, due_at))) STORED,
  needs_person boolean NOT NULL DEFAULT false,
  -- Whether it may have been sent: see sentAfter in publish/state.ts.
  sent boolean NOT NULL DEFAULT false,
  resend boolean NOT NULL DEFAULT false,
  frozen_key text,
  frozen_content json,
  frozen_at bigint,
  claim_token text,
  claim_boot text,
  claim_lease bigint,
  CHECK ((state = 'held') = (hold_reason IS NOT NULL)),
  CHECK ((state = 'publishing') = (claim_token IS NOT NULL))
);
CREATE INDEX announcements_due ON callboard.announcements (edition, wakes_at, id) WHERE state = 'planned';
CREATE INDEX announcements_expiry ON callboard.announcements (edition, expires_at) WHERE state IN ('planned', 'held');
CREATE INDEX announcements_claimed ON callboard.announcements (edition, claim_lease) WHERE state = 'publishing';
CREATE INDEX announcements_state ON callboard.announcements (edition, state, due_at, id);
CREATE UNIQUE INDEX announcements_key ON callboard.announcements (account, frozen_key) WHERE frozen_key IS NOT NULL;

CREATE FUNCTION callboard.check_arrow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT ((OLD.state || ' ' || NEW.state) = ANY (ARRAY[
    'planned held', 'held planned', 'planned publishing',
    'publishing published', 'publishing planned', 'publishing held', 'publishing rejected', 'publishing handed-off', 'publishing uncertain',
    'handed-off published', 'handed-off cancelled', 'handed-off expired',
    'uncertain published', 'uncertain planned', 'uncertain expired',
    'planned expired', 'held expired', 'planned cancelled', 'held cancelled',
    'rejected planned', 'cancelled planned', 'expired planned',
    'published removed'
  ]))
  OR (OLD.state IN ('rejected', 'cancelled', 'expired') AND OLD.sent) THEN
    RAISE EXCEPTION 'announcement %: % does not become %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'CB001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER announcements_arrow BEFORE UPDATE OF state ON callboard.announcements
  FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION callboard.check_arrow();

-- Whoever announces a session for a lead time on an account in a round has it; nobody else announces it again.
CREATE TABLE callboard.coverage (
  edition text NOT NULL,
  session text NOT NULL,
  lead_time text NOT NULL,
  account text NOT NULL,
  round integer NOT NULL,
  announcement text NOT NULL,
  -- The session first: it alone tells nearly all, also to a planner that has no statistics yet.
  PRIMARY KEY (session, lead_time, account, round, edition)
);
CREATE INDEX coverage_announcement ON callboard.coverage (announcement);

CREATE TABLE callboard.story (
  entry bigint GENERATED BY DEFAULT AS IDENTITY,
  announcement text NOT NULL,
  at bigint NOT NULL,
  from_state text,
  to_state text NOT NULL,
  reason text,
  actor text NOT NULL,
  attempt integer,
  PRIMARY KEY (announcement, entry)
);

CREATE FUNCTION callboard.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'callboard.% is append-only', TG_TABLE_NAME USING ERRCODE = 'CB002';
END $$;
CREATE TRIGGER story_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON callboard.story
  FOR EACH STATEMENT EXECUTE FUNCTION callboard.refuse();

CREATE TABLE callboard.posts (
  announcement text PRIMARY KEY REFERENCES callboard.announcements,
  account text NOT NULL,
  uri text NOT NULL,
  permalink text NOT NULL,
  accepted_at bigint NOT NULL,
  removed_at bigint,
  UNIQUE (account, uri)
);

-- The preview network's own memory. It knows of the ledger nothing but a name.
CREATE TABLE callboard.preview_posts (
  sequence bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  edition text NOT NULL REFERENCES callboard.editions,
  account text NOT NULL,
  network text NOT NULL,
  key text NOT NULL,
  announcement text NOT NULL,
  content json NOT NULL,
  accepted_at bigint NOT NULL,
  removed_at bigint,
  UNIQUE (edition, account, key)
);
CREATE INDEX preview_posts_network ON callboard.preview_posts (edition, network, sequence) WHERE removed_at IS NULL;

CREATE TABLE callboard.cards (
  edition text NOT NULL REFERENCES callboard.editions,
  digest text NOT NULL,
  card json NOT NULL,
  PRIMARY KEY (edition, digest)
);
`;
