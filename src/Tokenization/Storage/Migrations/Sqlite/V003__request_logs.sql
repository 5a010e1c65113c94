-- Rows are appended in the order in which requests ended, and deleted from the front. The index ends in id by itself, so it
-- pages a tenant's rows newest first. Nothing refers to other tables: a log must not hold up what it is about.
CREATE TABLE request_logs (
    id             INTEGER NOT NULL PRIMARY KEY,
    account_id     INTEGER NOT NULL,
    location_id    INTEGER NOT NULL,
    environment    INTEGER NOT NULL CHECK (environment IN (0, 1)),
    api_key_id     INTEGER,
    at             INTEGER NOT NULL, -- when the request arrived
    duration       INTEGER NOT NULL, -- microseconds
    method         TEXT    NOT NULL,
    route          TEXT    NOT NULL,
    status         INTEGER NOT NULL,
    version        TEXT,
    trace_id       TEXT    NOT NULL,
    client_address TEXT,
    refusal        TEXT,
    body           TEXT              -- composed from judged values, never what was sent
) STRICT;

CREATE INDEX ix_request_logs_tenant ON request_logs (location_id, environment);
