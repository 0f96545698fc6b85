//! The one thread that writes, with group commit.
//!
//! ```text
//! requests ─► queue ─► BEGIN
//!                        SAVEPOINT  work 1   RELEASE, or ROLLBACK TO when it refuses, fails or panics
//!                        SAVEPOINT  work 2   …
//!                      COMMIT                one fsync for all
//!                      answer 1, answer 2, … only now
//! ```
//!
//! While one group is being committed the next one gathers. If the commit fails, every work of the group hears so, and nothing
//! was stored. After an erasure the write-ahead log is emptied as soon as nothing is waiting, and within seconds even when
//! something is, so that the old bytes leave it.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use tokio::sync::{Notify, oneshot, watch};
use waymark_protocol::StudyId;

use super::super::error::{OpenError, StoreError, Trouble};
use super::super::heads::{Heads, tell};
use super::column;

const QUEUE: usize = 1024;
const GROUP: usize = 256;
const IDLE: Duration = Duration::from_millis(20);
const EMPTY_LOG_WITHIN: Duration = Duration::from_secs(3);
const EMPTY_LOG_PATIENCE: Duration = Duration::from_millis(250);
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// What a work sees: the connection, inside its savepoint, and a place to note what it did.
pub struct Tx<'a> {
    /// The connection.
    pub connection: &'a Connection,
    notes: Notes,
}

#[derive(Default)]
struct Notes {
    erased: Cell<bool>,
    doomed: Cell<bool>,
    heads: RefCell<Heads>,
}

impl Tx<'_> {
    /// Bytes were erased: the write-ahead log must be emptied soon.
    pub fn note_erased(&self) {
        self.notes.erased.set(true);
    }

    /// Parts are to be deleted: the sweeper must be told after the commit.
    pub fn note_doomed(&self) {
        self.notes.doomed.set(true);
    }

    /// A study's log has grown.
    pub fn note_head(&self, study: StudyId, head: u64) {
        self.notes.heads.borrow_mut().insert(study, head);
    }
}

type Answer = Box<dyn FnOnce(Result<(), StoreError>) + Send>;
type Work = Box<dyn FnOnce(&Tx<'_>) -> Done + Send>;

struct Done {
    keep: bool,
    trouble: Option<StoreError>,
    answer: Answer,
}

/// Who is told after a commit.
pub struct Listeners {
    /// Of studies' logs that have grown.
    pub heads: watch::Sender<Heads>,
    /// That parts are to be deleted.
    pub doomed: Arc<Notify>,
}

/// The thread and its queue.
pub struct Writer {
    queue: Option<SyncSender<Work>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread, which owns `connection` and tells `listeners` after each commit.
    pub fn start(connection: Connection, listeners: Listeners) -> Result<Self, OpenError> {
        let (queue, works) = sync_channel(QUEUE);
        let thread = std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || run(&connection, &works, &listeners))
            .map_err(|error| StoreError::Database(format!("no thread to write with: {error}")))?;
        Ok(Self { queue: Some(queue), thread: Some(thread) })
    }

    /// Does `work` in a transaction; returns after the disk has it. When `work` fails, nothing of it is kept.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Trouble + Send + 'static,
        F: FnOnce(&Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        let work: Work = Box::new(move |tx| {
            let result = work(tx);
            let keep = result.is_ok();
            let trouble = result.as_ref().err().and_then(Trouble::trouble).cloned();
            let answer: Answer = Box::new(move |committed| {
                // Nobody may be waiting any more: the client has gone.
                let _ = sender.send(committed.map_err(E::from).and(result));
            });
            Done { keep, trouble, answer }
        });
        let queue = self.queue.as_ref().ok_or(StoreError::GivenUp)?;
        queue.try_send(work).map_err(|error| match error {
            TrySendError::Full(_) => StoreError::Busy,
            TrySendError::Disconnected(_) => StoreError::GivenUp,
        })?;
        receiver.await.unwrap_or_else(|_| Err(StoreError::GivenUp.into()))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.queue.take());
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the writer has panicked");
        }
    }
}

/// Reads every study's head.
pub fn heads(connection: &Connection) -> Result<Heads, StoreError> {
    let mut statement = connection.prepare("SELECT study, head FROM study")?;
    let heads = statement.query_map([], |row| Ok((column::study(row, 0)?, column::unsigned(row, 1)?)))?;
    Ok(heads.collect::<Result<_, _>>()?)
}

fn run(connection: &Connection, works: &Receiver<Work>, listeners: &Listeners) {
    // A crash may have come between an erasure and the emptying of the log.
    let mut stale_since = Some(Instant::now());
    loop {
        let first = match (works.try_recv(), stale_since) {
            (Ok(work), Some(since)) if since.elapsed() > EMPTY_LOG_WITHIN => {
                stale_since = (!empty_log(connection)).then(Instant::now);
                work
            }
            (Ok(work), _) => work,
            (Err(_), Some(_)) => match works.recv_timeout(IDLE) {
                Ok(work) => work,
                Err(RecvTimeoutError::Timeout) => {
                    stale_since = (!empty_log(connection)).then(Instant::now);
                    continue;
                }
                Err(RecvTimeoutError::Disconnected) => break,
            },
            (Err(_), None) => match works.recv() {
                Ok(work) => work,
                Err(_) => break,
            },
        };
        let group = std::iter::once(first).chain(works.try_iter()).take(GROUP).collect();
        if commit(connection, group, listeners) {
            stale_since.get_or_insert_with(Instant::now);
        }
    }
    empty_log(connection);
}

/// Does a group of works in one transaction and answers them; says whether something was erased.
fn commit(connection: &Connection, group: Vec<Work>, listeners: &Listeners) -> bool {
    let (mut answers, mut grown) = (Vec::with_capacity(group.len()), Heads::new());
    let (mut erased, mut doomed) = (false, false);
    let result = (|| -> Result<(), StoreError> {
        let execute = |sql| connection.prepare_cached(sql)?.execute([]).map_err(StoreError::from);
        connection.execute_batch("BEGIN IMMEDIATE")?;
        for work in group {
            execute("SAVEPOINT work")?;
            let tx = Tx { connection, notes: Notes::default() };
            let done = catch_unwind(AssertUnwindSafe(|| work(&tx)));
            if connection.is_autocommit() {
                // A full disk or a failed read makes SQLite give up the whole transaction.
                let given_up = || StoreError::Database("the transaction was given up".to_owned());
                let trouble = done.as_ref().ok().and_then(|done| done.trouble.clone());
                answers.extend(done.ok().map(|done| done.answer));
                return Err(trouble.unwrap_or_else(given_up));
            }
            let keep = done.as_ref().is_ok_and(|done| done.keep);
            if !keep {
                execute("ROLLBACK TO work")?;
            }
            execute("RELEASE work")?;
            if keep {
                grown.extend(tx.notes.heads.into_inner());
                erased |= tx.notes.erased.get();
                doomed |= tx.notes.doomed.get();
            }
            match done {
                Ok(done) => answers.push(done.answer),
                // The answer went with the panic; whoever waits hears that the work was given up.
                Err(_) => tracing::error!("a write has panicked; the others of its group go on"),
            }
        }
        connection.execute_batch("COMMIT")?;
        Ok(())
    })();
    if let Err(error) = &result {
        tracing::error!(%error, works = answers.len(), "a group of writes was not stored");
        if !connection.is_autocommit()
            && let Err(error) = connection.execute_batch("ROLLBACK")
        {
            tracing::error!(%error, "rolling back failed");
        }
    } else {
        tracing::debug!(works = answers.len(), "committed");
        tell(&listeners.heads, grown);
        if doomed {
            listeners.doomed.notify_one();
        }
    }
    for answer in answers {
        answer(result.clone());
    }
    result.is_ok() && erased
}

/// Moves the write-ahead log into the database and cuts it to nothing; says whether that was possible.
fn empty_log(connection: &Connection) -> bool {
    let emptied = connection
        .busy_timeout(EMPTY_LOG_PATIENCE)
        .and_then(|()| connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0)));
    let restored = connection.busy_timeout(BUSY_TIMEOUT);
    match emptied.and_then(|busy| restored.map(|()| busy == 0)) {
        Ok(emptied) => emptied,
        Err(error) => {
            tracing::error!(%error, "emptying the write-ahead log failed");
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sqlite::Sqlite;

    async fn store() -> (tempfile::TempDir, Sqlite) {
        let folder = tempfile::tempdir().unwrap();
        let store = Sqlite::open(folder.path(), Arc::default()).unwrap();
        (folder, store)
    }

    fn note(tx: &Tx<'_>, name: &str) -> Result<(), StoreError> {
        tx.connection.execute("INSERT INTO meta (name, value) VALUES (?1, x'00')", [name])?;
        Ok(())
    }

    async fn count(store: &Sqlite, name: &'static str) -> i64 {
        store
            .readers
            .read(move |connection| {
                let sql = "SELECT count(*) FROM meta WHERE name = ?1";
                Ok::<_, StoreError>(connection.query_row(sql, [name], |row| row.get(0))?)
            })
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn a_panic_in_one_write_answers_it_and_leaves_the_others_whole() {
        let (_folder, store) = store().await;
        let panicking = store.writer.write(|tx| -> Result<(), StoreError> {
            note(tx, "half")?;
            panic!("on purpose")
        });
        let (panicked, good) = tokio::join!(panicking, store.writer.write(|tx| note(tx, "whole")));
        assert_eq!(panicked, Err(StoreError::GivenUp));
        assert_eq!(good, Ok(()));
        assert_eq!((count(&store, "half").await, count(&store, "whole").await), (0, 1));
    }

    #[tokio::test]
    async fn a_refusal_keeps_nothing_of_its_own_work() {
        let (_folder, store) = store().await;
        let refused = store
            .writer
            .write(|tx| {
                note(tx, "refused")?;
                Err::<(), _>(StoreError::Busy)
            })
            .await;
        assert_eq!((refused, count(&store, "refused").await), (Err(StoreError::Busy), 0));
    }

    #[tokio::test]
    async fn a_full_disk_is_said_and_nothing_is_acknowledged_nor_kept() {
        let (_folder, store) = store().await;
        let full = store
            .writer
            .write(|tx| {
                let pages: i64 = tx.connection.query_row("PRAGMA page_count", [], |row| row.get(0))?;
                tx.connection.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))?;
                let sql = "INSERT INTO meta (name, value) VALUES ('big', zeroblob(1000000))";
                tx.connection.execute(sql, []).map_err(StoreError::from)
            })
            .await;
        assert_eq!(full, Err(StoreError::Full));
        assert_eq!(count(&store, "big").await, 0);
        let more_room = store.writer.write(|tx| {
            tx.connection.query_row("PRAGMA max_page_count = 1000000", [], |_| Ok(()))?;
            note(tx, "after")
        });
        assert_eq!((more_room.await, count(&store, "after").await), (Ok(()), 1));
    }

    #[tokio::test]
    async fn writes_that_wait_together_are_all_kept() {
        let (_folder, store) = store().await;
        let store = std::sync::Arc::new(store);
        let writes = (0..300).map(|n| {
            let store = store.clone();
            tokio::spawn(async move { store.writer.write(move |tx| note(tx, &format!("n{n}"))).await })
        });
        for write in writes.collect::<Vec<_>>() {
            write.await.unwrap().unwrap();
        }
        let total: i64 = store
            .readers
            .read(|connection| {
                let sql = "SELECT count(*) FROM meta WHERE name LIKE 'n%'";
                Ok::<_, StoreError>(connection.query_row(sql, [], |row| row.get(0))?)
            })
            .await
            .unwrap();
        assert_eq!(total, 300);
    }
}
