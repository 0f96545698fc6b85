//! A diary, somebody who speaks into it, and somebody who listens.

use std::path::Path;

use chrono::{DateTime, FixedOffset};
use waymark_diary::page::{Draft, VoiceNote};
use waymark_diary::{Diary, Finished, LockSecret, Now};

pub const WEBM: &str = "audio/webm;codecs=opus";

pub fn lock() -> LockSecret {
    LockSecret::passphrase("correct horse battery staple")
}

pub fn at(text: &str) -> Now {
    Now::scripted(DateTime::<FixedOffset>::parse_from_rfc3339(text).expect("a time"))
}

pub fn evening() -> Now {
    at("2026-03-02T19:30:00+00:00")
}

/// Sound that compresses as little as real sound: `count` chunks of `len` bytes, the same for the same seed.
pub fn sound(seed: u64, count: u64, len: usize) -> Vec<Vec<u8>> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut byte = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    };
    (0..count).map(|_| (0..len).map(|_| byte()).collect()).collect()
}

pub fn draft(text: &str) -> Draft {
    Draft {
        id: String::new(),
        entry: None,
        prompt_set: "free".into(),
        about: evening().date().to_string(),
        answers: Vec::new(),
        text: text.into(),
        weight: None,
        tags: Vec::new(),
        caret: None,
        saved_at: None,
        voice: Vec::new(),
    }
}

/// The end of writing, without a word.
pub fn spoken(draft: &Draft) -> Finished {
    Finished {
        entry: draft.entry.as_ref().map(|entry| entry.parse().expect("an id")),
        draft: Some(draft.id.clone()),
        about: evening().date(),
        prompt_set: "free".into(),
        answers: Vec::new(),
        text: String::new(),
        weight: None,
        tags: Vec::new(),
    }
}

/// Records a note into a draft, a second for each chunk, and ends it.
pub fn record(diary: &mut Diary, draft: &Draft, chunks: &[Vec<u8>]) -> VoiceNote {
    let note = diary.begin_voice(&draft.id, WEBM, None, evening()).expect("begun");
    let id = note.id.parse().expect("an id");
    for (place, chunk) in (0..).zip(chunks) {
        diary.append_voice(&id, place, chunk, (place + 1) * 1000).expect("kept");
    }
    let notes = diary.end_voice(&id).expect("ended");
    notes.into_iter().find(|listed| listed.id == note.id).expect("listed")
}

/// All of a note, as a player gets it that asks for a little at a time.
pub fn heard(diary: &Diary, note: &VoiceNote) -> Vec<u8> {
    let id = note.id.parse().expect("an id");
    let len = diary.playable(&id).expect("playable").len;
    let mut heard = Vec::new();
    while (heard.len() as u64) < len {
        let start = heard.len() as u64;
        let piece = diary.note_bytes(&id, start..(start + 100_000).min(len)).expect("there");
        assert!(!piece.is_empty());
        heard.extend_from_slice(&piece);
    }
    heard
}

/// The notes of an entry's latest revision.
pub fn notes(diary: &Diary, entry: &waymark_diary::protocol::EntryId) -> Vec<VoiceNote> {
    diary.entry_notes(diary.revisions(entry).expect("there")[0]).expect("listed")
}

/// The folder as it lies there: what a power cut leaves.
pub fn copy(from: &Path, to: &Path) {
    for file in std::fs::read_dir(from).expect("a folder").flatten() {
        std::fs::copy(file.path(), to.join(file.file_name())).expect("copied");
    }
}

/// How many files in a folder have these bytes in them.
pub fn files_with(folder: &Path, bytes: &[u8]) -> usize {
    let files = std::fs::read_dir(folder).expect("a folder").flatten();
    let has = |file: Vec<u8>| file.windows(bytes.len()).any(|window| window == bytes);
    files.filter(|file| has(std::fs::read(file.path()).expect("read"))).count()
}
