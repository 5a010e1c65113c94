-- topic: what an entry is about, a name of AuditTopic: known to what makes the entry, and stored with it. Entries from before get the topic of their
-- action, or where that is about many things, of what it was done to. Nothing else of them changes; the trail stays one that is never changed.
DROP INDEX ix_audit_entries_topic;
ALTER TABLE audit_entries RENAME COLUMN topic TO topic_of_subject;
ALTER TABLE audit_entries ADD COLUMN topic TEXT;

DROP TRIGGER audit_entries_no_update;
UPDATE audit_entries
   SET topic = CASE
           WHEN action = 'sign-in refused' THEN 'Members'
           WHEN action = 'tokens exported' THEN 'Tokens'
           WHEN action IN ('webhook created', 'webhook changed', 'webhook deleted', 'webhook disabled',
                           'webhook secret created', 'webhook secret activated', 'webhook secret deleted') THEN 'Settings'
           WHEN subject = 'api keys' THEN 'ApiKeys'
           WHEN topic_of_subject = 'Activity' THEN 'AuditTrail'
           ELSE topic_of_subject
       END;
CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries BEGIN SELECT RAISE(ABORT, 'the audit trail is not changed'); END;

ALTER TABLE audit_entries DROP COLUMN topic_of_subject;
CREATE INDEX ix_audit_entries_topic ON audit_entries (account_id, topic, at);
