-- Which kinds of requests a tenant makes: some dozens, where its log has a million rows. A filter finds kinds, and of each kind the newest
-- rows stand together in the one index. 0 and '' stand for none, so that the constraint holds for them too.
CREATE TABLE request_kinds (
    id          INTEGER NOT NULL PRIMARY KEY,
    account_id  INTEGER NOT NULL,
    location_id INTEGER NOT NULL,
    environment INTEGER NOT NULL CHECK (environment IN (0, 1)),
    api_key_id  INTEGER NOT NULL,
    method      TEXT    NOT NULL,
    route       TEXT    NOT NULL,
    status      INTEGER NOT NULL,
    version     TEXT    NOT NULL,
    refusal     TEXT    NOT NULL,
    UNIQUE (location_id, environment, account_id, api_key_id, method, route, status, version, refusal)
) STRICT;

-- problem: why it was refused, in our own sentences, as JSON. token_id, payment_id: what it was about, where it was found.
ALTER TABLE request_logs ADD COLUMN kind_id INTEGER;
ALTER TABLE request_logs ADD COLUMN problem TEXT;
ALTER TABLE request_logs ADD COLUMN token_id TEXT;
ALTER TABLE request_logs ADD COLUMN payment_id TEXT;

INSERT INTO request_kinds (account_id, location_id, environment, api_key_id, method, route, status, version, refusal)
SELECT DISTINCT account_id, location_id, environment, COALESCE(api_key_id, 0), method, route, status, COALESCE(version, ''), COALESCE(refusal, '')
  FROM request_logs;

UPDATE request_logs
   SET kind_id = (SELECT k.id
                    FROM request_kinds k
                   WHERE k.location_id = request_logs.location_id AND k.environment = request_logs.environment
                     AND k.account_id = request_logs.account_id AND k.api_key_id = COALESCE(request_logs.api_key_id, 0)
                     AND k.method = request_logs.method AND k.route = request_logs.route AND k.status = request_logs.status
                     AND k.version = COALESCE(request_logs.version, '') AND k.refusal = COALESCE(request_logs.refusal, ''));

-- The kind implies the tenant. The id stands in it by name, so that it comes before the duration in the order.
DROP INDEX ix_request_logs_tenant;
CREATE INDEX ix_request_logs_kind ON request_logs (kind_id, at, id, duration);

-- Which words 1,024 rows hold (trace ids, tokens, references, addresses), as the bits of a Bloom filter, and how long the longest took. An index on
-- each would dirty a page for every row. Row n is for the ids from 1024 n on; the newest rows have none yet, and are looked through.
CREATE TABLE request_log_segments (
    id       INTEGER NOT NULL PRIMARY KEY,
    first_at INTEGER NOT NULL,
    last_at  INTEGER NOT NULL,
    longest  INTEGER NOT NULL,
    words    BLOB    NOT NULL
) STRICT;
