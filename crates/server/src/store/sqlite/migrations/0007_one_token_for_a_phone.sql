-- A phone has one token: a new one takes the place of those that it had.

CREATE INDEX token_by_device ON token (study, device) WHERE device IS NOT NULL;
