-- What a member chose for themselves, by name: notices that they put away, how they want lists to be.
CREATE TABLE member_choices (
    member_id INTEGER NOT NULL REFERENCES members (id),
    name      TEXT    NOT NULL,
    value     TEXT    NOT NULL,
    chosen_at INTEGER NOT NULL,
    PRIMARY KEY (member_id, name)
) STRICT, WITHOUT ROWID;

-- When a secret scanner first reported that the key is public; null for never.
ALTER TABLE api_keys ADD COLUMN leaked_at INTEGER;
