-- Times are microseconds since 1970. environment: 0 sandbox, 1 production. Names of statuses and the like are stored as text.

CREATE TABLE accounts (
    id         INTEGER NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE locations (
    id                INTEGER NOT NULL PRIMARY KEY,
    account_id        INTEGER NOT NULL REFERENCES accounts (id),
    name              TEXT    NOT NULL,
    unique_references INTEGER NOT NULL DEFAULT 0 CHECK (unique_references IN (0, 1)),
    created_at        INTEGER NOT NULL
) STRICT;

CREATE TABLE api_keys (
    id               INTEGER NOT NULL PRIMARY KEY,
    account_id       INTEGER NOT NULL REFERENCES accounts (id),
    location_id      INTEGER NOT NULL REFERENCES locations (id),
    environment      INTEGER NOT NULL CHECK (environment IN (0, 1)),
    name             TEXT    NOT NULL,
    hash             BLOB    NOT NULL,
    last_four        TEXT    NOT NULL,
    scopes           INTEGER NOT NULL,
    allowed_networks TEXT    NOT NULL,
    created_at       INTEGER NOT NULL,
    expires_at       INTEGER,
    revoked_at       INTEGER
) STRICT;

CREATE UNIQUE INDEX ux_api_keys_hash ON api_keys (hash);

-- Wrapped by the root key, with every column but uses authenticated.
CREATE TABLE data_keys (
    id          INTEGER NOT NULL PRIMARY KEY,
    purpose     TEXT    NOT NULL,
    environment INTEGER NOT NULL CHECK (environment IN (0, 1)),
    state       TEXT    NOT NULL CHECK (state IN ('Active', 'Retired')),
    created_at  INTEGER NOT NULL,
    root_key_id TEXT    NOT NULL,
    wrapped     BLOB    NOT NULL,
    uses        INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE UNIQUE INDEX ux_data_keys_active ON data_keys (purpose, environment) WHERE state = 'Active';

-- id grows with time, so rows are appended; the public id is a keyed permutation of it and needs no index (D17).
CREATE TABLE setup_intents (
    id               INTEGER NOT NULL PRIMARY KEY,
    account_id       INTEGER NOT NULL REFERENCES accounts (id),
    location_id      INTEGER NOT NULL REFERENCES locations (id),
    environment      INTEGER NOT NULL CHECK (environment IN (0, 1)),
    status           TEXT    NOT NULL,
    created_at       INTEGER NOT NULL,
    updated_at       INTEGER NOT NULL,
    reference        TEXT    NOT NULL,
    description      TEXT,
    metadata         TEXT,
    card_leading     TEXT,
    card_last_four   TEXT,
    card_scheme      TEXT,
    card_expiry      INTEGER, -- year * 100 + month
    card_fingerprint BLOB,
    card_record      BLOB
) STRICT;

CREATE TABLE setup_intent_events (
    setup_intent_id INTEGER NOT NULL REFERENCES setup_intents (id),
    position        INTEGER NOT NULL,
    type            TEXT    NOT NULL,
    at              INTEGER NOT NULL,
    actor           TEXT    NOT NULL,
    transaction_id  TEXT,
    auth_code       TEXT,
    PRIMARY KEY (setup_intent_id, position)
) STRICT, WITHOUT ROWID;

-- Only for locations that want each reference once.
CREATE TABLE reference_claims (
    location_id INTEGER NOT NULL REFERENCES locations (id),
    environment INTEGER NOT NULL,
    reference   TEXT    NOT NULL,
    PRIMARY KEY (location_id, environment, reference)
) STRICT, WITHOUT ROWID;

-- answered_status and answered_at are null while the work is running.
CREATE TABLE idempotency_keys (
    location_id     INTEGER NOT NULL REFERENCES locations (id),
    environment     INTEGER NOT NULL,
    key_hash        BLOB    NOT NULL,
    body_hash       BLOB    NOT NULL,
    setup_intent_id INTEGER NOT NULL,
    created_at      INTEGER NOT NULL,
    claimed_until   INTEGER NOT NULL,
    answered_status TEXT,
    answered_at     INTEGER,
    PRIMARY KEY (location_id, environment, key_hash)
) STRICT, WITHOUT ROWID;
