//! However many ask what is stored, phones and desks are served.

use std::thread;
use std::time::{Duration, Instant};

use super::{Data, Running};
use crate::support::{Desk, Phone};

/// More than a process has connections.
const ASKING: usize = 24;

#[track_caller]
fn wait_until(data: &Data, sql: &str) {
    let start = Instant::now();
    while data.number(sql) == 0 {
        assert!(start.elapsed() < Duration::from_secs(20), "{sql}");
        thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn phones_push_and_desks_read_while_many_wait_for_a_count() {
    let (server, desk): (Running, Desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    let (data, token) = (&server.data, server.token("data-manager"));
    thread::scope(|scope| {
        // Whoever counts parts waits for this.
        scope
            .spawn(|| data.try_execute("BEGIN; LOCK TABLE part IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(30); COMMIT"));
        wait_until(
            data,
            "SELECT count(*) FROM pg_locks
             WHERE relation = 'part'::regclass AND granted AND mode = 'AccessExclusiveLock'",
        );
        for _ in 0..ASKING {
            scope.spawn(|| desk.http.get(&desk.path("usage"), &token).status);
        }
        let waiting = "SELECT count(*) FROM pg_locks WHERE relation = 'part'::regclass AND NOT granted";
        wait_until(data, waiting);
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(1) {
            // One who counts, and perhaps the sweeper.
            assert!(data.number(waiting) <= 2, "those who count take the others' connections");
        }
        for n in 0..10 {
            phone.write("meanwhile");
            phone.sync();
            assert_eq!(desk.pull(0).len(), 2 * (n + 1) + 1);
        }
        data.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks
             WHERE relation = 'part'::regclass AND granted AND mode = 'AccessExclusiveLock'",
        );
    });
}
