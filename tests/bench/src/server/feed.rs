//! A desk that reads its feed and throws it away.

use std::net::SocketAddr;
use std::time::Instant;

use waymark_protocol::api::HEAD_HEADER;
use waymark_protocol::record::wire;

use super::connection::{Connection, request};
use super::load::on_one_thread;
use super::study::Desk;
use crate::{Result, median};

const SAMPLES: usize = 20;

/// The whole feed, reply by reply.
pub struct Reading {
    address: SocketAddr,
    requests: Vec<Vec<u8>>,
    sizes: Vec<usize>,
}

/// Seconds, medians.
pub struct Latency {
    /// Of the newest 100 items.
    pub newest: f64,
    /// Of a full reply from the middle of the feed.
    pub middle: f64,
}

/// Asks for what comes after a cursor.
pub fn ask(desk: &Desk, after: u64, wait: u64) -> Vec<u8> {
    request("GET", &format!("/v1/studies/{}/records?after={after}&wait={wait}", desk.study), &desk.token, "", b"")
}

/// The feed's last cursor.
pub async fn head(address: SocketAddr, desk: &Desk) -> Result<u64> {
    let mut connection = Connection::open(address).await?;
    connection.call(&ask(desk, i64::MAX.cast_unsigned(), 0)).await?;
    Ok(connection.header(HEAD_HEADER).ok_or("a feed without its head")?.parse()?)
}

impl Reading {
    /// Goes through the feed once, to know its cursors; afterwards its bytes are in the system's memory.
    pub fn prepare(address: SocketAddr, desk: &Desk) -> Result<Self> {
        on_one_thread(async {
            let mut connection = Connection::open(address).await?;
            let (mut requests, mut sizes, mut after) = (Vec::new(), Vec::new(), 0);
            loop {
                let request = ask(desk, after, 0);
                let bytes = connection.call(&request).await?;
                let Some(last) = wire::read_feed(bytes)?.last().map(|item| item.server_seq) else {
                    return Ok(Self { address, requests, sizes });
                };
                sizes.push(bytes.len());
                requests.push(request);
                after = last;
            }
        })
    }

    /// How many bytes each reply has.
    pub fn sizes(&self) -> Vec<usize> {
        self.sizes.clone()
    }

    /// How many bytes all have.
    pub fn bytes(&self) -> u64 {
        self.sizes.iter().map(|size| *size as u64).sum()
    }

    /// Reads it all over one connection, one reply after the other.
    pub fn mb_per_second(&self) -> Result<f64> {
        read_all(self.address, &self.requests)
    }
}

/// Sends these requests over one connection, one after the other, and reads the replies.
pub fn read_all(address: SocketAddr, requests: &[Vec<u8>]) -> Result<f64> {
    on_one_thread(async {
        let mut connection = Connection::open(address).await?;
        let (started, mut bytes) = (Instant::now(), 0);
        for request in requests {
            bytes += connection.call(request).await?.len();
        }
        Ok(bytes as f64 / 1e6 / started.elapsed().as_secs_f64())
    })
}

/// How long single replies take.
pub fn latency(address: SocketAddr, desk: &Desk) -> Result<Latency> {
    on_one_thread(async {
        let head = head(address, desk).await?;
        let mut connection = Connection::open(address).await?;
        let (mut newest, mut middle) = (Vec::new(), Vec::new());
        for _ in 0..SAMPLES {
            for (after, times) in [(head.saturating_sub(100), &mut newest), (head / 2, &mut middle)] {
                let request = ask(desk, after, 0);
                let started = Instant::now();
                connection.call(&request).await?;
                times.push(started.elapsed().as_secs_f64());
            }
        }
        Ok(Latency { newest: median(newest), middle: median(middle) })
    })
}
