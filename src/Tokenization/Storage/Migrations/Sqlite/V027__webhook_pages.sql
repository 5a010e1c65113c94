-- paused_at: since when nothing is sent because somebody wants it so; what happens meanwhile waits.
ALTER TABLE webhook_subscriptions ADD COLUMN paused_at INTEGER;

-- earlier_attempts: how many attempts were made before somebody sent the event again, which begins the schedule anew.
ALTER TABLE webhook_deliveries ADD COLUMN earlier_attempts INTEGER NOT NULL DEFAULT 0;

-- A page lists them newest first; of the failed ones there are few.
CREATE INDEX ix_webhook_deliveries_subscription ON webhook_deliveries (subscription_id, id);
CREATE INDEX ix_webhook_deliveries_failed ON webhook_deliveries (subscription_id, id) WHERE next_attempt_at IS NULL AND delivered_at IS NULL;

-- request: what was sent before the body, line by line. response_head: headers of the answer, likewise. response_note: why the answer's body is not there, or not all of it.
ALTER TABLE webhook_attempts ADD COLUMN request TEXT;
ALTER TABLE webhook_attempts ADD COLUMN response_head TEXT;
ALTER TABLE webhook_attempts ADD COLUMN response_note TEXT;
