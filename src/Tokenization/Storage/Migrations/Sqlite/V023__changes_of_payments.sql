-- requested_…: what a payment intent was created with, where its amounts were changed since.
ALTER TABLE payment_intents ADD COLUMN requested_amount INTEGER;
ALTER TABLE payment_intents ADD COLUMN requested_tips_amount INTEGER;
ALTER TABLE payment_intents ADD COLUMN requested_details TEXT;

-- For searches, which read each status that is wanted from its newest on.
CREATE INDEX ix_payment_intents_status ON payment_intents (location_id, environment, status, created_at);

-- Messages to be sent by whoever hears of them. emails: a JSON array. asked_at: by the real clock; they are kept for 30 days.
CREATE TABLE payment_receipts (
    id                INTEGER NOT NULL PRIMARY KEY,
    payment_intent_id INTEGER NOT NULL REFERENCES payment_intents (id),
    emails            TEXT    NOT NULL,
    text              TEXT    NOT NULL,
    created_at        INTEGER NOT NULL,
    asked_at          INTEGER NOT NULL
) STRICT;

CREATE INDEX ix_payment_receipts_payment ON payment_receipts (payment_intent_id);
CREATE INDEX ix_payment_receipts_asked ON payment_receipts (asked_at);
