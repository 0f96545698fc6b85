//! The study server's numbers, on SQLite and on PostgreSQL: the release binary as a process of its own, over loopback.
//!
//! | what | floor or peer |
//! |---|---|
//! | ingest: 64 devices, one entry and its checkpoint in each push | the same bytes inserted in this process, as many in one commit as the server's commits hold; on PostgreSQL `pgbench` with 64 clients, one INSERT each |
//! | pull: a desk reads more than 200 MB | a bare `axum` handler that sends as many bytes in the same sizes |
//! | growth: both with many records stored | the same with 10,000 |
//! | memory: waiting desks, batches, downloads | the server's own before |
//!
//! Pushes are sealed and signed before the clock starts. Of several short runs the median rate and the latency over all are printed,
//! and the worst run's beside it.

mod bare;
mod connection;
mod engine;
mod feed;
mod load;
mod memory;
mod pgbench;
mod phone;
mod process;
mod study;
mod table;

use std::path::Path;

use engine::{Data, Server};
use load::Burst;
use phone::Phone;
use study::{Desk, Study};
use table::{Table, mb, ms, per_second, ratio};

use crate::{Result, median};

/// How many phones push at once.
const DEVICES: usize = 64;
/// How many records are stored when the first figures are taken.
const FEW: u64 = 10_000;
/// As many records as make a feed of more than 200 MB.
const FEED: u64 = 100_000;
/// How many records are stored at last, when nothing else is asked for.
pub const MANY: u64 = 1_000_000;
const RUNS: usize = 5;
/// What every device pushes in one run.
const PUSHES: usize = 40;

/// Measures both engines; `records` are stored at last.
pub async fn run(records: u64) -> Result<()> {
    let folder = tempfile::Builder::new().prefix("bench-").tempdir_in(std::env::current_dir()?.join("target"))?;
    println!("the study server, {} cores, loopback", std::thread::available_parallelism()?);
    println!("  bare fsync of 4 KiB: {:.0}/s", bare::fsyncs_per_second(folder.path())?);
    let study = Study::new()?;
    let mut table = Table::default();
    for data in [Data::sqlite(folder.path()), Data::postgres(folder.path()).await?] {
        Measuring::start(data, &study, folder.path()).await?.all(records, &mut table).await?;
    }
    table.print();
    Ok(())
}

/// One engine under measurement.
struct Measuring<'a> {
    data: Data,
    server: Server,
    desk: Desk,
    phones: Vec<Phone>,
    folder: &'a Path,
    /// How many pushes the server puts into one commit.
    group: usize,
    stored: u64,
}

/// Of some runs: the median of their rates and the latencies of all together, and the worst run's.
struct Ingest {
    rate: (f64, f64),
    p50: (f64, f64),
    p99: (f64, f64),
    generator: f64,
    server: f64,
}

impl<'a> Measuring<'a> {
    /// Registers the study, lets the phones join, and looks how many pushes the server commits together.
    async fn start(data: Data, study: &Study, folder: &'a Path) -> Result<Self> {
        let server = Server::start(&data, "debug")?;
        let (desk, phones) = study.join(&data, server.address, DEVICES).await?;
        let mut measuring = Self { data, server, desk, phones, folder, group: 0, stored: DEVICES as u64 };
        let before = measuring.data.log_len()?;
        measuring.burst(PUSHES)?;
        measuring.group = measuring.data.group_size(before)?;
        measuring.restart()?;
        Ok(measuring)
    }

    fn restart(&mut self) -> Result<()> {
        self.server.stop()?;
        self.server = Server::start(&self.data, "info")?;
        Ok(())
    }

    async fn all(mut self, records: u64, table: &mut Table) -> Result<()> {
        let name = self.data.name();
        self.fill(FEW)?;
        let few = self.ingest()?;
        let few_feed = feed::latency(self.server.address, &self.desk)?;
        self.floor(&few, table).await?;

        self.fill(FEED)?;
        self.pull(table).await?;
        memory::slow_readers(name, &self.server, &self.desk, table).await?;
        memory::batches(name, &self.server, &mut self.phones, table).await?;
        self.restart()?;
        memory::waiting(name, &self.server, &self.desk, &mut self.phones[0], table).await?;

        self.fill(records)?;
        let many = self.ingest()?;
        let many_feed = feed::latency(self.server.address, &self.desk)?;
        let stored = format!("{name}: with {} records, not {FEW}:", self.stored);
        let grown = |what: &str, few: f64, many: f64| {
            [format!("{stored} {what}"), ms(many), "≤ 1.25 ×".to_owned(), ms(few), ratio(many / few)]
        };
        table.add(grown("a push, p50", few.p50.0, many.p50.0));
        table.add(grown("a push, p99", few.p99.0, many.p99.0));
        table.add(grown("pull of the newest 100 items", few_feed.newest, many_feed.newest));
        table.add(grown("pull of 4 MiB from the middle", few_feed.middle, many_feed.middle));
        Ok(())
    }

    /// Pushes as many as fit at a time until so many records are stored; then the disk may finish what that has left to it.
    fn fill(&mut self, records: u64) -> Result<()> {
        self.stored += load::fill(self.server.address, &mut self.phones, records.saturating_sub(self.stored))?;
        std::process::Command::new("sync").status()?;
        Ok(())
    }

    fn burst(&mut self, pushes: usize) -> Result<Burst> {
        let burst = load::burst(self.server.address, &mut self.phones, pushes)?;
        self.stored += burst.records() as u64;
        Ok(burst)
    }

    fn ingest(&mut self) -> Result<Ingest> {
        self.burst(PUSHES / 4)?;
        let (mut runs, mut server) = (Vec::new(), Vec::new());
        for _ in 0..RUNS {
            let before = process::cpu_seconds(self.server.id())?;
            let burst = self.burst(PUSHES)?;
            server.push((process::cpu_seconds(self.server.id())? - before) / burst.seconds);
            runs.push(burst);
        }
        let each = |figure: &dyn Fn(&Burst) -> f64| runs.iter().map(figure).collect::<Vec<_>>();
        let latency = |share| (Burst::percentile_of(&runs, share), greatest(&each(&|burst| burst.percentile(share))));
        let rates = each(&Burst::rate);
        Ok(Ingest {
            rate: (median(rates.clone()), least(&rates)),
            p50: latency(0.50),
            p99: latency(0.99),
            generator: median(each(&|burst| burst.generator_cores)),
            server: median(server),
        })
    }

    async fn floor(&self, ingest: &Ingest, table: &mut Table) -> Result<()> {
        let name = self.data.name();
        let (promise, floor) = match self.data.database() {
            None => {
                let mut phone = self.phones[0].clone();
                let pushes: Vec<Vec<u8>> = (0..DEVICES * PUSHES).map(|_| phone.push(1)).collect::<Result<_>>()?;
                let runs = (0..RUNS).map(|_| bare::inserts(self.folder, &pushes, self.group));
                ("≥ 5,000/s or ≥ 0.5 ×", median(runs.collect::<Result<_>>()?))
            }
            Some(_) => ("≥ 2,500/s", pgbench::inserts_per_second(&self.data, DEVICES).await?),
        };
        let rate = ingest.rate;
        let what = format!("{name}: ingest, {DEVICES} devices, {} pushes in a commit", self.group);
        table.add([what, worst(per_second, rate), promise.to_owned(), per_second(floor), ratio(rate.0 / floor)]);
        table.add_plain(format!("{name}: a push, p50"), worst(ms, ingest.p50), "");
        table.add_plain(format!("{name}: a push, p99"), worst(ms, ingest.p99), "≤ 50 ms");
        let cores = format!("{:.2} and {:.2} cores", ingest.server, ingest.generator);
        table.add_plain(format!("{name}: server and load generator busy with it"), cores, "");
        Ok(())
    }

    async fn pull(&self, table: &mut Table) -> Result<()> {
        let name = self.data.name();
        let reading = feed::Reading::prepare(self.server.address, &self.desk)?;
        process::reset_peak(self.server.id())?;
        let before = process::memory(self.server.id())?;
        let (mut ours, mut bare) = (Vec::new(), Vec::new());
        for _ in 0..3 {
            ours.push(reading.mb_per_second()?);
            bare.push(bare::handler_mb_per_second(&reading.sizes()).await?);
        }
        let after = process::memory(self.server.id())?;
        let (slowest, ours, bare) = (least(&ours), median(ours), median(bare));
        let what = format!("{name}: pull of {}", mb(reading.bytes()));
        let per_second = |mb: f64| format!("{mb:.0} MB/s");
        let promise = "≥ 150 MB/s or ≥ 0.7 ×".to_owned();
        table.add([what, worst(per_second, (ours, slowest)), promise, per_second(bare), ratio(ours / bare)]);
        let grown = after.peak.saturating_sub(before.resident);
        table.add_plain(format!("{name}: memory grown by it at its peak"), mb(grown), "not with the download");
        Ok(())
    }
}

fn least(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::INFINITY, f64::min)
}

fn greatest(values: &[f64]) -> f64 {
    values.iter().copied().fold(0.0, f64::max)
}

/// A figure, and the worst run's in brackets.
fn worst(show: impl Fn(f64) -> String, (figure, worst): (f64, f64)) -> String {
    format!("{} ({})", show(figure), show(worst))
}
