-- A commit only appends (docs/adr/0014-append-only-commits.md): setup_intents and setup_intent_events lose every index that a new
-- token would have to be put into the middle of. What they were for is found in token_index, which is written behind.
DROP INDEX ix_setup_intents_location;
DROP INDEX ix_setup_intents_reference;
DROP INDEX ix_setup_intents_due;
DROP TRIGGER setup_intents_note_insert;
DROP TRIGGER setup_intents_note_change;
DROP TABLE token_index;
DELETE FROM token_changes;
DELETE FROM token_counts;

-- In the order of creation, so that new rows are appended; the indexes below continue in that order by themselves.
CREATE TABLE token_index (
    location_id     INTEGER NOT NULL,
    environment     INTEGER NOT NULL,
    created_at      INTEGER NOT NULL,
    setup_intent_id INTEGER NOT NULL,
    account_id      INTEGER NOT NULL,
    status          TEXT    NOT NULL,
    outcome         TEXT    NOT NULL,
    card_scheme     TEXT,
    card_last_four  TEXT,
    reference       TEXT    NOT NULL,
    due_at          INTEGER,
    PRIMARY KEY (location_id, environment, created_at, setup_intent_id)
) STRICT, WITHOUT ROWID;

INSERT INTO token_index (location_id, environment, created_at, setup_intent_id, account_id, status, outcome, card_scheme, card_last_four, reference, due_at)
SELECT s.location_id, s.environment, s.created_at, s.id, s.account_id, s.status,
       COALESCE(
           (SELECT CASE e.type WHEN 'AuthorizationUnknown' THEN 'Unknown' ELSE e.type END
              FROM setup_intent_events e
             WHERE e.setup_intent_id = s.id
               AND (e.type IN ('Authorized', 'Declined', 'AuthorizationUnknown') OR (e.type = 'CardExpired' AND e.at = s.created_at))
             ORDER BY e.position DESC
             LIMIT 1),
           'Created'),
       s.card_scheme, s.card_last_four, s.reference, s.due_at
  FROM setup_intents s
 ORDER BY 1, 2, 3, 4;

INSERT INTO token_counts (location_id, environment, hour, outcome, account_id, tokens)
SELECT location_id, environment, created_at / 3600000000, outcome, account_id, COUNT(*) FROM token_index GROUP BY 1, 2, 3, 4, 5;

CREATE INDEX ix_token_index_reference ON token_index (location_id, environment, reference);
CREATE INDEX ix_token_index_status ON token_index (location_id, environment, status);
CREATE INDEX ix_token_index_due ON token_index (location_id, environment, due_at) WHERE due_at IS NOT NULL;

-- One row: how far the index has got. Tokens up to indexed_up_to are in it. Those beyond, up to indexing_up_to, are being put into it
-- in its own order, so that each transaction touches few pages: they are in it up to the place (at_location, at_environment, at_created,
-- at_id). Whatever is changed of a token up to indexing_up_to, or arrives late, is noted in token_changes.
CREATE TABLE token_index_progress (
    only           INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
    indexed_up_to  INTEGER NOT NULL,
    indexing_up_to INTEGER NOT NULL,
    at_location    INTEGER NOT NULL DEFAULT 0,
    at_environment INTEGER NOT NULL DEFAULT 0,
    at_created     INTEGER NOT NULL DEFAULT 0,
    at_id          INTEGER NOT NULL DEFAULT 0
) STRICT;

INSERT INTO token_index_progress (only, indexed_up_to, indexing_up_to)
SELECT 1, COALESCE(MAX(id), 0), COALESCE(MAX(id), 0) FROM setup_intents;

-- A token is committed when its issuer has answered, so one may arrive after later ones have been indexed.
CREATE TRIGGER setup_intents_note_late AFTER INSERT ON setup_intents
WHEN NEW.id <= (SELECT indexing_up_to FROM token_index_progress) BEGIN
    INSERT INTO token_changes (account_id, location_id, environment, setup_intent_id)
    VALUES (NEW.account_id, NEW.location_id, NEW.environment, NEW.id);
END;

CREATE TRIGGER setup_intents_note_change AFTER UPDATE OF status, attempt_id, due_at ON setup_intents
WHEN (NEW.status <> OLD.status OR NEW.attempt_id IS NOT OLD.attempt_id OR NEW.due_at IS NOT OLD.due_at)
 AND NEW.id <= (SELECT indexing_up_to FROM token_index_progress) BEGIN
    INSERT INTO token_changes (account_id, location_id, environment, setup_intent_id)
    VALUES (NEW.account_id, NEW.location_id, NEW.environment, NEW.id);
END;

-- The tokens that the index does not hold as they are: those that it has not got to, and those that are noted. Whoever reads the index
-- leaves out the noted ones and adds these.
CREATE VIEW unindexed_tokens AS
SELECT * FROM setup_intents
 WHERE id > (SELECT indexed_up_to FROM token_index_progress)
   AND (id > (SELECT indexing_up_to FROM token_index_progress)
        OR (location_id, environment, created_at, id) > (SELECT at_location, at_environment, at_created, at_id FROM token_index_progress))
UNION ALL
SELECT * FROM setup_intents
 WHERE id IN (SELECT setup_intent_id FROM token_changes)
   AND (id <= (SELECT indexed_up_to FROM token_index_progress)
        OR (id <= (SELECT indexing_up_to FROM token_index_progress)
            AND (location_id, environment, created_at, id) <= (SELECT at_location, at_environment, at_created, at_id FROM token_index_progress)));
