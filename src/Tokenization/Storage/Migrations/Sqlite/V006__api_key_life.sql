-- created_by: who made the key, as in the audit trail. retires_at: from when on it is refused, until that is undone.
-- successor_id: the key it was rolled to. form_id: the form that made it, which makes no second one.
ALTER TABLE api_keys ADD COLUMN created_by TEXT NOT NULL DEFAULT 'operator';
ALTER TABLE api_keys ADD COLUMN retires_at INTEGER;
ALTER TABLE api_keys ADD COLUMN successor_id INTEGER REFERENCES api_keys (id);
ALTER TABLE api_keys ADD COLUMN form_id TEXT;
ALTER TABLE api_keys ADD COLUMN last_used_at INTEGER;
ALTER TABLE api_keys ADD COLUMN last_used_from TEXT;

CREATE INDEX ix_api_keys_location ON api_keys (account_id, location_id, environment);
CREATE INDEX ix_api_keys_successor ON api_keys (successor_id) WHERE successor_id IS NOT NULL;
CREATE UNIQUE INDEX ux_api_keys_form ON api_keys (account_id, form_id) WHERE form_id IS NOT NULL;

-- The request log, counted: written and deleted with it. hour: hours since 1970. client_address: empty where it is not known.
CREATE TABLE api_key_usage (
    api_key_id     INTEGER NOT NULL,
    hour           INTEGER NOT NULL,
    method         TEXT    NOT NULL,
    route          TEXT    NOT NULL,
    client_address TEXT    NOT NULL,
    status         INTEGER NOT NULL,
    requests       INTEGER NOT NULL,
    PRIMARY KEY (api_key_id, hour, method, route, client_address, status)
) STRICT, WITHOUT ROWID;

CREATE INDEX ix_api_key_usage_hour ON api_key_usage (hour);

-- The same by the minute, for watching; kept for an hour or two. minute: minutes since 1970.
CREATE TABLE api_key_minutes (
    api_key_id     INTEGER NOT NULL,
    minute         INTEGER NOT NULL,
    client_address TEXT    NOT NULL,
    requests       INTEGER NOT NULL,
    PRIMARY KEY (api_key_id, minute, client_address)
) STRICT, WITHOUT ROWID;

CREATE INDEX ix_api_key_minutes_minute ON api_key_minutes (minute);

-- Finds the requests of a key in a stretch of time.
CREATE INDEX ix_request_logs_key ON request_logs (api_key_id, at) WHERE api_key_id IS NOT NULL;
