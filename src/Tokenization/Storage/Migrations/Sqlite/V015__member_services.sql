-- time_zone: the IANA name that the member chose; null for the browser's. first_steps_dismissed_at: when the member put the first steps away.
ALTER TABLE members ADD COLUMN time_zone TEXT;
ALTER TABLE members ADD COLUMN first_steps_dismissed_at INTEGER;

-- A link by which a member who lost the password or the second factors gets new ones, once. issued_by: the owner or admin who made it.
CREATE TABLE member_reset_links (
    id           INTEGER NOT NULL PRIMARY KEY,
    secret_hash  BLOB    NOT NULL,
    account_id   INTEGER NOT NULL REFERENCES accounts (id),
    member_id    INTEGER NOT NULL REFERENCES members (id),
    issued_by    INTEGER NOT NULL REFERENCES members (id),
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    used_at      INTEGER,
    withdrawn_at INTEGER
) STRICT;

CREATE UNIQUE INDEX ux_member_reset_links_secret ON member_reset_links (secret_hash);
CREATE INDEX ix_member_reset_links_member ON member_reset_links (member_id);
CREATE INDEX ix_member_reset_links_issuer ON member_reset_links (issued_by);

-- topic: what an entry is about. The names are those of AuditTopic.
ALTER TABLE audit_entries ADD COLUMN topic TEXT GENERATED ALWAYS AS (
    CASE
        WHEN subject = 'members' OR substr(subject, 1, instr(subject || ':', ':') - 1) IN ('member', 'invitation', 'session') THEN 'Members'
        WHEN subject = 'keys' OR substr(subject, 1, 4) = 'key:' THEN 'ApiKeys'
        WHEN substr(subject, 1, 3) = 'si_' THEN 'Tokens'
        WHEN substr(subject, 1, instr(subject || ':', ':') - 1) IN ('account', 'location') THEN 'Settings'
        WHEN subject = 'activity' THEN 'Activity'
    END) VIRTUAL;

-- The trail is read newest first by time; entries of one instant follow one another by id, which every index ends with.
CREATE INDEX ix_audit_entries_time ON audit_entries (account_id, at);
CREATE INDEX ix_audit_entries_actor ON audit_entries (account_id, actor, at);
CREATE INDEX ix_audit_entries_topic ON audit_entries (account_id, topic, at);
