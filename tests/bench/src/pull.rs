//! 13,000 entries pulled, verified and opened, beside bare HPKE and AES-256-GCM on the same sizes.

use std::time::Instant;

use serde_json::{Value, json};
use waymark_desk::Progress;
use waymark_desk::page::DeskApp;
use waymark_desk::pull::pull;
use waymark_protocol::keys::OpeningKey;
use waymark_protocol::record::Kind;
use waymark_protocol::seal::{Place, Sealer, open_body, open_with_study};
use waymark_protocol::{DeviceId, Hash, ParticipantId, StudyId};
use waymark_vault::SystemRng;

use crate::push::ENTRIES;
use crate::stand::{PASSPHRASE, Stand};
use crate::{Result, median};

pub async fn run(stand: &Stand) -> Result<()> {
    let mut desk = stand.desk()?;
    let started = Instant::now();
    let pulled = pull(&mut desk, waymark_desk::now_ms(), &Progress::silent()).await?;
    let taken = started.elapsed().as_secs_f64();
    if pulled.totals.opened < ENTRIES as u64 {
        return Err("the desk did not open all entries".into());
    }
    println!("{ENTRIES} shared entries at the desk, each with its grant");
    println!("  pulled, verified, opened {taken:8.2} s      (promise: at most 3)");
    println!("  floor: bare HPKE and AES {:8.2} s      (one core)", bare_opening()?);
    drop(desk);
    page(stand).await
}

/// The same desk as a page: unlocked with everything opened, searched, looked through for names, and exported.
async fn page(stand: &Stand) -> Result<()> {
    let app = DeskApp::new(stand.path("desk"));
    let call =
        async |name: &str, input: Value| app.call(name, input).await.map_err(|error| format!("{name}: {error:?}"));
    let started = Instant::now();
    call("unlock", json!({ "passphrase": PASSPHRASE })).await?;
    call("overview", json!({})).await?;
    println!("  page, ready after unlock {:8.2} s      (promise: at most 1)", started.elapsed().as_secs_f64());
    let mut taken = Vec::new();
    for words in ["clinic laughed", "nothing such", "entry 4999"] {
        for _ in 0..5 {
            let started = Instant::now();
            call("entries", json!({ "words": words, "offset": 0, "limit": 50 })).await?;
            taken.push(started.elapsed().as_secs_f64());
        }
    }
    println!("  page, searched           {:8.1} ms     (promise: at most 100)", 1000.0 * median(taken));
    let started = Instant::now();
    call("names", json!({})).await?;
    println!("  page, names found        {:8.2} s", started.elapsed().as_secs_f64());
    let project = json!({
        "format": "qdpx", "documents": "participant", "line_ends": "lf", "original": true, "only_read": false,
        "by": "Ana", "why": "to measure it",
    });
    let started = Instant::now();
    call("export", project).await?;
    println!("  a project (.qdpx)        {:8.2} s      (promise: at most 3)", started.elapsed().as_secs_f64());
    Ok(())
}

fn bare_opening() -> Result<f64> {
    const SAMPLE: usize = 1000;
    let key = OpeningKey::generate(&mut SystemRng);
    let place = Place {
        study: StudyId([1; 16]),
        participant: ParticipantId([2; 16]),
        device: DeviceId([3; 16]),
        seq: 2,
        prev: Hash([4; 32]),
    };
    let sealing = key.sealing_key();
    let records = (0..SAMPLE)
        .map(|_| Sealer::new(place, Kind::Entry).to_study(&sealing).seal(&[7; 1400], &mut SystemRng))
        .collect::<std::result::Result<Vec<_>, _>>()?;
    let started = Instant::now();
    for (record, _) in &records {
        open_body(record, &open_with_study(record, &key)?)?;
    }
    Ok(started.elapsed().as_secs_f64() * (ENTRIES / SAMPLE) as f64)
}
