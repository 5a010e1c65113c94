-- answered_items: of a batch, what was answered of each item, as JSON.
ALTER TABLE idempotency_keys ADD COLUMN answered_items TEXT;
