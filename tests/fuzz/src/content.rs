//! What sealed bodies say. Whoever seals can seal anything: a phone of the same person, or another program with a participant's key.

use waymark_protocol::content::{
    Consent, Entry, Erasure, MAX_SETTING_KEY, MAX_SETTING_VALUE, Notice, Own, TimeOff, Told, What,
};
use waymark_protocol::record::MAX_PARTS;
use waymark_protocol::{EntryId, Hash, ParticipantId, StudyId};

use crate::script::Script;
use crate::world::{consent, entry, entry_with_voice};

/// Reads one kind of body, or several notices together.
pub fn run(bytes: &[u8]) {
    let mut script = Script::new(bytes);
    match script.byte() % 6 {
        0 => an_entry(script.rest()),
        1 => a_notice(script.rest()),
        2 => told(&mut script),
        3 => an_own(script.rest()),
        4 => a_consent(script.rest()),
        _ => an_erasure(script.rest()),
    }
}

/// One of each.
pub fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let talk = |wanted| notice(What::Talk { entry: EntryId([0x11; 16]), wanted });
    let all = [
        notice(paused(Some(9))),
        notice(What::Resumed { from: day(7) }),
        notice(phase("into")),
        notice(LEFT),
        talk(true),
        talk(false),
    ];
    let one_after_the_other = all.iter().flat_map(|notice| {
        let len = u8::try_from(notice.len()).expect("a notice is short");
        [&[len], notice.as_slice()].concat()
    });
    let of = |kind: u8, bytes: Vec<u8>| [&[kind], bytes.as_slice()].concat();
    let entry_id = EntryId([0x11; 16]);
    let mark = Own::Mark { entry: entry_id, interview: true, supervision: false, at: 1_700_000_000_000 };
    let setting = Own::Setting { key: "language".into(), value: "en".into(), at: 1_700_000_000_001 };
    vec![
        ("entry", of(0, entry().to_bytes())),
        ("entry-with-voice", of(0, entry_with_voice().to_bytes())),
        ("paused", of(1, all[0].clone())),
        ("paused-openly", of(1, notice(paused(None)))),
        ("resumed", of(1, all[1].clone())),
        ("phase", of(1, all[2].clone())),
        ("left", of(1, all[3].clone())),
        ("talk", of(1, all[4].clone())),
        ("talk-no-more", of(1, all[5].clone())),
        ("told", of(2, one_after_the_other.collect())),
        ("mark", of(3, mark.to_bytes())),
        ("setting", of(3, setting.to_bytes())),
        ("consent", of(4, consent(StudyId([1; 16]), ParticipantId([2; 16])).to_bytes())),
        ("erasure", of(5, Erasure::new(entry_id).to_bytes())),
        ("erasure-of-all", of(5, Erasure::everything().to_bytes())),
    ]
}

const LEFT: What = What::Left { erased: true };

fn day(day: u32) -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2026, 3, day).expect("a day in March")
}

fn paused(until: Option<u32>) -> What {
    What::Paused { from: day(3), until: until.map(day) }
}

fn phase(phase: &str) -> What {
    What::Phase { phase: phase.into(), from: day(5) }
}

fn notice(what: What) -> Vec<u8> {
    let at = "2026-03-02T10:00:00+01:00".parse().expect("a time");
    Notice { at, what }.to_bytes()
}

fn an_entry(bytes: &[u8]) {
    let Ok(entry) = Entry::parse(bytes) else { return };
    let parts: Vec<Hash> = entry.parts();
    assert!(parts.len() <= MAX_PARTS && entry.tags.len() <= 100 && entry.answers.len() <= 500);
    let again = Entry::parse(&entry.to_bytes()).expect("an entry that was read is written as one");
    // Times may be written in several ways, and are kept to the millisecond.
    assert!(again.to_bytes() == entry.to_bytes(), "an entry is not what it was when it was written and read");
    assert!(again.parts() == parts && again.text == entry.text && again.attachments == entry.attachments);
    assert!(!format!("{entry:?}").contains(&entry.text) || entry.text.len() < 64, "an entry's text in an error");
}

fn a_notice(bytes: &[u8]) {
    let Ok(notice) = Notice::parse(bytes) else { return };
    let again = Notice::parse(&notice.to_bytes()).expect("a notice that was read is written as one");
    assert!(again.to_bytes() == notice.to_bytes() && again.what == notice.what);
}

/// Notices of two phones, each after its length.
fn told(script: &mut Script<'_>) {
    let mut logs = [Vec::new(), Vec::new()];
    let mut number = 0;
    while !script.is_empty() && number < 64 {
        let len = usize::from(script.byte());
        if let Ok(notice) = Notice::parse(script.take(len)) {
            logs[number % 2].push(notice);
        }
        number += 1;
    }
    let told = Told::of(logs);
    let in_order = |time: &TimeOff| time.until.is_none_or(|until| time.from <= until);
    assert!(told.time_off.iter().all(in_order), "time off ends before it begins");
    assert!(told.time_off.is_sorted());
}

fn an_own(bytes: &[u8]) {
    let Ok(own) = Own::parse(bytes) else { return };
    assert!(own.to_bytes() == bytes, "an own record is written otherwise than it was read");
    if let Own::Setting { key, value, .. } = own {
        assert!((1..=MAX_SETTING_KEY).contains(&key.len()) && value.len() <= MAX_SETTING_VALUE);
    }
}

fn a_consent(bytes: &[u8]) {
    let Ok(consent) = Consent::parse(bytes) else { return };
    assert!(consent.to_bytes() == bytes, "a consent is written otherwise than it was read");
    assert!(consent.answers.len() <= 200);
}

fn an_erasure(bytes: &[u8]) {
    let Ok(erasure) = Erasure::parse(bytes) else { return };
    assert!(erasure.to_bytes() == bytes, "an erasure is written otherwise than it was read");
}
