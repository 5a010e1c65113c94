-- Time steps to come whose code was shown too early: explained as that of a clock that is fast, and never accepted.
CREATE TABLE member_spent_totp_steps (
    member_id INTEGER NOT NULL REFERENCES members (id),
    time_step INTEGER NOT NULL,
    PRIMARY KEY (member_id, time_step)
) STRICT, WITHOUT ROWID;

-- What a try to sign in writes where no member's count is to be raised, so that it takes as long.
CREATE TABLE attempts_of_nobody (
    id       INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    attempts INTEGER NOT NULL
) STRICT;

INSERT INTO attempts_of_nobody (id, attempts) VALUES (1, 0);
