-- Events of one commit for one subscription where there were many: written as one row, and made rows of webhook_deliveries soon after, at a pace that
-- leaves the writer to those who wait for it. first_sequence: of the first event; the others follow it. events: see PackedEvents.
CREATE TABLE webhook_packed_events (
    id              INTEGER NOT NULL PRIMARY KEY,
    subscription_id INTEGER NOT NULL,
    first_sequence  INTEGER NOT NULL,
    queued_at       INTEGER NOT NULL,
    events          BLOB    NOT NULL
) STRICT;
