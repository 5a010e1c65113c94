-- By what an identity provider knows a member.
CREATE TABLE member_identities (
    member_id INTEGER NOT NULL PRIMARY KEY REFERENCES members (id),
    issuer    TEXT    NOT NULL,
    subject   TEXT    NOT NULL,
    UNIQUE (issuer, subject)
) STRICT;

-- What the provider gave for a session, by which it is asked whether the member still belongs. refresh_token: sealed.
CREATE TABLE member_grants (
    session_id    INTEGER NOT NULL PRIMARY KEY REFERENCES member_sessions (id) ON DELETE CASCADE,
    refresh_token BLOB    NOT NULL,
    refresh_at    INTEGER NOT NULL
) STRICT;

CREATE INDEX ix_member_grants_refresh_at ON member_grants (refresh_at);
