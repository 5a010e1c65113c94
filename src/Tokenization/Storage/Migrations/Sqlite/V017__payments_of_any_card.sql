-- A payment intent need not be of a token: one without is paid by a shopper, whose card is kept masked and no more. SQLite cannot make a
-- column nullable, so the table is made anew, and with it that of the events, which refers to it.
-- tips_amount and service_charge_amount are charged besides amount. authorized_amount is what the issuer promised, captured_amount what was
-- taken of that, refunded_amount what was given back of that; transaction_id names the attempt that the issuer approved.
CREATE TABLE payment_intents_of_tokens AS SELECT * FROM payment_intents;
CREATE TABLE payment_intent_events_of_tokens AS SELECT * FROM payment_intent_events;
DROP TABLE payment_intent_events;
DROP TABLE payment_intents;

CREATE TABLE payment_intents (
    id                       INTEGER NOT NULL PRIMARY KEY,
    account_id               INTEGER NOT NULL REFERENCES accounts (id),
    location_id              INTEGER NOT NULL REFERENCES locations (id),
    environment              INTEGER NOT NULL CHECK (environment IN (0, 1)),
    setup_intent_id          INTEGER REFERENCES setup_intents (id),
    status                   TEXT    NOT NULL,
    amount                   INTEGER NOT NULL CHECK (amount > 0),
    tips_amount              INTEGER NOT NULL DEFAULT 0 CHECK (tips_amount >= 0),
    service_charge_amount    INTEGER NOT NULL DEFAULT 0 CHECK (service_charge_amount >= 0),
    currency                 TEXT    NOT NULL,
    reference                TEXT    NOT NULL,
    metadata                 TEXT,
    details                  TEXT,
    created_at               INTEGER NOT NULL,
    updated_at               INTEGER NOT NULL,
    expire_at                INTEGER NOT NULL,
    transaction_id           TEXT,
    authorized_amount        INTEGER NOT NULL DEFAULT 0,
    captured_amount          INTEGER NOT NULL DEFAULT 0,
    refunded_amount          INTEGER NOT NULL DEFAULT 0,
    card_leading             TEXT,
    card_last_four           TEXT,
    card_scheme              TEXT,
    card_expiry              INTEGER,
    client_secret_generation INTEGER NOT NULL DEFAULT 0,
    client_secret_expires_at INTEGER,
    attempt_id               TEXT,
    attempt_until            INTEGER,
    CHECK (authorized_amount IN (0, amount + tips_amount + service_charge_amount)),
    CHECK (captured_amount BETWEEN 0 AND authorized_amount),
    CHECK (refunded_amount BETWEEN 0 AND captured_amount)
) STRICT;

INSERT INTO payment_intents (
    id, account_id, location_id, environment, setup_intent_id, status, amount, currency, reference, metadata, details,
    created_at, updated_at, expire_at, transaction_id, authorized_amount, captured_amount, attempt_id, attempt_until)
SELECT p.id, p.account_id, p.location_id, p.environment, p.setup_intent_id, p.status, p.amount, p.currency, p.reference, p.metadata, p.details,
       p.created_at, p.updated_at, p.expire_at,
       (SELECT e.transaction_id FROM payment_intent_events_of_tokens e WHERE e.payment_intent_id = p.id AND e.type = 'Captured'),
       CASE p.status WHEN 'Captured' THEN p.amount ELSE 0 END,
       CASE p.status WHEN 'Captured' THEN p.amount ELSE 0 END,
       p.attempt_id, p.attempt_until
  FROM payment_intents_of_tokens p;

DROP TABLE payment_intents_of_tokens;

CREATE INDEX ix_payment_intents_setup_intent ON payment_intents (setup_intent_id) WHERE setup_intent_id IS NOT NULL;
CREATE INDEX ix_payment_intents_attempt ON payment_intents (location_id, environment, attempt_until) WHERE attempt_id IS NOT NULL;

-- amount: how much an event moved, in minor units; null where it moved nothing.
CREATE TABLE payment_intent_events (
    payment_intent_id INTEGER NOT NULL REFERENCES payment_intents (id),
    position          INTEGER NOT NULL,
    type              TEXT    NOT NULL,
    at                INTEGER NOT NULL,
    actor             TEXT    NOT NULL,
    cause             TEXT    NOT NULL,
    transaction_id    TEXT,
    auth_code         TEXT,
    amount            INTEGER,
    PRIMARY KEY (payment_intent_id, position)
) STRICT, WITHOUT ROWID;

INSERT INTO payment_intent_events (payment_intent_id, position, type, at, actor, cause, transaction_id, auth_code, amount)
SELECT e.payment_intent_id, e.position, e.type, e.at, e.actor, e.cause, e.transaction_id, e.auth_code,
       CASE e.type WHEN 'Captured' THEN p.amount END
  FROM payment_intent_events_of_tokens e
  JOIN payment_intents p ON p.id = e.payment_intent_id
 ORDER BY e.payment_intent_id, e.position;

DROP TABLE payment_intent_events_of_tokens;

-- As before: histories only grow.
CREATE TRIGGER payment_intent_events_no_update BEFORE UPDATE ON payment_intent_events BEGIN SELECT RAISE(ABORT, 'a history is not changed'); END;
CREATE TRIGGER payment_intent_events_no_delete BEFORE DELETE ON payment_intent_events BEGIN SELECT RAISE(ABORT, 'a history is not changed'); END;
CREATE TRIGGER payment_intent_events_only_append BEFORE INSERT ON payment_intent_events
WHEN NEW.position <> (SELECT COALESCE(MAX(position) + 1, 0) FROM payment_intent_events WHERE payment_intent_id = NEW.payment_intent_id) BEGIN
    SELECT RAISE(ABORT, 'a history is not changed');
END;
