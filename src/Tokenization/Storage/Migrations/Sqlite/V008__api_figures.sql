-- How many requests of an hour (since 1970) got a status of a class (4 for 400 to 499) after about how long: see LatencyBuckets.
-- The hour comes first: rows are added at the end and deleted from the front, and a tenant's are found hour by hour.
CREATE TABLE api_figures (
    hour         INTEGER NOT NULL,
    account_id   INTEGER NOT NULL,
    location_id  INTEGER NOT NULL,
    environment  INTEGER NOT NULL CHECK (environment IN (0, 1)),
    status_class INTEGER NOT NULL,
    bucket       INTEGER NOT NULL,
    requests     INTEGER NOT NULL,
    PRIMARY KEY (hour, account_id, location_id, environment, status_class, bucket)
) STRICT, WITHOUT ROWID;
