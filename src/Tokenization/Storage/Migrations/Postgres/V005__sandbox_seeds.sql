-- The sample data of a sandbox that was asked for last: see V035 of SQLite.
CREATE TABLE sandbox_seeds (
    location_id bigint NOT NULL PRIMARY KEY REFERENCES locations (id),
    size bigint NOT NULL,
    seed bigint NOT NULL,
    actor text COLLATE "C" NOT NULL,
    asked_at bigint NOT NULL,
    base_at bigint NOT NULL,
    done bigint NOT NULL,
    tokens bigint NOT NULL,
    payments bigint NOT NULL,
    ended_at bigint,
    is_stopped bigint NOT NULL
);
