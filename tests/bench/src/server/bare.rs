//! Floors: the disk, the embedded database and the web framework with nothing of ours around them.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use axum::body::Bytes;
use axum::extract;
use axum::routing::get;
use rusqlite::{Connection, params};

use super::connection::request;
use super::feed;
use crate::Result;

/// How often 4 KiB are overwritten and reach the disk.
pub fn fsyncs_per_second(folder: &Path) -> Result<f64> {
    let mut file = File::create(folder.join("fsync"))?;
    let (started, mut syncs) = (Instant::now(), 0);
    while started.elapsed() < Duration::from_secs(1) {
        file.seek(SeekFrom::Start(0))?;
        file.write_all(&[7; 4096])?;
        file.sync_data()?;
        syncs += 1;
    }
    Ok(f64::from(syncs) / started.elapsed().as_secs_f64())
}

/// Inserts these bytes, a row each, so many in one commit; rows in a second.
pub fn inserts(folder: &Path, rows: &[Vec<u8>], group: usize) -> Result<f64> {
    let path = folder.join("bare.sqlite");
    let connection = Connection::open(&path)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.execute("CREATE TABLE IF NOT EXISTS bare (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)", [])?;
    let started = Instant::now();
    for group in rows.chunks(group) {
        connection.execute_batch("BEGIN IMMEDIATE")?;
        for row in group {
            connection.prepare_cached("INSERT INTO bare (bytes) VALUES (?1)")?.execute(params![row])?;
        }
        connection.execute_batch("COMMIT")?;
    }
    Ok(rows.len() as f64 / started.elapsed().as_secs_f64())
}

/// A handler that sends replies of these sizes from memory, read as a desk's feed is.
pub async fn handler_mb_per_second(sizes: &[usize]) -> Result<f64> {
    let bytes = Bytes::from(vec![7; sizes.iter().copied().max().unwrap_or_default()]);
    let send = async move |extract::Path(size): extract::Path<usize>| bytes.slice(..size);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let serving = tokio::spawn(axum::serve(listener, axum::Router::new().route("/{size}", get(send))).into_future());
    let requests: Vec<Vec<u8>> =
        sizes.iter().map(|size| request("GET", &format!("/{size}"), "none", "", b"")).collect();
    let read = tokio::task::spawn_blocking(move || feed::read_all(address, &requests)).await?;
    serving.abort();
    read
}
