-- A study that has ended, and a participant who has left. What comes afterwards is kept as late.

CREATE TABLE study_end (
    study    BYTEA PRIMARY KEY REFERENCES study,
    ended_at BIGINT NOT NULL
);

CREATE TABLE participant_left (
    study       BYTEA NOT NULL REFERENCES study,
    participant BYTEA NOT NULL,
    left_at     BIGINT NOT NULL,
    PRIMARY KEY (study, participant)
);

-- The audit is never rewritten.
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit is append-only';
END $$;
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
