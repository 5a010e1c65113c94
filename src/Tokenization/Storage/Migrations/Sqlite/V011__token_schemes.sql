-- Which schemes the cards of a tenant's tokens in the index have: whoever knows the last four digits alone looks for these in each segment,
-- and not for every scheme there is. One that no token has any more may stay: it is looked for, and not found.
CREATE TABLE token_schemes (
    location_id INTEGER NOT NULL,
    environment INTEGER NOT NULL,
    card_scheme TEXT    NOT NULL,
    PRIMARY KEY (location_id, environment, card_scheme)
) STRICT, WITHOUT ROWID;

INSERT INTO token_schemes (location_id, environment, card_scheme)
SELECT DISTINCT location_id, environment, card_scheme FROM token_index WHERE card_scheme IS NOT NULL;
