-- The request log by days (UTC): what is past its time is dropped, and not deleted row by row (docs/adr/0038-request-log-by-days.md).
ALTER TABLE request_logs RENAME TO request_logs_before;
ALTER INDEX request_logs_pkey RENAME TO request_logs_before_pkey;
ALTER INDEX ix_request_logs_key RENAME TO ix_request_logs_before_key;
ALTER INDEX ix_request_logs_kind RENAME TO ix_request_logs_before_kind;

CREATE TABLE request_logs (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    location_id bigint NOT NULL,
    environment bigint NOT NULL CONSTRAINT request_logs_environment_check CHECK (environment IN (0, 1)),
    api_key_id bigint,
    at bigint NOT NULL,
    duration bigint NOT NULL,
    method text COLLATE "C" NOT NULL,
    route text COLLATE "C" NOT NULL,
    status bigint NOT NULL,
    version text COLLATE "C",
    trace_id text COLLATE "C" NOT NULL,
    client_address text COLLATE "C",
    refusal text COLLATE "C",
    body text COLLATE "C",
    kind_id bigint,
    problem text COLLATE "C",
    token_id text COLLATE "C",
    payment_id text COLLATE "C",
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE INDEX ix_request_logs_key ON request_logs (api_key_id, at) WHERE api_key_id IS NOT NULL;
CREATE INDEX ix_request_logs_kind ON request_logs (kind_id, at, id, duration) INCLUDE (account_id, location_id, environment);

-- Before version 17 of the server the numbers of a partitioned table come from a sequence. They go on where they were.
DO $$ BEGIN
    EXECUTE format('CREATE SEQUENCE request_log_ids START WITH %s', nextval(pg_get_serial_sequence('request_logs_before', 'id')));
END $$;
ALTER SEQUENCE request_log_ids OWNED BY request_logs.id;
ALTER TABLE request_logs ALTER COLUMN id SET DEFAULT nextval('request_log_ids');

-- Whoever asks a partition itself is held to the same.
CREATE FUNCTION request_logs_hold(partition regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    held record;
BEGIN
    SELECT c.relrowsecurity, c.relforcerowsecurity, pg_get_expr(p.polqual, p.polrelid) AS condition INTO STRICT held
      FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid AND p.polname = 'scope'
     WHERE c.oid = 'request_logs'::regclass;
    IF NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = partition) THEN
        EXECUTE format('CREATE POLICY scope ON %s USING (%s)', partition, held.condition);
    END IF;
    IF held.relrowsecurity THEN
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', partition);
    END IF;
    IF held.relforcerowsecurity THEN
        EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', partition);
    END IF;
END $$;

-- Makes the days from today to the day after tomorrow and drops those that ended before a time; in microseconds since 1970. Tells how many it made and dropped.
-- Behind a long read it gives up soon, because everyone who writes waits for it; the next hour tries again.
-- The role that serves may neither make nor drop a table: it may call this.
CREATE FUNCTION request_logs_keep_days(today bigint, before bigint) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET lock_timeout = '250ms' AS $$
DECLARE
    a_day CONSTANT bigint := 86400000000;
    first bigint := today - today % a_day;
    name text;
    past regclass;
    changes bigint := 0;
BEGIN
    FOR past IN
        SELECT i.inhrelid FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
         WHERE i.inhparent = 'request_logs'::regclass AND substring(pg_get_expr(c.relpartbound, c.oid) FROM $r$TO \('?(\d+)'?\)$r$)::bigint <= before
    LOOP
        EXECUTE format('DROP TABLE %s', past);
        changes := changes + 1;
    END LOOP;

    FOR day IN 0..2 LOOP
        name := 'request_logs_' || to_char(to_timestamp(first / 1000000) AT TIME ZONE 'UTC', 'YYYYMMDD');

        -- What came in before the day was made stays where it is, and so does that whole day.
        IF to_regclass(name) IS NULL AND NOT EXISTS (SELECT FROM request_logs_rest WHERE at >= first AND at < first + a_day) THEN
            EXECUTE format('CREATE TABLE %I (LIKE request_logs INCLUDING ALL)', name);
            PERFORM request_logs_hold(name::regclass);
            EXECUTE format('ALTER TABLE request_logs ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)', name, first, first + a_day);
            changes := changes + 1;
        END IF;
        first := first + a_day;
    END LOOP;
    RETURN changes;
EXCEPTION WHEN lock_not_available THEN
    RETURN 0;
END $$;

DO $$
DECLARE
    a_day CONSTANT bigint := 86400000000;
    scope CONSTANT text := (SELECT pg_get_expr(polqual, polrelid) FROM pg_policy WHERE polrelid = 'request_logs_before'::regclass AND polname = 'scope');
    newest CONSTANT bigint := (SELECT MAX(at) FROM request_logs_before);
BEGIN
    -- Where a function runs with more rights than its caller it finds its tables in one place.
    EXECUTE format('ALTER FUNCTION request_logs_keep_days(bigint, bigint) SET search_path = %I, pg_temp', current_schema());
    REVOKE ALL ON FUNCTION request_logs_keep_days(bigint, bigint) FROM PUBLIC;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'dojo_pci_app') THEN
        GRANT EXECUTE ON FUNCTION request_logs_keep_days(bigint, bigint) TO dojo_pci_app;
    END IF;

    EXECUTE format('CREATE POLICY scope ON request_logs USING (%s)', scope);

    -- What no day was made for.
    CREATE TABLE request_logs_rest (LIKE request_logs INCLUDING ALL);
    PERFORM request_logs_hold('request_logs_rest');
    ALTER TABLE request_logs ATTACH PARTITION request_logs_rest DEFAULT;

    -- What is there becomes one long day, which is dropped when the newest of it is past its time.
    IF newest IS NULL THEN
        DROP TABLE request_logs_before;
    ELSE
        ALTER TABLE request_logs_before ALTER COLUMN id DROP IDENTITY, DROP CONSTRAINT request_logs_before_pkey;
        EXECUTE format('ALTER TABLE request_logs ATTACH PARTITION request_logs_before FOR VALUES FROM (MINVALUE) TO (%s)', newest - newest % a_day + a_day);
    END IF;
END $$;
