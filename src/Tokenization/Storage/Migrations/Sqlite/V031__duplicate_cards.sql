-- Which tokens are of one card (docs/adr/0033-duplicate-cards.md), written behind the commit. card: the first 16 bytes of the card's fingerprint,
-- a keyed hash within the account. Built by the job of the token index; nothing is found before it has caught up.
CREATE TABLE card_tokens (
    location_id     INTEGER NOT NULL,
    environment     INTEGER NOT NULL,
    card            BLOB    NOT NULL,
    setup_intent_id INTEGER NOT NULL,
    PRIMARY KEY (location_id, environment, card, setup_intent_id)
) STRICT, WITHOUT ROWID;

-- The cards of which a tenant has two tokens or more, with the newest of them.
CREATE TABLE duplicate_cards (
    location_id INTEGER NOT NULL,
    environment INTEGER NOT NULL,
    card        BLOB    NOT NULL,
    newest_id   INTEGER NOT NULL,
    PRIMARY KEY (location_id, environment, card)
) STRICT, WITHOUT ROWID;

CREATE INDEX ix_duplicate_cards_newest ON duplicate_cards (location_id, environment, newest_id);

-- Up to which token of the token index cards are taken in.
ALTER TABLE token_index_progress ADD COLUMN grouped_up_to INTEGER NOT NULL DEFAULT 0;

-- Destroyed card data leaves nothing here, in the same transaction.
CREATE TRIGGER setup_intents_forget_card AFTER UPDATE OF card_fingerprint ON setup_intents
WHEN OLD.card_fingerprint IS NOT NULL AND NEW.card_fingerprint IS NULL BEGIN
    DELETE FROM card_tokens
     WHERE location_id = OLD.location_id AND environment = OLD.environment AND card = substr(OLD.card_fingerprint, 1, 16) AND setup_intent_id = OLD.id;
    DELETE FROM duplicate_cards
     WHERE location_id = OLD.location_id AND environment = OLD.environment AND card = substr(OLD.card_fingerprint, 1, 16)
       AND (SELECT COUNT(*)
              FROM (SELECT 1
                      FROM card_tokens t
                     WHERE t.location_id = OLD.location_id AND t.environment = OLD.environment AND t.card = substr(OLD.card_fingerprint, 1, 16)
                     LIMIT 2)) < 2;
    UPDATE duplicate_cards
       SET newest_id = (SELECT MAX(t.setup_intent_id)
                          FROM card_tokens t
                         WHERE t.location_id = OLD.location_id AND t.environment = OLD.environment AND t.card = substr(OLD.card_fingerprint, 1, 16))
     WHERE location_id = OLD.location_id AND environment = OLD.environment AND card = substr(OLD.card_fingerprint, 1, 16) AND newest_id = OLD.id;
END;
