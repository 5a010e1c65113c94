-- What members search and count is written behind (docs/adr/0012-token-search.md). Whatever changes of a token is noted at the
-- end of this table, in the transaction that changes it; a round takes the notes from the front and brings the tables below up
-- to date. Readers look at the noted tokens themselves, so that every answer is exact. By triggers, so that no writer forgets.
CREATE TABLE token_changes (
    sequence        INTEGER NOT NULL PRIMARY KEY,
    account_id      INTEGER NOT NULL,
    location_id     INTEGER NOT NULL,
    environment     INTEGER NOT NULL,
    setup_intent_id INTEGER NOT NULL
) STRICT;

CREATE TRIGGER setup_intents_note_insert AFTER INSERT ON setup_intents BEGIN
    INSERT INTO token_changes (account_id, location_id, environment, setup_intent_id)
    VALUES (NEW.account_id, NEW.location_id, NEW.environment, NEW.id);
END;

CREATE TRIGGER setup_intents_note_change AFTER UPDATE OF status, attempt_id ON setup_intents
WHEN NEW.status <> OLD.status OR NEW.attempt_id IS NOT OLD.attempt_id BEGIN
    INSERT INTO token_changes (account_id, location_id, environment, setup_intent_id)
    VALUES (NEW.account_id, NEW.location_id, NEW.environment, NEW.id);
END;

-- All that a list is filtered by, in few bytes and in the order of creation: rows are appended, and any filter is one pass.
-- outcome: what the issuer's side said, as in token_counts.
CREATE TABLE token_index (
    location_id     INTEGER NOT NULL,
    environment     INTEGER NOT NULL,
    setup_intent_id INTEGER NOT NULL,
    account_id      INTEGER NOT NULL,
    created_at      INTEGER NOT NULL,
    status          TEXT    NOT NULL,
    outcome         TEXT    NOT NULL,
    card_scheme     TEXT,
    card_last_four  TEXT,
    reference       TEXT    NOT NULL,
    PRIMARY KEY (location_id, environment, setup_intent_id)
) STRICT, WITHOUT ROWID;

-- Tokens of each hour since 1970 by outcome.
CREATE TABLE token_counts (
    location_id INTEGER NOT NULL,
    environment INTEGER NOT NULL,
    hour        INTEGER NOT NULL,
    outcome     TEXT    NOT NULL,
    account_id  INTEGER NOT NULL,
    tokens      INTEGER NOT NULL,
    PRIMARY KEY (location_id, environment, hour, outcome)
) STRICT, WITHOUT ROWID;

INSERT INTO token_changes (account_id, location_id, environment, setup_intent_id)
SELECT account_id, location_id, environment, id FROM setup_intents ORDER BY id;
