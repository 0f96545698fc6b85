-- Statistics hold samples of a column's values. Those of what is erased would outlive it, and say nothing that a plan needs.

ALTER TABLE record ALTER COLUMN slots SET STATISTICS 0, ALTER COLUMN body SET STATISTICS 0;
-- What was sampled already goes with the columns' type, which is given anew; so is how they are stored, therefore.
ALTER TABLE record ALTER COLUMN slots TYPE BYTEA, ALTER COLUMN body TYPE BYTEA;
ALTER TABLE record ALTER COLUMN slots SET STORAGE EXTERNAL, ALTER COLUMN body SET STORAGE EXTERNAL;
