//! Made-up participants who write for some days, each in a diary of their own.

use std::fmt;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::{DateTime, Days, Duration, FixedOffset};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde::{Deserialize, Serialize};
use waymark_diary::page::Place;
use waymark_diary::{DiaryHandle, Now, Readers, page, protocol::EntryId};

use crate::commands::{LANGUAGE, join_study, plain_entry, synced};
use crate::open::{Failure, open_or_create};

/// What one participant did. `written` = `shared` + `private` + `withdrawn`.
#[derive(Serialize)]
pub struct Person {
    participant: String,
    /// Entries written.
    written: u32,
    /// With the study at the end.
    shared: u32,
    /// Private at the end, or still held.
    private: u32,
    /// Shared and taken back.
    withdrawn: u32,
    vault: PathBuf,
}

impl fmt::Display for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { participant, written, shared, private, withdrawn, vault } = self;
        let vault = vault.display();
        write!(
            f,
            "{participant}: {written} written, {shared} shared, {private} private, {withdrawn} withdrawn, in {vault}"
        )
    }
}

#[derive(Deserialize)]
struct Invited {
    link: String,
}

/// What can become of an entry, by chance.
#[derive(Clone, Copy)]
enum Fate {
    Private,
    Shared,
    TakenBackWhileHeld,
    SharedLater,
    Withdrawn,
}

const WORDS: &[&str] = &[
    "today", "we", "walked", "to", "the", "clinic", "and", "waited", "he", "was", "quiet", "then", "laughed", "I",
    "saw", "myself", "four", "years", "ago", "the", "kettle", "boiled", "nobody", "asked", "about", "housing", "again",
    "it", "rained", "she", "came", "back", "with", "her", "brother",
];

/// Invites `participants`, lets them write for `days` days up to `now`, and syncs them at the end.
pub async fn run(
    participants: u32,
    days: u32,
    seed: u64,
    desk: &Path,
    out: &Path,
    now: Now,
) -> Result<Vec<Person>, Failure> {
    let mut people = Vec::new();
    for number in 1..=participants {
        tell(&format!("person {number} of {participants}…"));
        let label = format!("S{seed}-{number:03}");
        let invitation = invite(desk, &label)?;
        let vault = out.join(&label);
        let rng = StdRng::seed_from_u64(seed.wrapping_mul(1_000_003).wrapping_add(u64::from(number)));
        people.push(live(label, vault, &invitation, days, rng, now).await?);
    }
    tell("");
    Ok(people)
}

/// Replaces the line on a terminal; says nothing in a pipe.
fn tell(what: &str) {
    let mut terminal = std::io::stderr();
    if terminal.is_terminal() {
        // Nobody needs the line if the terminal is gone.
        let _ = write!(terminal, "\r\x1b[K{what}").and_then(|()| terminal.flush());
    }
}

async fn live(
    participant: String,
    vault: PathBuf,
    invitation: &str,
    days: u32,
    mut rng: StdRng,
    end: Now,
) -> Result<Person, Failure> {
    let diary = DiaryHandle::new(open_or_create(&vault)?);
    let first_day = end.wall.checked_sub_days(Days::new(u64::from(days))).unwrap_or(end.wall);
    join_study(&diary, invitation, true, Now::scripted(first_day)).await?;
    let mut later: Vec<(EntryId, Fate)> = Vec::new();
    let mut written = 0;
    for day in 0..days {
        let evening = at(first_day, day, &mut rng);
        if rng.random_ratio(2, 7) {
            continue;
        }
        let fate = match rng.random_range(0..10) {
            0..=2 => Fate::Private,
            3..=6 => Fate::Shared,
            7 => Fate::TakenBackWhileHeld,
            8 => Fate::SharedLater,
            _ => Fate::Withdrawn,
        };
        let readers = match fate {
            Fate::Private | Fate::SharedLater => Readers::OnlyMe,
            Fate::Shared | Fate::TakenBackWhileHeld | Fate::Withdrawn => Readers::Study,
        };
        let text = sentence_of(&mut rng);
        let now = Now::scripted(evening);
        let entry = diary.with(|diary| diary.finish(plain_entry(text, now.date()), readers, now))?;
        written += 1;
        match fate {
            Fate::TakenBackWhileHeld => {
                diary.with(|diary| diary.keep_private(&entry))?;
            }
            Fate::SharedLater | Fate::Withdrawn => later.push((entry, fate)),
            Fate::Private | Fate::Shared => {}
        }
        // A connection now and then.
        if rng.random_ratio(1, 5) {
            sync(&diary, now).await?;
            settle(&diary, &mut later, now)?;
        }
    }
    sync(&diary, end).await?;
    settle(&diary, &mut later, end)?;
    sync(&diary, end).await?;
    count(&diary, participant, vault, written, end)
}

/// Shares later what is to be shared later, and takes back what has reached the study.
fn settle(diary: &DiaryHandle, later: &mut Vec<(EntryId, Fate)>, now: Now) -> Result<(), Failure> {
    let mut rest = Vec::new();
    for (entry, fate) in later.drain(..) {
        let place = diary.with(|diary| Ok(page::entry_view(diary, &entry, now, LANGUAGE)?.summary.place))?;
        match (fate, place) {
            (Fate::SharedLater, _) => diary.with(|diary| diary.share(&entry, now))?,
            (Fate::Withdrawn, Place::WithStudy) => {
                diary.with(|diary| diary.withdraw(&entry))?;
            }
            _ => rest.push((entry, fate)),
        }
    }
    *later = rest;
    Ok(())
}

fn count(diary: &DiaryHandle, participant: String, vault: PathBuf, written: u32, now: Now) -> Result<Person, Failure> {
    let mut person = Person { participant, written, shared: 0, private: 0, withdrawn: 0, vault };
    diary.with(|diary| {
        for entry in diary.entry_ids() {
            match page::entry_view(diary, &entry, now, LANGUAGE)?.summary.place {
                Place::WithStudy => person.shared += 1,
                Place::Withdrawing | Place::Withdrawn => person.withdrawn += 1,
                _ => person.private += 1,
            }
        }
        Ok(())
    })?;
    Ok(person)
}

async fn sync(diary: &DiaryHandle, now: Now) -> Result<(), Failure> {
    match synced(diary, now).await?.stopped {
        None => Ok(()),
        Some(code) => Err(Failure::Sync(code)),
    }
}

fn at(first_day: DateTime<FixedOffset>, day: u32, rng: &mut StdRng) -> DateTime<FixedOffset> {
    first_day + Duration::days(i64::from(day)) + Duration::minutes(rng.random_range(0..240))
}

fn sentence_of(rng: &mut StdRng) -> String {
    let length = rng.random_range(60..200);
    (0..length).map(|_| WORDS[rng.random_range(0..WORDS.len())]).collect::<Vec<_>>().join(" ")
}

/// Asks the desk for an invitation.
fn invite(desk: &Path, label: &str) -> Result<String, Failure> {
    let beside = std::env::current_exe()
        .ok()
        .map(|own| own.with_file_name(format!("waymark-desk{}", std::env::consts::EXE_SUFFIX)));
    let program = beside.filter(|path| path.exists()).unwrap_or_else(|| PathBuf::from("waymark-desk"));
    let output = Command::new(program)
        .args(["invite", "--json", "--participant", label, "--desk"])
        .arg(desk)
        .output()
        .map_err(|_| Failure::Io("waymark-desk is needed beside this program or on the PATH".to_owned()))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(Failure::Io(format!("the desk could not invite {label}: {}", said.trim())));
    }
    let invited: Invited = serde_json::from_slice(&output.stdout)
        .map_err(|_| Failure::Io("the desk's answer is not an invitation".to_owned()))?;
    Ok(invited.link)
}
