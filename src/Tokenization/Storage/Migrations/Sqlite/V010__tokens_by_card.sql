-- Tokens are found by scheme and last four (docs/adr/0012-token-search.md). An index of these alone would take a random page for each
-- token, however many are put in at once. In segments, of some thousand tokens of a tenant as they come, few pages are written to at a time;
-- a search looks into each segment.
DROP INDEX ix_token_index_reference;
DROP INDEX ix_token_index_status;
DROP INDEX ix_token_index_due;
ALTER TABLE token_index RENAME TO token_index_without_segments;

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
    segment         INTEGER NOT NULL,
    PRIMARY KEY (location_id, environment, created_at, setup_intent_id)
) STRICT, WITHOUT ROWID;

INSERT INTO token_index (
    location_id, environment, created_at, setup_intent_id, account_id, status, outcome, card_scheme, card_last_four, reference, due_at, segment)
SELECT location_id, environment, created_at, setup_intent_id, account_id, status, outcome, card_scheme, card_last_four, reference, due_at,
       (ROW_NUMBER() OVER (PARTITION BY location_id, environment ORDER BY created_at, setup_intent_id) - 1) / 1024
  FROM token_index_without_segments
 ORDER BY 1, 2, 3, 4;

DROP TABLE token_index_without_segments;
CREATE INDEX ix_token_index_reference ON token_index (location_id, environment, reference);
CREATE INDEX ix_token_index_status ON token_index (location_id, environment, status);
CREATE INDEX ix_token_index_due ON token_index (location_id, environment, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX ix_token_index_card ON token_index (location_id, environment, segment, card_scheme, card_last_four);

-- Which three characters follow one another in the references of a segment, as bits: where those of a part that is searched for are not all
-- set, the segment has none that contains it. The segments made here have no row, and are looked through.
CREATE TABLE token_segments (
    location_id INTEGER NOT NULL,
    environment INTEGER NOT NULL,
    segment     INTEGER NOT NULL,
    trigrams    BLOB    NOT NULL,
    PRIMARY KEY (location_id, environment, segment)
) STRICT, WITHOUT ROWID;
