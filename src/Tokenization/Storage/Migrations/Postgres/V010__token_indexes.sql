-- Tokens are found by indexes of their own table, kept in the commit (docs/adr/0040-token-indexes-on-postgresql.md). What SQLite writes behind is views here, which say
-- that nothing is left to be written: so the stores' SQL, and a node of the version before, ask the same names.

DROP TRIGGER setup_intents_note_late ON setup_intents;
DROP TRIGGER setup_intents_note_change ON setup_intents;
DROP FUNCTION setup_intents_note();
DROP FUNCTION setup_intents_note_added();
DROP VIEW unindexed_tokens;
DROP TABLE token_index, token_index_progress, token_changes, token_segments, token_schemes, card_tokens;

-- An expression would find no index under row-level security; a column does. Most references are ASCII, for which fold need not be called.
ALTER TABLE setup_intents
    ADD COLUMN folded_reference text COLLATE "C" GENERATED ALWAYS AS
        (CASE WHEN octet_length(reference) = char_length(reference) THEN lower(reference COLLATE "C") ELSE fold(reference) END) STORED,
    ADD COLUMN card bytea GENERATED ALWAYS AS (substr(card_fingerprint, 1, 16)) STORED;

CREATE INDEX ix_setup_intents_created ON setup_intents (location_id, environment, created_at, id);
CREATE INDEX ix_setup_intents_status ON setup_intents (location_id, environment, status, created_at, id);
CREATE INDEX ix_setup_intents_scheme ON setup_intents (location_id, environment, card_scheme, created_at, id);
CREATE INDEX ix_setup_intents_last_four ON setup_intents (location_id, environment, card_last_four, created_at, id);
CREATE INDEX ix_setup_intents_reference ON setup_intents (location_id, environment, folded_reference, created_at, id) INCLUDE (account_id);
CREATE INDEX ix_setup_intents_due ON setup_intents (location_id, environment, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX ix_setup_intents_card ON setup_intents (location_id, environment, card, id) WHERE card IS NOT NULL;

CREATE VIEW token_index AS
SELECT location_id, environment, created_at, id AS setup_intent_id, account_id, status,
       COALESCE(
           (SELECT CASE e.type WHEN 'AuthorizationUnknown' THEN 'Unknown' ELSE e.type END
              FROM setup_intent_events e
             WHERE e.setup_intent_id = s.id
               AND (e.type IN ('Authorized', 'Declined', 'AuthorizationUnknown') OR (e.type = 'CardExpired' AND e.at = s.created_at))
             ORDER BY e.position DESC
             LIMIT 1),
           'Created') AS outcome,
       card_scheme, card_last_four, folded_reference, due_at, CAST(0 AS bigint) AS segment
  FROM setup_intents s;

CREATE VIEW token_index_progress AS
SELECT CAST(1 AS bigint) AS "only", all_of_them AS indexed_up_to, all_of_them AS indexing_up_to, nowhere AS at_location, nowhere AS at_environment, nowhere AS at_created,
       nowhere AS at_id, all_of_them AS grouped_up_to
  FROM (VALUES (9223372036854775807, CAST(0 AS bigint))) AS t (all_of_them, nowhere);

-- Without rows whoever asks: of a table they would be planned for, because a policy stands before what is always false.
CREATE VIEW token_changes AS
SELECT * FROM (VALUES (CAST(NULL AS bigint), CAST(NULL AS bigint), CAST(NULL AS bigint), CAST(NULL AS bigint), CAST(NULL AS bigint)))
    AS t (sequence, account_id, location_id, environment, setup_intent_id)
 WHERE false;

CREATE VIEW token_segments AS
SELECT * FROM (VALUES (CAST(NULL AS bigint), CAST(NULL AS bigint), CAST(NULL AS bigint), CAST(NULL AS bytea))) AS t (location_id, environment, segment, trigrams) WHERE false;

DO $$ BEGIN
    EXECUTE (SELECT format('CREATE VIEW unindexed_tokens AS SELECT %s WHERE false', string_agg(format('CAST(NULL AS %s) AS %I', format_type(atttypid, atttypmod), attname), ', ' ORDER BY attnum))
               FROM pg_attribute
              WHERE attrelid = 'setup_intents'::regclass AND attnum > 0 AND NOT attisdropped);
END $$;

CREATE VIEW token_schemes AS SELECT DISTINCT location_id, environment, card_scheme FROM setup_intents WHERE card_scheme IS NOT NULL;
CREATE VIEW card_tokens AS SELECT location_id, environment, card, id AS setup_intent_id FROM setup_intents WHERE card IS NOT NULL;

-- What is changed or deleted in the index is not in the tokens. To insert fails by itself.
DO $$ DECLARE name text; event text; BEGIN
    FOREACH name IN ARRAY ARRAY['token_index', 'token_index_progress', 'token_changes', 'token_segments', 'token_schemes', 'card_tokens', 'unindexed_tokens'] LOOP
        FOREACH event IN ARRAY ARRAY['update', 'delete'] LOOP
            EXECUTE format('CREATE RULE nothing_to_%s AS ON %s TO %I DO INSTEAD NOTHING', event, event, name);
        END LOOP;
    END LOOP;
END $$;

-- A view asks with the rights of its owner. Where the server lets it, with those of the one who reads.
DO $$ DECLARE name text; BEGIN
    IF current_setting('server_version_num')::integer >= 150000 THEN
        FOREACH name IN ARRAY ARRAY['token_index', 'token_schemes', 'card_tokens'] LOOP
            EXECUTE format('ALTER VIEW %I SET (security_invoker = true)', name);
        END LOOP;
    END IF;
END $$;

-- The functions below are planned once in a session, maybe while a table is still empty: then passing over it would look best, and stay.

-- A card that comes a second time. What goes is setup_intents_forget_card's.
CREATE FUNCTION setup_intents_note_card() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    INSERT INTO duplicate_cards (location_id, environment, card, newest_id)
    SELECT a.location_id, a.environment, a.card,
           (SELECT MAX(t.id) FROM setup_intents t WHERE t.location_id = a.location_id AND t.environment = a.environment AND t.card = a.card)
      FROM (SELECT DISTINCT location_id, environment, card FROM added WHERE card IS NOT NULL) AS a
     WHERE EXISTS (SELECT FROM setup_intents t WHERE t.location_id = a.location_id AND t.environment = a.environment AND t.card = a.card ORDER BY t.id DESC LIMIT 1 OFFSET 1)
    ON CONFLICT (location_id, environment, card) DO UPDATE SET newest_id = excluded.newest_id;
    RETURN NULL;
END $$;
CREATE TRIGGER setup_intents_note_card AFTER INSERT ON setup_intents REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION setup_intents_note_card();

CREATE OR REPLACE FUNCTION setup_intents_forget_card() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    DELETE FROM duplicate_cards
     WHERE location_id = OLD.location_id AND environment = OLD.environment AND card = OLD.card
       AND NOT EXISTS (SELECT FROM setup_intents t WHERE t.location_id = OLD.location_id AND t.environment = OLD.environment AND t.card = OLD.card ORDER BY t.id DESC LIMIT 1 OFFSET 1);
    UPDATE duplicate_cards
       SET newest_id = (SELECT MAX(t.id) FROM setup_intents t WHERE t.location_id = OLD.location_id AND t.environment = OLD.environment AND t.card = OLD.card)
     WHERE location_id = OLD.location_id AND environment = OLD.environment AND card = OLD.card AND newest_id = OLD.id;
    RETURN NULL;
END $$;

-- Figures follow the events: a token counts for the last answer that its card was given, and what it counted for before goes.
CREATE FUNCTION setup_intent_events_count() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    INSERT INTO token_counts (location_id, environment, hour, outcome, account_id, tokens)
    SELECT t.location_id, t.environment, t.created_at / 3600000000, c.outcome, t.account_id, SUM(c.tokens)
      FROM (SELECT s.id, s.location_id, s.environment, s.created_at, s.account_id, MIN(a.position) AS first,
                   (array_agg(CASE a.type WHEN 'AuthorizationUnknown' THEN 'Unknown' ELSE a.type END ORDER BY a.position DESC)
                       FILTER (WHERE a.type IN ('Authorized', 'Declined', 'AuthorizationUnknown') OR a.type = 'CardExpired' AND a.at = s.created_at))[1] AS outcome
              FROM added a
             CROSS JOIN LATERAL (SELECT id, location_id, environment, created_at, account_id FROM setup_intents WHERE id = a.setup_intent_id OFFSET 0) AS s
             GROUP BY 1, 2, 3, 4, 5) AS t
     CROSS JOIN LATERAL (
            SELECT COALESCE(t.outcome, 'Created') AS outcome, 1 AS tokens WHERE t.first = 0 OR t.outcome IS NOT NULL
            UNION ALL
            SELECT COALESCE(
                       (SELECT CASE e.type WHEN 'AuthorizationUnknown' THEN 'Unknown' ELSE e.type END
                          FROM setup_intent_events e
                         WHERE e.setup_intent_id = t.id AND e.position < t.first
                           AND (e.type IN ('Authorized', 'Declined', 'AuthorizationUnknown') OR (e.type = 'CardExpired' AND e.at = t.created_at))
                         ORDER BY e.position DESC
                         LIMIT 1),
                       'Created'), -1
             WHERE t.first > 0 AND t.outcome IS NOT NULL) AS c
     GROUP BY 1, 2, 3, 4, 5
    HAVING SUM(c.tokens) <> 0
    ON CONFLICT (location_id, environment, hour, outcome) DO UPDATE SET tokens = token_counts.tokens + excluded.tokens;
    RETURN NULL;
END $$;
CREATE TRIGGER setup_intent_events_count AFTER INSERT ON setup_intent_events REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION setup_intent_events_count();

-- What there is already.
DELETE FROM duplicate_cards;
INSERT INTO duplicate_cards (location_id, environment, card, newest_id)
SELECT location_id, environment, card, MAX(id) FROM setup_intents WHERE card IS NOT NULL GROUP BY 1, 2, 3 HAVING COUNT(*) > 1;

DELETE FROM token_counts;
INSERT INTO token_counts (location_id, environment, hour, outcome, account_id, tokens)
SELECT location_id, environment, created_at / 3600000000, outcome, account_id, COUNT(*) FROM token_index GROUP BY 1, 2, 3, 4, 5;

ANALYZE setup_intents;
