-- Per location: whether an Unscheduled token may be charged again, how long card data of finished tokens is kept, and how far
-- the sandbox's clock is ahead.
ALTER TABLE locations ADD COLUMN repeated_charges INTEGER NOT NULL DEFAULT 0 CHECK (repeated_charges IN (0, 1));
ALTER TABLE locations ADD COLUMN retention_days   INTEGER NOT NULL DEFAULT 90 CHECK (retention_days >= 0);
ALTER TABLE locations ADD COLUMN sandbox_offset   INTEGER NOT NULL DEFAULT 0 CHECK (sandbox_offset >= 0);

-- details: the members that are kept as they were sent and given back. due_at: when housekeeping next has something to do
-- with the row; null when never again. charged_by: the payment intent that is being charged with the token.
ALTER TABLE setup_intents ADD COLUMN transaction_type         TEXT;
ALTER TABLE setup_intents ADD COLUMN terms                    TEXT;
ALTER TABLE setup_intents ADD COLUMN intended_amount          INTEGER;
ALTER TABLE setup_intents ADD COLUMN intended_currency        TEXT;
ALTER TABLE setup_intents ADD COLUMN details                  TEXT;
ALTER TABLE setup_intents ADD COLUMN expire_at                INTEGER;
ALTER TABLE setup_intents ADD COLUMN client_secret_generation INTEGER NOT NULL DEFAULT 0;
ALTER TABLE setup_intents ADD COLUMN client_secret_expires_at INTEGER;
ALTER TABLE setup_intents ADD COLUMN due_at                   INTEGER;
ALTER TABLE setup_intents ADD COLUMN charged_by               INTEGER;

ALTER TABLE setup_intent_events ADD COLUMN cause TEXT NOT NULL DEFAULT '';

-- Each ends in the row's id, so both list newest first without sorting.
CREATE INDEX ix_setup_intents_location ON setup_intents (location_id, environment);
CREATE INDEX ix_setup_intents_reference ON setup_intents (location_id, environment, reference);
CREATE INDEX ix_setup_intents_due ON setup_intents (location_id, environment, due_at) WHERE due_at IS NOT NULL;

CREATE INDEX ix_idempotency_keys_created ON idempotency_keys (created_at);
