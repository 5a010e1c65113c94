-- last_sequence: how many events were queued for it. failing_since: the first failure since a delivery last succeeded. disabled_at: since when
-- nothing is queued or sent, because nothing succeeded for too long. deleted_at: its deliveries are kept for a while.
CREATE TABLE webhook_subscriptions (
    id            INTEGER NOT NULL PRIMARY KEY,
    account_id    INTEGER NOT NULL REFERENCES accounts (id),
    location_id   INTEGER NOT NULL REFERENCES locations (id),
    environment   INTEGER NOT NULL CHECK (environment IN (0, 1)),
    url           TEXT    NOT NULL,
    description   TEXT,
    created_at    INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL,
    last_sequence INTEGER NOT NULL DEFAULT 0,
    failing_since INTEGER,
    disabled_at   INTEGER,
    deleted_at    INTEGER
) STRICT;

CREATE UNIQUE INDEX ux_webhook_subscriptions_url ON webhook_subscriptions (account_id, location_id, environment, url) WHERE deleted_at IS NULL;

-- Who wants to hear of what: asked in the transaction of every change that may be an event.
CREATE TABLE webhook_subscription_events (
    account_id      INTEGER NOT NULL,
    location_id     INTEGER NOT NULL,
    environment     INTEGER NOT NULL,
    event           TEXT    NOT NULL,
    subscription_id INTEGER NOT NULL REFERENCES webhook_subscriptions (id),
    PRIMARY KEY (account_id, location_id, environment, event, subscription_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX ix_webhook_subscription_events_subscription ON webhook_subscription_events (subscription_id);

-- sealed: the secret's value. signs_until: how long one that is not active any more signs beside the active one.
CREATE TABLE webhook_secrets (
    id              INTEGER NOT NULL PRIMARY KEY,
    subscription_id INTEGER NOT NULL REFERENCES webhook_subscriptions (id),
    sealed          BLOB    NOT NULL,
    created_at      INTEGER NOT NULL,
    is_active       INTEGER NOT NULL CHECK (is_active IN (0, 1)),
    signs_until     INTEGER
) STRICT;

CREATE INDEX ix_webhook_secrets_subscription ON webhook_secrets (subscription_id);
CREATE UNIQUE INDEX ux_webhook_secrets_active ON webhook_secrets (subscription_id) WHERE is_active = 1;

-- The outbox: an event for a subscriber, written in the transaction of the change. sequence: counted for each subscription.
-- next_attempt_at: null once it was delivered, or given up. No foreign key: a subscription goes after its deliveries, and a key would search all for them.
CREATE TABLE webhook_deliveries (
    id              INTEGER NOT NULL PRIMARY KEY,
    subscription_id INTEGER NOT NULL,
    event_id        TEXT    NOT NULL,
    event           TEXT    NOT NULL,
    sequence        INTEGER NOT NULL,
    body            BLOB    NOT NULL,
    queued_at       INTEGER NOT NULL,
    attempts        INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER,
    delivered_at    INTEGER
) STRICT;

CREATE INDEX ix_webhook_deliveries_due ON webhook_deliveries (subscription_id, next_attempt_at) WHERE next_attempt_at IS NOT NULL;
