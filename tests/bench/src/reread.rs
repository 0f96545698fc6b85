//! Re-reading a diary of 10,000 entries: unlocking, its memory, searching as one types, opening an entry.
//!
//! The diary is opened in a process of its own, so that its memory is its own too. Opening the lock is meant to take half a
//! second; what 10,000 entries add to it is told against the same diary before they were written.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use waymark_diary::page::DiaryApp;
use waymark_diary::{Filter, Finished, Now, Readers};

use crate::stand::{PASSPHRASE, Stand};
use crate::{Result, words};

const ENTRIES: usize = 10_000;
const TAGS: usize = 1000;
/// How often the lock is opened; the quickest counts, for the lock's own half second varies.
const UNLOCKINGS: usize = 7;
/// What the page shows at first.
const LINES: usize = 60;
/// What this program is called with to be the process that opens a diary.
pub const CHILD: &str = "--open";

/// What the other process found.
#[derive(Serialize, Deserialize)]
struct Found {
    /// From the passphrase to a list on the page, in milliseconds.
    unlocked: f64,
    /// How much the process grew by it, in bytes.
    grown: u64,
    /// One keystroke each, in milliseconds.
    keystrokes: Vec<f64>,
    /// One entry each, in milliseconds.
    opened: Vec<f64>,
    /// The first page, the tags, the calendar.
    screens: [f64; 3],
}

pub async fn run(stand: &Stand) -> Result<()> {
    let diary = stand.diary("reread").await?;
    let (full, empty) = (stand.path("reread"), stand.path("reread-empty"));
    drop(diary.take());
    copy(&full, &empty)?;
    diary.put(waymark_diary::unlock(&full, &waymark_diary::LockSecret::passphrase(PASSPHRASE))?);
    let mut texts = Vec::new();
    for number in 0..ENTRIES {
        let finished = entry(number);
        texts.push(finished.text.clone());
        diary.with(|diary| diary.finish(finished, Readers::OnlyMe, Now::from_clock()))?;
    }
    let found = diary.with(|diary| Ok(diary.matching(&Filter::default()).len()))?;
    if found != ENTRIES {
        return Err("the diary does not have what was written".into());
    }
    drop(diary.take());

    let runs = (0..UNLOCKINGS).map(|_| open(&full)).collect::<Result<Vec<_>>>()?;
    let locks = (0..UNLOCKINGS).map(|_| open(&empty)).collect::<Result<Vec<_>>>()?;
    let quickest = |runs: &[Found]| runs.iter().map(|run| run.unlocked).fold(f64::INFINITY, f64::min);
    let bytes: usize = texts.iter().map(String::len).sum();
    let grown = runs.iter().map(|run| run.grown).max().unwrap_or_default();
    let keystrokes = sorted(runs.iter().flat_map(|run| run.keystrokes.iter().copied()).collect());
    let opened = sorted(runs.iter().flat_map(|run| run.opened.iter().copied()).collect());
    let screen = |place: usize| crate::median(runs.iter().map(|run| run.screens[place]).collect());
    #[expect(clippy::cast_precision_loss, reason = "a ratio of megabytes")]
    let ratio = grown as f64 / bytes as f64;

    println!("re-reading {ENTRIES} entries, {} bytes each, in all {:.1} MB", bytes / ENTRIES, mega(bytes));
    println!(
        "  unlocked to a list       {:8.1} ms     (promise: at most 150, beside the lock's own work)",
        quickest(&runs) - quickest(&locks)
    );
    println!("  floor: bare AES-256-GCM  {:8.1} ms     (one core)", bare_aes(&texts)?);
    println!("  memory after unlocking   {ratio:8.2} x the text     (promise: at most 3)");
    println!("  a keystroke to its list  {:8.2} ms     in the middle", at(&keystrokes, 50));
    println!(
        "                           {:8.2} ms     at the 99th percentile (promise: at most 50)",
        at(&keystrokes, 99)
    );
    println!("  floor: bare memchr       {:8.2} ms     (one word, all texts)", bare_search(&texts));
    println!("  an entry opened          {:8.2} ms     at the 99th percentile (promise: at most 16)", at(&opened, 99));
    println!("  floor: its JSON          {:8.3} ms", bare_json(&texts)?);
    println!("  first page, tags, month  {:8.1} ms {:8.1} ms {:8.1} ms", screen(0), screen(1), screen(2));
    Ok(())
}

/// The process that opens a diary: what it found goes to its output.
pub async fn child(dir: &Path) -> Result<()> {
    let before = resident()?;
    let app = DiaryApp::new(dir.to_path_buf());
    let started = Instant::now();
    call(&app, "unlock", json!({ "secret": PASSPHRASE })).await?;
    call(&app, "today", json!({})).await?;
    let first = call(&app, "list_entries", list("")).await?;
    let unlocked = millis(started);
    let grown = resident()?.saturating_sub(before);

    let (mut keystrokes, mut opened) = (Vec::new(), Vec::new());
    for phrase in words::PHRASES {
        for (end, letter) in phrase.char_indices() {
            let started = Instant::now();
            call(&app, "list_entries", list(&phrase[..end + letter.len_utf8()])).await?;
            keystrokes.push(millis(started));
        }
    }
    for line in first["lines"].as_array().ok_or("no list")? {
        let started = Instant::now();
        call(&app, "read_entry", json!({ "entry": line["entry"]["id"] })).await?;
        opened.push(millis(started));
    }
    let mut screens = [0.0; 3];
    let inputs = [
        ("list_entries", list("")),
        ("list_tags", json!({ "find": "", "limit": 20 })),
        ("calendar", json!({ "month": null, "filter": filter("") })),
    ];
    for (screen, (name, input)) in screens.iter_mut().zip(inputs) {
        let started = Instant::now();
        call(&app, name, input).await?;
        *screen = millis(started);
    }
    println!("{}", serde_json::to_string(&Found { unlocked, grown, keystrokes, opened, screens })?);
    Ok(())
}

fn open(dir: &Path) -> Result<Found> {
    let mut command = Command::new(std::env::current_exe()?);
    let output = command.arg(CHILD).arg(dir).stderr(Stdio::inherit()).output()?;
    Ok(serde_json::from_slice(&output.stdout)?)
}

async fn call(app: &DiaryApp, name: &str, input: Value) -> Result<Value> {
    Ok(app.call(name, input).await.map_err(|error| format!("{name}: {:?}", error.code))?)
}

fn filter(query: &str) -> Value {
    json!({ "query": query, "tags": [], "mark": null, "from": null, "to": null })
}

fn list(query: &str) -> Value {
    json!({ "filter": filter(query), "offset": 0, "limit": LINES })
}

/// About three entries a day for ten years.
fn entry(number: usize) -> Finished {
    let days = u64::try_from(number * 3650 / ENTRIES).unwrap_or_default();
    Finished {
        entry: None,
        draft: None,
        about: Now::from_clock().date() - chrono::Days::new(days),
        prompt_set: "free".to_owned(),
        answers: Vec::new(),
        text: words::text(number),
        weight: None,
        tags: vec![format!("tag {}", number % TAGS)],
    }
}

/// The same bytes under one key each, opened one after the other.
fn bare_aes(texts: &[String]) -> Result<f64> {
    let failed = |_| "AES-256-GCM";
    let key = || Ok::<_, &str>(LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &[7; 32]).map_err(failed)?));
    let nonce = || Nonce::assume_unique_for_key([0; 12]);
    let mut sealed = Vec::new();
    for text in texts {
        let mut bytes = text.clone().into_bytes();
        key()?.seal_in_place_append_tag(nonce(), Aad::empty(), &mut bytes).map_err(failed)?;
        sealed.push(bytes);
    }
    let started = Instant::now();
    for bytes in &mut sealed {
        key()?.open_in_place(nonce(), Aad::empty(), bytes).map_err(failed)?;
    }
    Ok(millis(started))
}

fn bare_search(texts: &[String]) -> f64 {
    let started = Instant::now();
    let found = texts.iter().filter(|text| memchr::memmem::find(text.as_bytes(), b"nowhere to be found").is_some());
    let found = std::hint::black_box(found.count());
    let taken = millis(started);
    assert_eq!(found, 0, "no text says so");
    taken
}

fn bare_json(texts: &[String]) -> Result<f64> {
    let started = Instant::now();
    std::hint::black_box(serde_json::to_value(json!({ "text": texts.first() }))?);
    Ok(millis(started))
}

fn copy(from: &Path, to: &PathBuf) -> Result<()> {
    std::fs::create_dir(to)?;
    for file in std::fs::read_dir(from)? {
        let file = file?;
        std::fs::copy(file.path(), to.join(file.file_name()))?;
    }
    Ok(())
}

/// The memory of this process that is in the machine's, as Linux tells it.
fn resident() -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? * 1024)
}

fn millis(started: Instant) -> f64 {
    started.elapsed().as_secs_f64() * 1000.0
}

#[expect(clippy::cast_precision_loss, reason = "megabytes")]
fn mega(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

fn sorted(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    values
}

fn at(sorted: &[f64], percent: usize) -> f64 {
    sorted.get(sorted.len() * percent / 100).copied().unwrap_or(f64::NAN)
}
