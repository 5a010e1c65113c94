-- References are looked for without regard to case and accents (docs/adr/0012-token-search.md): the index holds them folded. It is built
-- anew by the rounds that write it behind, for the engine alone cannot fold; until they have caught up, searches look at the tokens.
DROP TABLE token_index;

CREATE TABLE token_index (
    location_id      INTEGER NOT NULL,
    environment      INTEGER NOT NULL,
    created_at       INTEGER NOT NULL,
    setup_intent_id  INTEGER NOT NULL,
    account_id       INTEGER NOT NULL,
    status           TEXT    NOT NULL,
    outcome          TEXT    NOT NULL,
    card_scheme      TEXT,
    card_last_four   TEXT,
    folded_reference TEXT    NOT NULL,
    due_at           INTEGER,
    segment          INTEGER NOT NULL,
    PRIMARY KEY (location_id, environment, created_at, setup_intent_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX ix_token_index_reference ON token_index (location_id, environment, folded_reference);
CREATE INDEX ix_token_index_status ON token_index (location_id, environment, status);
CREATE INDEX ix_token_index_due ON token_index (location_id, environment, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX ix_token_index_card ON token_index (location_id, environment, segment, card_scheme, card_last_four);

DELETE FROM token_segments;
DELETE FROM token_counts;
DELETE FROM token_changes;
UPDATE token_index_progress SET indexed_up_to = 0, indexing_up_to = 0, at_location = 0, at_environment = 0, at_created = 0, at_id = 0;

-- Moving the clock of a sandbox has a scope of its own (8). Sandbox keys that could move it, because they may tokenize (1), still can.
UPDATE api_keys SET scopes = scopes | 8 WHERE environment = 0 AND (scopes & 1) <> 0;
