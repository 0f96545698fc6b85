//! An interview's copy, with names replaced.

use super::copy::replaced;
use super::pseudonyms::Pseudonyms;
use crate::transcripts::{About, Interview, Transcript};

/// The copy of what was said in an interview, of what is said of it, and of its person's label. From which file it came is not in it.
pub fn copy_interview(pseudonyms: &Pseudonyms, participant: &str, transcript: &Transcript) -> Interview {
    let text = |text: &str| replaced(pseudonyms, text);
    let About { time_point, day, title } = &transcript.about;
    Interview {
        participant: text(participant),
        transcript: Transcript {
            id: transcript.id,
            participant: transcript.participant,
            about: About { time_point: text(time_point), day: *day, title: text(title) },
            text: text(&transcript.text),
            imported_at: transcript.imported_at,
            file: String::new(),
        },
    }
}
