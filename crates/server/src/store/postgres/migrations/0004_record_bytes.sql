-- How many bytes of records a phone has: headers, and slots and bodies as far as they are left. Pushes and erasures carry it on.

ALTER TABLE device ADD COLUMN record_bytes BIGINT NOT NULL DEFAULT 0;
UPDATE device SET record_bytes = (
    SELECT coalesce(sum(length(r.header) + coalesce(length(r.slots), 0) + coalesce(length(r.body), 0)), 0)
    FROM record r WHERE r.study = device.study AND r.device = device.device
);
