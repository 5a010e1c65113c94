-- Payments in two steps. capture_mode: whether a charge takes the money at once, or has it only promised. settle_at: until when what was
-- promised can be captured, and when it is released or captured by itself. auto_expire_after: that time in seconds, as it was asked for.
ALTER TABLE payment_intents ADD COLUMN capture_mode TEXT NOT NULL DEFAULT 'Auto' CHECK (capture_mode IN ('Auto', 'Manual'));
ALTER TABLE payment_intents ADD COLUMN auto_expire_after INTEGER;
ALTER TABLE payment_intents ADD COLUMN auto_expire_action TEXT CHECK (auto_expire_action IN ('Release', 'Capture'));
ALTER TABLE payment_intents ADD COLUMN settle_at INTEGER;

CREATE INDEX ix_payment_intents_settle ON payment_intents (location_id, environment, settle_at) WHERE status = 'Authorized';

-- A capture, reversal or refund: on disk before the acquirer hears of it, and ended once. amount: what it moves, the tip of a capture included.
-- key_hash: keyed hash of the idempotency key it was asked for with; gone once it came to nothing, so that the key can be used again.
-- attempt_until: nobody may touch an open one before; null once it has ended.
CREATE TABLE payment_settlements (
    id                INTEGER NOT NULL PRIMARY KEY,
    account_id        INTEGER NOT NULL REFERENCES accounts (id),
    location_id       INTEGER NOT NULL REFERENCES locations (id),
    environment       INTEGER NOT NULL CHECK (environment IN (0, 1)),
    payment_intent_id INTEGER NOT NULL REFERENCES payment_intents (id),
    kind              TEXT    NOT NULL CHECK (kind IN ('Capture', 'Reversal', 'Refund')),
    status            TEXT    NOT NULL CHECK (status IN ('Created', 'Successful', 'Declined', 'Failed')),
    amount            INTEGER NOT NULL CHECK (amount > 0),
    tips_amount       INTEGER NOT NULL CHECK (tips_amount BETWEEN 0 AND amount),
    transaction_id    TEXT    NOT NULL,
    actor             TEXT    NOT NULL,
    key_hash          BLOB,
    reason            TEXT,
    notes             TEXT,
    created_at        INTEGER NOT NULL,
    attempt_until     INTEGER,
    CHECK ((status = 'Created') = (attempt_until IS NOT NULL))
) STRICT;

CREATE INDEX ix_payment_settlements_payment ON payment_settlements (payment_intent_id);
CREATE UNIQUE INDEX ux_payment_settlements_transaction ON payment_settlements (transaction_id);
CREATE UNIQUE INDEX ux_payment_settlements_key ON payment_settlements (payment_intent_id, kind, key_hash) WHERE key_hash IS NOT NULL;
CREATE UNIQUE INDEX ux_payment_settlements_alone ON payment_settlements (payment_intent_id) WHERE status = 'Created' AND kind <> 'Refund';
CREATE INDEX ix_payment_settlements_open ON payment_settlements (location_id, environment, attempt_until) WHERE status = 'Created';

CREATE TRIGGER payment_settlements_no_delete BEFORE DELETE ON payment_settlements BEGIN SELECT RAISE(ABORT, 'a settlement is not deleted'); END;
CREATE TRIGGER payment_settlements_end_once BEFORE UPDATE ON payment_settlements
WHEN OLD.status <> 'Created' OR NEW.amount <> OLD.amount OR NEW.kind <> OLD.kind OR NEW.transaction_id <> OLD.transaction_id
  OR NEW.payment_intent_id <> OLD.payment_intent_id BEGIN
    SELECT RAISE(ABORT, 'a settlement ends once');
END;
