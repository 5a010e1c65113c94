-- vanishes_at: when a throwaway sandbox ends, by the real clock; null for a location that stays. made_by_location_id: the location whose sandbox made
-- it. removed_at: it is gone, and so is what belonged to it; its number stays taken, for the audit trail names it.
ALTER TABLE locations ADD COLUMN vanishes_at INTEGER;
ALTER TABLE locations ADD COLUMN made_by_location_id INTEGER;
ALTER TABLE locations ADD COLUMN removed_at INTEGER;

-- The sandboxes that are being emptied. tokens: how many there were. erased: how many of them are gone.
CREATE TABLE sandbox_erasures (
    location_id INTEGER NOT NULL PRIMARY KEY REFERENCES locations (id),
    asked_at    INTEGER NOT NULL,
    tokens      INTEGER NOT NULL,
    erased      INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Histories are not changed, and go with a sandbox that is being emptied alone. Production has no such exception.
DROP TRIGGER setup_intent_events_no_delete;
CREATE TRIGGER setup_intent_events_no_delete BEFORE DELETE ON setup_intent_events
WHEN NOT EXISTS (SELECT 1
                   FROM setup_intents s JOIN sandbox_erasures e ON e.location_id = s.location_id
                  WHERE s.id = OLD.setup_intent_id AND s.environment = 0) BEGIN
    SELECT RAISE(ABORT, 'a history is not changed');
END;

DROP TRIGGER payment_intent_events_no_delete;
CREATE TRIGGER payment_intent_events_no_delete BEFORE DELETE ON payment_intent_events
WHEN NOT EXISTS (SELECT 1
                   FROM payment_intents p JOIN sandbox_erasures e ON e.location_id = p.location_id
                  WHERE p.id = OLD.payment_intent_id AND p.environment = 0) BEGIN
    SELECT RAISE(ABORT, 'a history is not changed');
END;

DROP TRIGGER payment_settlements_no_delete;
CREATE TRIGGER payment_settlements_no_delete BEFORE DELETE ON payment_settlements
WHEN OLD.environment <> 0 OR NOT EXISTS (SELECT 1 FROM sandbox_erasures e WHERE e.location_id = OLD.location_id) BEGIN
    SELECT RAISE(ABORT, 'a settlement is not deleted');
END;

-- Without it each token that goes would look for itself in every payment.
CREATE INDEX ix_payment_intents_saved_card ON payment_intents (saved_card_id) WHERE saved_card_id IS NOT NULL;
CREATE INDEX ix_customers_location ON customers (location_id, environment);

-- The sandbox as a whole has a scope of its own (32). Keys that could move its clock (8), for everybody who uses it, can do the rest too.
UPDATE api_keys SET scopes = scopes | 32 WHERE environment = 0 AND (scopes & 8) <> 0;
