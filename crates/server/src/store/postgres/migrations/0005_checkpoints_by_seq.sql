-- Checkpoints are found by their place in the log first: signatures are random, and an index that began with them was written to all
-- over, the more the longer the logs were.

ALTER TABLE checkpoint DROP CONSTRAINT checkpoint_pkey, ADD PRIMARY KEY (study, device, seq, signature);
