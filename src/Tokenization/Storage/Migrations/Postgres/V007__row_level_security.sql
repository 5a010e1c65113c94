-- Whose rows a statement touches (docs/adr/0037-row-level-security.md). The policies hold nobody yet: migrate --roles switches them on, once every node names its scope.
--
-- portal.scope is set in each transaction: '*' for all rows, an account (or several, with commas), or account/location/environment. Unset it is nobody's.
CREATE FUNCTION scope_is_service() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE RETURN current_setting('portal.scope', true) = '*';
CREATE FUNCTION scope_accounts() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE
    RETURN string_to_array(split_part(NULLIF(current_setting('portal.scope', true), '*'), '/', 1), ',')::bigint[];
CREATE FUNCTION scope_location() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE RETURN NULLIF(split_part(current_setting('portal.scope', true), '/', 2), '')::bigint;
CREATE FUNCTION scope_environment() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE RETURN NULLIF(split_part(current_setting('portal.scope', true), '/', 3), '')::bigint;

-- Entries are numbered across all accounts.
CREATE OR REPLACE FUNCTION audit_entries_append() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    scope CONSTANT text := COALESCE(current_setting('portal.scope', true), '');
    next bigint;
BEGIN
    PERFORM set_config('portal.scope', '*', true);
    next := (SELECT COALESCE(MAX(id), 0) + 1 FROM audit_entries);
    PERFORM set_config('portal.scope', scope, true);
    IF NEW.id IS NULL THEN
        NEW.id := next;
    ELSIF NEW.id <> next THEN
        RAISE EXCEPTION 'the audit trail has no gaps' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- A view asks with the rights of its owner. Where the server lets it, with those of the one who reads.
DO $$ BEGIN
    IF current_setting('server_version_num')::integer >= 150000 THEN
        ALTER VIEW unindexed_tokens SET (security_invoker = true);
    END IF;
END $$;

-- Counts of requests read this index alone, so it has what the policy asks for too.
DROP INDEX ix_request_logs_kind;
CREATE INDEX ix_request_logs_kind ON request_logs (kind_id, at, id, duration) INCLUDE (account_id, location_id, environment);

-- The parts of a scope are asked once for a statement, not for each row: hence the words SELECT around them.
DO $$
DECLARE
    of_account CONSTANT text := 'account_id = ANY ((SELECT scope_accounts())::bigint[])';
    of_place CONSTANT text := '((SELECT scope_location()) IS NULL OR location_id = (SELECT scope_location()) AND environment = (SELECT scope_environment()))';
    of_location CONSTANT text :=
        'CASE WHEN (SELECT scope_location()) IS NULL THEN EXISTS (SELECT FROM locations l WHERE l.id = location_id) ELSE location_id = (SELECT l.id FROM locations l WHERE l.id = (SELECT scope_location())) END';
    secured record;
BEGIN
    FOR secured IN
        SELECT name, 'id = ANY ((SELECT scope_accounts())::bigint[])' AS condition FROM unnest(ARRAY['accounts']) AS t (name)
        UNION ALL
        SELECT name, of_account
          FROM unnest(ARRAY['locations', 'members', 'member_links', 'member_reset_links', 'audit_entries', 'request_log_views']) AS t (name)
        UNION ALL
        SELECT name, of_account || ' AND ' || of_place
          FROM unnest(ARRAY['setup_intents', 'payment_intents', 'payment_settlements', 'customers', 'api_keys', 'webhook_subscriptions', 'webhook_subscription_events',
                            'token_changes', 'token_counts', 'api_figures', 'request_logs', 'request_kinds', 'request_error_marks', 'request_log_checks']) AS t (name)
        UNION ALL
        SELECT name, of_location || ' AND ((SELECT scope_environment()) IS NULL OR environment = (SELECT scope_environment()))'
          FROM unnest(ARRAY['reference_claims', 'idempotency_keys', 'token_index', 'token_segments', 'token_schemes', 'card_tokens', 'duplicate_cards']) AS t (name)
        UNION ALL
        SELECT name, of_location
          FROM unnest(ARRAY['sandbox_erasures', 'sandbox_faults', 'sandbox_seeds']) AS t (name)
        UNION ALL
        SELECT name, format('EXISTS (SELECT FROM %I p WHERE p.id = %I.%I)', parent, name, reference)
          FROM (VALUES ('setup_intent_events', 'setup_intents', 'setup_intent_id'),
                       ('payment_intent_events', 'payment_intents', 'payment_intent_id'),
                       ('payment_receipts', 'payment_intents', 'payment_intent_id'),
                       ('customer_secrets', 'customers', 'customer_id'),
                       ('customer_cards', 'customers', 'customer_id'),
                       ('webhook_secrets', 'webhook_subscriptions', 'subscription_id'),
                       ('webhook_deliveries', 'webhook_subscriptions', 'subscription_id'),
                       ('webhook_packed_events', 'webhook_subscriptions', 'subscription_id'),
                       ('webhook_attempts', 'webhook_deliveries', 'delivery_id'),
                       ('api_key_usage', 'api_keys', 'api_key_id'),
                       ('api_key_minutes', 'api_keys', 'api_key_id'),
                       ('member_recovery_codes', 'members', 'member_id'),
                       ('member_passkeys', 'members', 'member_id'),
                       ('member_sessions', 'members', 'member_id'),
                       ('member_spent_totp_steps', 'members', 'member_id'),
                       ('member_identities', 'members', 'member_id'),
                       ('member_choices', 'members', 'member_id'),
                       ('member_grants', 'member_sessions', 'session_id')) AS t (name, parent, reference)
    LOOP
        EXECUTE format('CREATE POLICY scope ON %I USING ((SELECT scope_is_service()) OR %s)', secured.name, secured.condition);
    END LOOP;
END $$;
