-- attempt_id names the charge that is under way, or whose outcome is not known; nobody may touch it before attempt_until.
CREATE TABLE payment_intents (
    id              INTEGER NOT NULL PRIMARY KEY,
    account_id      INTEGER NOT NULL REFERENCES accounts (id),
    location_id     INTEGER NOT NULL REFERENCES locations (id),
    environment     INTEGER NOT NULL CHECK (environment IN (0, 1)),
    setup_intent_id INTEGER NOT NULL REFERENCES setup_intents (id),
    status          TEXT    NOT NULL,
    amount          INTEGER NOT NULL CHECK (amount > 0),
    currency        TEXT    NOT NULL,
    reference       TEXT    NOT NULL,
    metadata        TEXT,
    details         TEXT,
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    expire_at       INTEGER NOT NULL,
    attempt_id      TEXT,
    attempt_until   INTEGER
) STRICT;

CREATE INDEX ix_payment_intents_setup_intent ON payment_intents (setup_intent_id);
CREATE INDEX ix_payment_intents_attempt ON payment_intents (location_id, environment, attempt_until) WHERE attempt_id IS NOT NULL;

CREATE TABLE payment_intent_events (
    payment_intent_id INTEGER NOT NULL REFERENCES payment_intents (id),
    position          INTEGER NOT NULL,
    type              TEXT    NOT NULL,
    at                INTEGER NOT NULL,
    actor             TEXT    NOT NULL,
    cause             TEXT    NOT NULL,
    transaction_id    TEXT,
    auth_code         TEXT,
    PRIMARY KEY (payment_intent_id, position)
) STRICT, WITHOUT ROWID;

-- The authorization of a setup intent's card whose outcome is not known, and when to ask about it next.
ALTER TABLE setup_intents ADD COLUMN attempt_id    TEXT;
ALTER TABLE setup_intents ADD COLUMN attempt_until INTEGER;

CREATE INDEX ix_setup_intents_attempt ON setup_intents (location_id, environment, attempt_until) WHERE attempt_id IS NOT NULL;
