-- details: what is known of a customer, as a JSON object. version: counts the changes. deleted_at: nothing is known of it any more.
CREATE TABLE customers (
    id          INTEGER NOT NULL PRIMARY KEY,
    account_id  INTEGER NOT NULL REFERENCES accounts (id),
    location_id INTEGER NOT NULL REFERENCES locations (id),
    environment INTEGER NOT NULL CHECK (environment IN (0, 1)),
    details     TEXT,
    version     INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    deleted_at  INTEGER,
    CHECK (deleted_at IS NULL OR details IS NULL)
) STRICT;

CREATE INDEX ix_customers_tenant ON customers (location_id, environment, id) WHERE deleted_at IS NULL;

-- hash: keyed hash of the secret. expires_at: by the tenant's clock.
CREATE TABLE customer_secrets (
    hash        BLOB    NOT NULL PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers (id),
    expires_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX ix_customer_secrets_customer ON customer_secrets (customer_id, expires_at);

-- Whose saved card a token is. seal: binds the two to each other.
CREATE TABLE customer_cards (
    setup_intent_id INTEGER NOT NULL PRIMARY KEY REFERENCES setup_intents (id),
    customer_id     INTEGER NOT NULL REFERENCES customers (id),
    seal            BLOB    NOT NULL
) STRICT;

CREATE INDEX ix_customer_cards_customer ON customer_cards (customer_id, setup_intent_id);

-- The token of the saved card that a payment is made with, which stays as it is.
ALTER TABLE payment_intents ADD COLUMN saved_card_id INTEGER REFERENCES setup_intents (id);
