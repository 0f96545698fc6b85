//! A few connections that read, each used by one request at a time, on threads that may block.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::Semaphore;

use super::super::error::StoreError;
use super::file;

/// The pool.
pub struct Readers {
    pool: Arc<Pool>,
    permits: Arc<Semaphore>,
}

struct Pool {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    /// At most so many over the database at `path`; connections are opened when needed.
    pub fn new(path: PathBuf, connections: usize) -> Self {
        let pool = Pool { path, idle: Mutex::new(Vec::new()) };
        Self { pool: Arc::new(pool), permits: Arc::new(Semaphore::new(connections)) }
    }

    /// Reads one consistent state.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    {
        let permit = self.permits.clone().acquire_owned().await.map_err(|_| StoreError::GivenUp)?;
        let pool = self.pool.clone();
        let reading = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let connection = pool.take()?;
            let snapshot = connection.unchecked_transaction().map_err(StoreError::from)?;
            let result = work(&connection);
            // Only read: to roll back and to commit are the same.
            drop(snapshot);
            pool.give_back(connection);
            result
        });
        // A reader that panicked takes its connection with it.
        reading.await.unwrap_or_else(|_| Err(StoreError::GivenUp.into()))
    }
}

impl Pool {
    fn take(&self) -> Result<Connection, StoreError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.map_or_else(|| file::open_reader(&self.path), Ok)
    }

    fn give_back(&self, connection: Connection) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
    }
}
