-- What is authenticated beyond single rows (docs/adr/0017-authenticated-state.md). The manifest lists the data keys; the first start with a
-- program that knows it makes it.
CREATE TABLE data_key_manifest (
    only    INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
    version INTEGER NOT NULL,
    content TEXT    NOT NULL,
    mac     BLOB    NOT NULL
) STRICT;

-- HMAC of what decides what may be done with a token. Null until that first start has sealed the tokens of before.
ALTER TABLE setup_intents ADD COLUMN seal BLOB;

-- 10.3.2: INSERT OR REPLACE deletes what it replaces without asking the triggers for deletions. In the trail each entry has the number
-- after the last; before the row is inserted NEW.id is -1 where the engine is to choose it.
CREATE TRIGGER audit_entries_no_replace BEFORE INSERT ON audit_entries
WHEN EXISTS (SELECT 1 FROM audit_entries WHERE id = NEW.id) BEGIN
    SELECT RAISE(ABORT, 'the audit trail is not changed');
END;

CREATE TRIGGER audit_entries_no_gap AFTER INSERT ON audit_entries
WHEN NEW.id <> 1 AND NOT EXISTS (SELECT 1 FROM audit_entries WHERE id = NEW.id - 1) BEGIN
    SELECT RAISE(ABORT, 'the audit trail has no gaps');
END;

-- Histories only grow: the next event has the position after the last.
CREATE TRIGGER setup_intent_events_no_update BEFORE UPDATE ON setup_intent_events BEGIN SELECT RAISE(ABORT, 'a history is not changed'); END;
CREATE TRIGGER setup_intent_events_no_delete BEFORE DELETE ON setup_intent_events BEGIN SELECT RAISE(ABORT, 'a history is not changed'); END;
CREATE TRIGGER setup_intent_events_only_append BEFORE INSERT ON setup_intent_events
WHEN NEW.position <> (SELECT COALESCE(MAX(position) + 1, 0) FROM setup_intent_events WHERE setup_intent_id = NEW.setup_intent_id) BEGIN
    SELECT RAISE(ABORT, 'a history is not changed');
END;

CREATE TRIGGER payment_intent_events_no_update BEFORE UPDATE ON payment_intent_events BEGIN SELECT RAISE(ABORT, 'a history is not changed'); END;
CREATE TRIGGER payment_intent_events_no_delete BEFORE DELETE ON payment_intent_events BEGIN SELECT RAISE(ABORT, 'a history is not changed'); END;
CREATE TRIGGER payment_intent_events_only_append BEFORE INSERT ON payment_intent_events
WHEN NEW.position <> (SELECT COALESCE(MAX(position) + 1, 0) FROM payment_intent_events WHERE payment_intent_id = NEW.payment_intent_id) BEGIN
    SELECT RAISE(ABORT, 'a history is not changed');
END;
