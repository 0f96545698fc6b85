//! Voice notes out of files and into files: a pilot has no microphone and no ear.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use waymark_diary::page::{Draft, ErrorCode};
use waymark_diary::protocol::EntryId;
use waymark_diary::voice::MAX_DURATION_MS;
use waymark_diary::{Diary, Error, Finished, Now, Readers};
use zeroize::Zeroizing;

use crate::open::Failure;

/// What a recorder would hand over at once, in bytes.
const CHUNK: usize = 64 * 1024;
/// Speech at 32 kbit/s.
const BYTES_PER_SECOND: usize = 4_000;

/// A recording in a file.
pub struct Recording {
    media_type: &'static str,
    bytes: Zeroizing<Vec<u8>>,
}

impl Recording {
    /// Reads a file; its ending says what it is.
    pub fn read(file: &Path) -> Result<Self, Failure> {
        let media_type = match file.extension().and_then(|ending| ending.to_str()) {
            Some("webm") => "audio/webm;codecs=opus",
            Some("m4a" | "mp4") => "audio/mp4",
            Some("ogg") => "audio/ogg;codecs=opus",
            Some("wav") => "audio/wav",
            _ => return Err(Failure::Io("a voice note is a file that ends in .webm, .m4a, .ogg or .wav".to_owned())),
        };
        let bytes = fs::read(file).map_err(|error| Failure::Io(format!("the voice note can't be read: {error}")))?;
        Ok(Self { media_type, bytes: Zeroizing::new(bytes) })
    }
}

/// Records the recordings, one after the other, as the app would, and finishes the entry with them.
pub fn spoken(
    diary: &mut Diary,
    written: Finished,
    recordings: &[Recording],
    readers: Readers,
    now: Now,
) -> Result<EntryId, Error> {
    let draft = diary.save_draft(
        Draft {
            id: String::new(),
            entry: None,
            prompt_set: written.prompt_set.clone(),
            about: written.about.to_string(),
            answers: Vec::new(),
            text: written.text.clone(),
            weight: None,
            tags: Vec::new(),
            caret: None,
            saved_at: None,
            voice: Vec::new(),
        },
        now,
    )?;
    let recorded = recordings.iter().try_for_each(|recording| record(diary, &draft, recording, now));
    let finished = recorded.and_then(|()| {
        let written = Finished { draft: Some(draft.id.clone()), ..written };
        diary.finish(written, readers, now)
    });
    if finished.is_err() {
        // Nobody goes on with a pilot's draft.
        diary.discard_draft(&draft.id)?;
    }
    finished
}

fn record(diary: &mut Diary, draft: &Draft, recording: &Recording, now: Now) -> Result<(), Error> {
    let note = diary.begin_voice(&draft.id, recording.media_type, None, now)?;
    let id = note.id.parse().map_err(|_| Error::Plain(ErrorCode::Internal))?;
    let mut so_far = 0;
    for (place, chunk) in (0..).zip(recording.bytes.chunks(CHUNK)) {
        so_far += chunk.len();
        let duration = u32::try_from(so_far * 1000 / BYTES_PER_SECOND).unwrap_or(u32::MAX).min(MAX_DURATION_MS);
        diary.append_voice(&id, place, chunk, duration)?;
    }
    diary.end_voice(&id)?;
    Ok(())
}

/// Writes a note of an entry's latest revision into a new file.
pub fn to_file(diary: &Diary, entry: &EntryId, number: usize, out: &Path) -> Result<(), Failure> {
    let revisions = diary.revisions(entry)?;
    let latest = revisions.first().ok_or(Error::Plain(ErrorCode::EntryUnknown))?;
    let attachment = number.checked_sub(1).and_then(|place| latest.attachments.get(place));
    let note = attachment.ok_or_else(|| Failure::Io("the entry has no such voice note".to_owned()))?.id();
    let len = diary.playable(&note)?.len;
    let cannot = |error: std::io::Error| Failure::Io(format!("the file can't be written: {error}"));
    let mut file = File::create_new(out).map_err(cannot)?;
    let mut start = 0;
    while start < len {
        let bytes = diary.note_bytes(&note, start..start + CHUNK as u64)?;
        file.write_all(&bytes).map_err(cannot)?;
        start += CHUNK as u64;
    }
    file.sync_all().map_err(cannot)
}
