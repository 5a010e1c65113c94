-- What was looked up for each row of a batch is looked up for the batch.

-- Positions count up from 0: the key keeps two from being the same, and this keeps one from being left out. Most events are a token's first, which asks for nothing.
CREATE OR REPLACE FUNCTION setup_intent_events_append() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM added a
                WHERE a.position < 0
                   OR a.position > 0 AND NOT EXISTS (SELECT FROM setup_intent_events e WHERE e.setup_intent_id = a.setup_intent_id AND e.position = a.position - 1)) THEN
        RAISE EXCEPTION 'a history is not changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER setup_intent_events_only_append ON setup_intent_events;
CREATE TRIGGER setup_intent_events_only_append AFTER INSERT ON setup_intent_events REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION setup_intent_events_append();

CREATE OR REPLACE FUNCTION payment_intent_events_append() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM added a
                WHERE a.position < 0
                   OR a.position > 0 AND NOT EXISTS (SELECT FROM payment_intent_events e WHERE e.payment_intent_id = a.payment_intent_id AND e.position = a.position - 1)) THEN
        RAISE EXCEPTION 'a history is not changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER payment_intent_events_only_append ON payment_intent_events;
CREATE TRIGGER payment_intent_events_only_append AFTER INSERT ON payment_intent_events REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION payment_intent_events_append();

-- What the index of tokens holds already is noted when it comes late.
CREATE FUNCTION setup_intents_note_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO token_changes (account_id, location_id, environment, setup_intent_id)
    SELECT account_id, location_id, environment, id FROM added WHERE id <= (SELECT indexing_up_to FROM token_index_progress);
    RETURN NULL;
END $$;
DROP TRIGGER setup_intents_note_late ON setup_intents;
CREATE TRIGGER setup_intents_note_late AFTER INSERT ON setup_intents REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION setup_intents_note_added();
