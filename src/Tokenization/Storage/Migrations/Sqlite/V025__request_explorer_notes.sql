-- What members note about the request log. A view is a member's own: the filters of the page, as its address has them.
CREATE TABLE request_log_views (
    id         INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL,
    member_id  INTEGER NOT NULL,
    name       TEXT    NOT NULL,
    query      TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (member_id, name)
) STRICT;

-- A group of errors that somebody has looked at: what comes after that is new again. api_key_id: 0 for none.
CREATE TABLE request_error_marks (
    account_id  INTEGER NOT NULL,
    location_id INTEGER NOT NULL,
    environment INTEGER NOT NULL CHECK (environment IN (0, 1)),
    status      INTEGER NOT NULL,
    refusal     TEXT    NOT NULL,
    api_key_id  INTEGER NOT NULL,
    seen_at     INTEGER NOT NULL,
    seen_by     TEXT    NOT NULL,
    PRIMARY KEY (location_id, environment, account_id, status, refusal, api_key_id)
) STRICT, WITHOUT ROWID;

-- Searches of the stored log for card numbers: when, by whom, over how many rows, in how many one was found.
CREATE TABLE request_log_checks (
    id          INTEGER NOT NULL PRIMARY KEY,
    account_id  INTEGER NOT NULL,
    location_id INTEGER NOT NULL,
    environment INTEGER NOT NULL CHECK (environment IN (0, 1)),
    at          INTEGER NOT NULL,
    duration    INTEGER NOT NULL, -- microseconds
    actor       TEXT    NOT NULL,
    entries     INTEGER NOT NULL,
    found       INTEGER NOT NULL
) STRICT;

CREATE INDEX ix_request_log_checks_tenant ON request_log_checks (location_id, environment);
