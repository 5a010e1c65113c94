-- A scope with a location has one account, so its rows are compared with that account instead of with a list. The policy admits the same rows as before, and a scan of the
-- references of a location takes a fifth less time. The days of the request log have policies of their own, with the same text.
DO $$ DECLARE held record; BEGIN
    FOR held IN
        SELECT p.tablename AS name
          FROM pg_policies p
          JOIN pg_policies t ON t.schemaname = p.schemaname AND t.policyname = p.policyname AND t.qual = p.qual
         WHERE p.schemaname = current_schema() AND p.policyname = 'scope' AND t.tablename = 'setup_intents'
    LOOP
        EXECUTE format(
            'ALTER POLICY scope ON %I USING (
                 CASE WHEN (SELECT scope_location()) IS NULL THEN (SELECT scope_is_service()) OR account_id = ANY ((SELECT scope_accounts())::bigint[])
                      ELSE account_id = (SELECT (scope_accounts())[1]) AND location_id = (SELECT scope_location()) AND environment = (SELECT scope_environment())
                 END)',
            held.name);
    END LOOP;
END $$;
