-- A study that has ended, and a participant who has left. What comes afterwards is kept as late.

CREATE TABLE study_end (
    study    BLOB PRIMARY KEY REFERENCES study,
    ended_at INTEGER NOT NULL
);

CREATE TABLE participant_left (
    study       BLOB NOT NULL REFERENCES study,
    participant BLOB NOT NULL,
    left_at     INTEGER NOT NULL,
    PRIMARY KEY (study, participant)
);

-- What was done on all studies is noted in each, as it is from now on.
INSERT INTO audit (at, role, token, study, action)
SELECT a.at, a.role, a.token, s.study, a.action FROM audit a CROSS JOIN study s WHERE a.study IS NULL ORDER BY a.id;

-- The audit is read by study, and never rewritten.
CREATE INDEX audit_by_study ON audit (study, id);
CREATE TRIGGER audit_is_not_edited BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit is append-only');
END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit is append-only');
END;

-- A recovery challenge is good for one answer, whatever the study.
ALTER TABLE answered_challenge RENAME TO answered_in_study;
CREATE TABLE answered_challenge (
    challenge  BLOB PRIMARY KEY,
    expires_at INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO answered_challenge SELECT DISTINCT challenge, expires_at FROM answered_in_study;
DROP TABLE answered_in_study;
CREATE INDEX answered_challenge_by_expiry ON answered_challenge (expires_at);
