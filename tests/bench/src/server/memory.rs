//! How much memory waiting desks, batches and slow readers cost the server.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use super::connection::Connection;
use super::engine::Server;
use super::feed;
use super::phone::{MOST, Phone};
use super::process;
use super::study::Desk;
use super::table::{Table, mb, seconds};
use crate::Result;

const WAITING: usize = 5_000;
/// How long each waits at most, in seconds.
const WAIT: u64 = 30;
/// After so long everything that was asked is waiting.
const SETTLED: Duration = Duration::from_secs(3);
const SLOW: usize = 16;
/// What a slow reader takes of its reply before it stops reading.
const TAKEN: usize = 64 * 1024;

/// What many long pushes at once cost, and whether they cost as much again.
pub async fn batches(name: &str, server: &Server, phones: &mut [Phone], table: &mut Table) -> Result<()> {
    let (address, id) = (server.address, server.id());
    for round in ["first", "second"] {
        let pushes = phones.iter_mut().map(|phone| phone.push(MOST)).collect::<Result<Vec<_>>>()?;
        let before = process::memory(id)?;
        process::reset_peak(id)?;
        let mut pushing = JoinSet::new();
        for push in pushes {
            pushing.spawn(async move { Connection::open(address).await?.call(&push).await.map(drop) });
        }
        while let Some(pushed) = pushing.join_next().await {
            pushed??;
        }
        let grown = process::memory(id)?.peak.saturating_sub(before.resident);
        let what = format!("{name}: memory grown by {} pushes of 1 MiB at once, {round} time", phones.len());
        table.add_plain(what, mb(grown), "not with the batch");
    }
    Ok(())
}

/// What readers cost that stop in the middle of a reply.
pub async fn slow_readers(name: &str, server: &Server, desk: &Desk, table: &mut Table) -> Result<()> {
    let before = process::memory(server.id())?.resident;
    let mut slow = Vec::new();
    for _ in 0..SLOW {
        let mut connection = Connection::open(server.address).await?;
        connection.send(&feed::ask(desk, 0, 0)).await?;
        connection.read_some(TAKEN).await?;
        slow.push(connection);
    }
    let grown = process::memory(server.id())?.resident.saturating_sub(before);
    let what = format!("{name}: memory grown by a reader that stops in a feed of 200 MB");
    table.add_plain(what, mb(grown / SLOW as u64), "one reply, not the feed");
    Ok(())
}

/// What desks cost that wait for something to come, at a server that has done nothing else yet.
pub async fn waiting(name: &str, server: &Server, desk: &Desk, phone: &mut Phone, table: &mut Table) -> Result<()> {
    let head = feed::head(server.address, desk).await?;
    let before = process::memory(server.id())?.resident;
    let ask = feed::ask(desk, head, WAIT);
    let mut connections = Vec::with_capacity(WAITING);
    let started = Instant::now();
    for _ in 0..WAITING {
        connections.push(wait(server.address, &ask).await?);
    }
    if started.elapsed() + SETTLED > Duration::from_secs(WAIT) {
        return Err("this machine is too busy to hold so many waits at once".into());
    }
    tokio::time::sleep(SETTLED).await;
    let resident = process::memory(server.id())?.resident;
    let what = format!("{name}: memory grown by {WAITING} desks that wait");
    table.add_plain(what, mb(resident.saturating_sub(before)), "≤ 100 MB");
    table.add_plain(format!("{name}: all of the server's memory then"), mb(resident), "");

    // One push wakes them all. A server that has too much to note at once may tell some to come again.
    let mut waking = JoinSet::new();
    for mut connection in connections {
        waking.spawn(async move { connection.receive().await.map(|bytes| !bytes.is_empty()) });
    }
    let (push, started) = (phone.push(1)?, Instant::now());
    Connection::open(server.address).await?.call(&push).await?;
    let mut woken = 0;
    while let Some(received) = waking.join_next().await {
        woken += usize::from(received?.unwrap_or(false));
    }
    let what = format!("{name}: a push reaches {woken} of {WAITING} that wait");
    table.add_plain(what, seconds(started.elapsed()), "");
    Ok(())
}

async fn wait(address: SocketAddr, ask: &[u8]) -> Result<Connection> {
    let mut connection = Connection::open(address).await?;
    connection.send(ask).await?;
    Ok(connection)
}
