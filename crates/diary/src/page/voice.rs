//! What page and host say to each other about voice notes.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A voice note of a draft or an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VoiceNote {
    /// Its id; the host plays it by this.
    pub id: String,
    /// How long it is so far.
    pub seconds: u32,
    /// Whether it was ended. One that a crash ended was not, and is as good as far as it goes.
    pub finished: bool,
    /// Whether all of it is on this phone. After a restore it may still be on its way.
    pub here: bool,
    /// The prompt that it answers, if it answers one.
    pub prompt: Option<String>,
    /// That prompt's question, as it stood.
    pub question: Option<String>,
}

/// A voice note begins.
#[derive(Clone, Deserialize, TS)]
pub struct BeginVoice {
    /// The draft, which has been saved.
    pub draft: String,
    /// What the recorder makes, such as `audio/webm;codecs=opus`.
    pub media_type: String,
    /// The prompt that it answers, if it answers one.
    pub prompt: Option<String>,
    /// That prompt's question.
    pub question: Option<String>,
}

/// A moment of sound.
#[derive(Clone, Deserialize, TS)]
pub struct AppendVoice {
    /// The note.
    pub note: String,
    /// Which chunk of the note this is, from 0. One that is there already changes nothing.
    pub place: u32,
    /// The chunk, in base64 with padding.
    pub data: String,
    /// How long the note is with it, in milliseconds, without pauses.
    pub duration_ms: u32,
}

/// Whether voice notes wait until the person lets them go.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct VoiceWaits {
    /// Whether they do.
    pub waits: bool,
}

/// Names a voice note.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct VoiceRef {
    /// Its id.
    pub note: String,
}
