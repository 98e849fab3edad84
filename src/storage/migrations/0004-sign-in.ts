/**
 * Who signs in, and what is kept for them. The tables that better-auth reads and writes have its column types (moments are timestamptz, made and compared
 * by it); all others are ours. A member goes with everything that is kept for them.
 */
export const signIn = `
CREATE TABLE callboard.members (
  id text PRIMARY KEY,
  name text NOT NULL,
  email text NOT NULL UNIQUE,
  email_verified boolean NOT NULL,
  image text,
  role text NOT NULL DEFAULT 'attendee' CHECK (role IN ('attendee', 'presenter', 'organizer')),
  -- What the cookie callboard-preferences holds.
  preferences text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);

-- One row for each browser that is signed in.
CREATE TABLE callboard.sign_ins (
  id text PRIMARY KEY,
  token text NOT NULL UNIQUE,
  member text NOT NULL REFERENCES callboard.members ON DELETE CASCADE,
  expires_at timestamptz NOT NULL,
  ip_address text,
  user_agent text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE INDEX sign_ins_member ON callboard.sign_ins (member);

-- better-auth wants the table; without passwords and other providers nothing is written to it.
CREATE TABLE callboard.sign_in_providers (
  id text PRIMARY KEY,
  account_id text NOT NULL,
  provider_id text NOT NULL,
  member text NOT NULL REFERENCES callboard.members ON DELETE CASCADE,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE INDEX sign_in_providers_member ON callboard.sign_in_providers (member);

-- Links that were mailed, by the hash of their token, and challenges to passkeys; a row goes when it is used.
CREATE TABLE callboard.sign_in_proofs (
  id text PRIMARY KEY,
  identifier text NOT NULL,
  value text NOT NULL,
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE INDEX sign_in_proofs_identifier ON callboard.sign_in_proofs (identifier);
CREATE INDEX sign_in_proofs_age ON callboard.sign_in_proofs (expires_at);

CREATE TABLE callboard.passkeys (
  id text PRIMARY KEY,
  name text,
  public_key text NOT NULL,
  member text NOT NULL REFERENCES callboard.members ON DELETE CASCADE,
  credential_id text NOT NULL UNIQUE,
  counter bigint NOT NULL,
  device_type text NOT NULL,
  backed_up boolean NOT NULL,
  transports text,
  created_at timestamptz,
  aaguid text
);
CREATE INDEX passkeys_member ON callboard.passkeys (member);

-- How often something was tried in a window of time that begins with the first try. The name is a hash: no addresses are kept.
CREATE TABLE callboard.attempts (
  name text PRIMARY KEY,
  began_at bigint NOT NULL,
  ends_at bigint NOT NULL,
  count integer NOT NULL
);
CREATE INDEX attempts_age ON callboard.attempts (ends_at);

-- What a member has starred. A star that was taken back stays, so that calendars hear of it; turns counts how often it was given and taken back.
CREATE TABLE callboard.stars (
  edition text NOT NULL REFERENCES callboard.editions,
  member text NOT NULL REFERENCES callboard.members ON DELETE CASCADE,
  session text NOT NULL,
  starred_at bigint NOT NULL,
  removed_at bigint,
  turns integer NOT NULL DEFAULT 0,
  PRIMARY KEY (edition, member, session)
);

-- The private address of a member's calendar: found by the digest of its token, shown again by unsealing it.
CREATE TABLE callboard.schedule_addresses (
  edition text NOT NULL REFERENCES callboard.editions,
  member text NOT NULL REFERENCES callboard.members ON DELETE CASCADE,
  digest text NOT NULL UNIQUE,
  sealed text NOT NULL,
  made_at bigint NOT NULL,
  PRIMARY KEY (edition, member)
);
`;
