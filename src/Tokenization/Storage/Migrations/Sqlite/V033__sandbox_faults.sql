-- What goes wrong in a sandbox because somebody wants it so. plan: how much of each kind, as JSON. ends_at: by the real clock; null where it is bounded by
-- numbers: how many requests, attempts on cards and deliveries are still met, each null where the plan has no fault for them.
CREATE TABLE sandbox_faults (
    location_id     INTEGER NOT NULL PRIMARY KEY REFERENCES locations (id),
    plan            TEXT    NOT NULL,
    ends_at         INTEGER,
    requests_left   INTEGER,
    attempts_left   INTEGER,
    deliveries_left INTEGER
) STRICT;
