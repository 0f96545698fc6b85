//! Saving an entry, beside a bare insert of the same bytes.

use std::time::Instant;

use rusqlite::{Connection, params};
use waymark_diary::{Now, Readers};

use crate::stand::{Stand, entry};
use crate::{Result, median};

const PAIRS: usize = 200;
/// What saving one such entry puts into the vault: the sealed revision and the sealed record.
const STORED_BYTES: usize = 1450 + 2500;

pub async fn run(stand: &Stand) -> Result<()> {
    let diary = stand.diary("save").await?;
    let bare = Connection::open(stand.disk().join("bare.sqlite"))?;
    bare.pragma_update(None, "journal_mode", "WAL")?;
    bare.pragma_update(None, "synchronous", "FULL")?;
    bare.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)", [])?;
    let bytes = vec![7u8; STORED_BYTES];
    let (mut ours, mut floor, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..PAIRS + 10 {
        let started = Instant::now();
        diary.with(|diary| diary.finish(entry(number), Readers::OnlyMe, Now::from_clock()))?;
        let saved = started.elapsed().as_secs_f64() * 1000.0;
        let started = Instant::now();
        bare.prepare_cached("INSERT INTO bare (bytes) VALUES (?1)")?.execute(params![bytes])?;
        let inserted = started.elapsed().as_secs_f64() * 1000.0;
        // The first ten warm up.
        if number >= 10 {
            ours.push(saved);
            floor.push(inserted);
            ratios.push(saved / inserted);
        }
    }
    println!("saving an entry, {PAIRS} pairs on one disk");
    println!("  saved and fsynced        {:8.2} ms", median(ours));
    println!("  floor: bare insert       {:8.2} ms", median(floor));
    println!("  ratio, pair by pair      {:8.2}     (promise: at most 1.5)", median(ratios));
    Ok(())
}
