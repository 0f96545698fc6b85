//! Many phones that push at once, each one push after the other.

use std::net::SocketAddr;
use std::time::Instant;

use tokio::sync::Barrier;
use tokio::task::JoinSet;

use super::connection::Connection;
use super::phone::{MOST, Phone};
use super::process;
use crate::Result;

/// How many phones push at once while the store is filled.
const FILLING: usize = 4;

/// What a run has shown.
pub struct Burst {
    /// From the first byte sent to the last receipt, in seconds.
    pub seconds: f64,
    /// How many cores this process kept busy meanwhile.
    pub generator_cores: f64,
    /// From a push's first byte to its receipt, in seconds, in order.
    latencies: Vec<f64>,
}

impl Burst {
    /// How many records were pushed.
    pub fn records(&self) -> usize {
        self.latencies.len()
    }

    /// Records in a second.
    pub fn rate(&self) -> f64 {
        self.records() as f64 / self.seconds
    }

    /// The latency that this share of pushes does not exceed, in seconds.
    pub fn percentile(&self, share: f64) -> f64 {
        percentile(&self.latencies, share)
    }

    /// The same of several runs together. One run is short: what is slow once is more than a hundredth of it.
    pub fn percentile_of(runs: &[Self], share: f64) -> f64 {
        let mut together: Vec<f64> = runs.iter().flat_map(|run| run.latencies.iter().copied()).collect();
        together.sort_by(f64::total_cmp);
        percentile(&together, share)
    }
}

fn percentile(sorted: &[f64], share: f64) -> f64 {
    let at = (sorted.len() as f64 * share) as usize;
    sorted.get(at.min(sorted.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
}

/// Every phone pushes so many single entries over a connection of its own. All is sealed, signed and connected before the clock
/// starts.
pub fn burst(address: SocketAddr, phones: &mut [Phone], pushes: usize) -> Result<Burst> {
    let requests: Vec<Vec<Vec<u8>>> = phones
        .iter_mut()
        .map(|phone| (0..pushes).map(|_| phone.push(1)).collect::<Result<_>>())
        .collect::<Result<_>>()?;
    on_one_thread(push_all(address, requests))
}

async fn push_all(address: SocketAddr, requests: Vec<Vec<Vec<u8>>>) -> Result<Burst> {
    let ready = std::sync::Arc::new(Barrier::new(requests.len() + 1));
    let mut pushing = JoinSet::new();
    for requests in requests {
        let ready = ready.clone();
        pushing.spawn(async move {
            let connection = Connection::open(address).await;
            ready.wait().await;
            push_each(connection?, &requests).await
        });
    }
    ready.wait().await;
    let (started, cpu) = (Instant::now(), process::cpu_seconds(std::process::id())?);
    let mut latencies = Vec::new();
    while let Some(pushed) = pushing.join_next().await {
        latencies.extend(pushed??);
    }
    let seconds = started.elapsed().as_secs_f64();
    let generator_cores = (process::cpu_seconds(std::process::id())? - cpu) / seconds;
    latencies.sort_by(f64::total_cmp);
    Ok(Burst { seconds, generator_cores, latencies })
}

async fn push_each(mut connection: Connection, requests: &[Vec<u8>]) -> Result<Vec<f64>> {
    let mut latencies = Vec::with_capacity(requests.len());
    for request in requests {
        let started = Instant::now();
        connection.call(request).await?;
        latencies.push(started.elapsed().as_secs_f64());
    }
    Ok(latencies)
}

/// Pushes as many records as are asked for, in pushes as large as they may be; returns how many.
pub fn fill(address: SocketAddr, phones: &mut [Phone], records: u64) -> Result<u64> {
    let share = phones.len().div_ceil(FILLING);
    let each = records.div_ceil(FILLING as u64);
    std::thread::scope(|scope| {
        let filling: Vec<_> = phones
            .chunks_mut(share)
            .map(|phones| scope.spawn(move || on_one_thread(fill_by(address, phones, each))))
            .collect();
        filling.into_iter().map(|filled| filled.join().map_err(|_| "a thread has panicked")?).sum()
    })
}

async fn fill_by(address: SocketAddr, phones: &mut [Phone], records: u64) -> Result<u64> {
    let mut connection = Connection::open(address).await?;
    let mut filled = 0;
    let mut next = 0;
    while filled < records {
        let push = MOST.min(usize::try_from(records - filled)?);
        connection.call(&phones[next].push(push)?).await?;
        next = (next + 1) % phones.len();
        filled += push as u64;
    }
    Ok(filled)
}

/// Runs on a runtime of its own, in this thread: what serves or waits elsewhere in this process is not in its way.
pub fn on_one_thread<T: Send>(work: impl Future<Output = Result<T>> + Send) -> Result<T> {
    std::thread::scope(|scope| {
        let thread = scope.spawn(|| tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work));
        thread.join().map_err(|_| "a thread has panicked")?
    })
}
