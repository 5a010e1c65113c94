-- Changes nothing here: card records may name algorithm 2 from now on, which a program of before would take for tampering. With this
-- recorded it refuses the database instead.
SELECT 1;
