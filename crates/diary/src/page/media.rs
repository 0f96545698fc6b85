//! Playing a voice note, opened as it is heard. Both shells use this: the app's own scheme, and the page host.

use waymark_page::Media;

use super::{DiaryApp, ErrorCode};
use crate::{Error, voice};

impl DiaryApp {
    /// Answers a player that asks for a note by its id, perhaps with a `Range` header. A locked diary plays nothing.
    pub async fn media(&self, note: &str, range: Option<&str>) -> Media {
        let (note, range) = (note.to_owned(), range.map(str::to_owned));
        let answer = self.with(move |diary| {
            let note = note.parse().map_err(|_| Error::Plain(ErrorCode::EntryUnknown))?;
            let voice::Playable { media_type, len } = diary.playable(&note)?;
            Media::of(range.as_deref(), len, &media_type, |range| Ok(diary.note_bytes(&note, range)?.to_vec()))
        });
        answer.await.unwrap_or_else(|_| Media::none())
    }
}
