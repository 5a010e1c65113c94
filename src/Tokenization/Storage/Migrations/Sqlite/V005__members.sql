-- slug: the location's name in addresses of the portal.
ALTER TABLE locations ADD COLUMN slug TEXT NOT NULL DEFAULT '';
UPDATE locations SET slug = 'location-' || id;
CREATE UNIQUE INDEX ux_locations_slug ON locations (account_id, slug);

-- handle: by what passkeys know the member; random. email_key: the address as it is compared. totp_seed is sealed; totp_last_step is the last time step whose code was taken.
-- password_history: hashes of the passwords before this one, a line each. active_since: when the member joined, or was enabled again.
CREATE TABLE members (
    id                INTEGER NOT NULL PRIMARY KEY,
    account_id        INTEGER NOT NULL REFERENCES accounts (id),
    handle            TEXT    NOT NULL,
    email             TEXT    NOT NULL,
    email_key         TEXT    NOT NULL,
    name              TEXT    NOT NULL,
    role              TEXT    NOT NULL,
    is_disabled       INTEGER NOT NULL DEFAULT 0 CHECK (is_disabled IN (0, 1)),
    password_hash     TEXT    NOT NULL,
    password_history  TEXT    NOT NULL DEFAULT '',
    totp_seed         BLOB,
    totp_last_step    INTEGER NOT NULL DEFAULT 0,
    failures          INTEGER NOT NULL DEFAULT 0,
    locked_until      INTEGER,
    created_at        INTEGER NOT NULL,
    last_signed_in_at INTEGER,
    active_since      INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX ux_members_handle ON members (handle);
CREATE UNIQUE INDEX ux_members_email ON members (email_key);
CREATE INDEX ix_members_account ON members (account_id);

CREATE TABLE member_recovery_codes (
    member_id INTEGER NOT NULL REFERENCES members (id),
    hash      BLOB    NOT NULL,
    PRIMARY KEY (member_id, hash)
) STRICT, WITHOUT ROWID;

-- data: the public key and what else is needed to check an assertion, as JSON.
CREATE TABLE member_passkeys (
    credential_id BLOB    NOT NULL PRIMARY KEY,
    member_id     INTEGER NOT NULL REFERENCES members (id),
    name          TEXT    NOT NULL,
    data          TEXT    NOT NULL,
    created_at    INTEGER NOT NULL,
    last_used_at  INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX ix_member_passkeys_member ON member_passkeys (member_id);

-- confirmed_at: when both factors were last shown. ended_at: when it was ended before its time.
CREATE TABLE member_sessions (
    id            INTEGER NOT NULL PRIMARY KEY,
    secret_hash   BLOB    NOT NULL,
    member_id     INTEGER NOT NULL REFERENCES members (id),
    created_at    INTEGER NOT NULL,
    confirmed_at  INTEGER NOT NULL,
    last_input_at INTEGER NOT NULL,
    ends_at       INTEGER NOT NULL,
    ended_at      INTEGER,
    address       TEXT,
    user_agent    TEXT    NOT NULL
) STRICT;

CREATE UNIQUE INDEX ux_member_sessions_secret ON member_sessions (secret_hash);
CREATE INDEX ix_member_sessions_member ON member_sessions (member_id, ends_at);

-- A link that makes someone a member, once. invited_by is null where the service itself or an operator made it.
CREATE TABLE member_links (
    id          INTEGER NOT NULL PRIMARY KEY,
    secret_hash BLOB    NOT NULL,
    account_id  INTEGER NOT NULL REFERENCES accounts (id),
    email       TEXT,
    role        TEXT    NOT NULL,
    invited_by  INTEGER REFERENCES members (id),
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    used_at     INTEGER,
    withdrawn_at INTEGER
) STRICT;

CREATE UNIQUE INDEX ux_member_links_secret ON member_links (secret_hash);
CREATE INDEX ix_member_links_account ON member_links (account_id);

-- What is between two pages of a sign-in or a set-up; state is sealed.
CREATE TABLE sign_in_ceremonies (
    secret_hash BLOB    NOT NULL PRIMARY KEY,
    state       BLOB    NOT NULL,
    expires_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The keys that protect forms, with what is secret of them sealed.
CREATE TABLE portal_keys (
    id   INTEGER NOT NULL PRIMARY KEY,
    name TEXT    NOT NULL,
    xml  TEXT    NOT NULL
) STRICT;

CREATE TABLE audit_entries (
    id         INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    actor      TEXT    NOT NULL,
    action     TEXT    NOT NULL,
    subject    TEXT    NOT NULL,
    succeeded  INTEGER NOT NULL CHECK (succeeded IN (0, 1)),
    detail     TEXT    NOT NULL,
    address    TEXT
) STRICT;

CREATE INDEX ix_audit_entries_account ON audit_entries (account_id);
CREATE INDEX ix_audit_entries_subject ON audit_entries (account_id, subject);

-- 10.3.2: nobody changes what is in the trail, not even this program.
CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries BEGIN SELECT RAISE(ABORT, 'the audit trail is not changed'); END;
CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries BEGIN SELECT RAISE(ABORT, 'the audit trail is not changed'); END;
