-- The sample data of a sandbox that was asked for last. asked_at: by the real clock. base_at: the moment that its times are counted back from, by the sandbox's clock.
-- done: how many of its tokens have had their turn; tokens, payments: how many were made. is_stopped: it ended before it was whole.
CREATE TABLE sandbox_seeds (
    location_id INTEGER NOT NULL PRIMARY KEY REFERENCES locations (id),
    size        INTEGER NOT NULL,
    seed        INTEGER NOT NULL,
    actor       TEXT    NOT NULL,
    asked_at    INTEGER NOT NULL,
    base_at     INTEGER NOT NULL,
    done        INTEGER NOT NULL,
    tokens      INTEGER NOT NULL,
    payments    INTEGER NOT NULL,
    ended_at    INTEGER,
    is_stopped  INTEGER NOT NULL
) STRICT;
