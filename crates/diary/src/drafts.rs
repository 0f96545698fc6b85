//! Drafts: what is on the screen, sealed within a second of the last key.

use chrono::{DateTime, FixedOffset};
use waymark_protocol::hex;

use crate::diary::Diary;
use crate::entries::random;
use crate::page::{Draft, ErrorCode};
use crate::store::DRAFT;
use crate::{Error, Now};

/// Longer than an entry can be, so that nothing is lost while it is being shortened.
const MAX_DRAFT_BYTES: usize = 4 * 1024 * 1024;

impl Diary {
    /// Seals a draft; it is on disk when this returns. A draft without an id gets one.
    pub fn save_draft(&mut self, mut draft: Draft, now: Now) -> Result<Draft, Error> {
        if draft.id.is_empty() {
            draft.id = hex::encode(&random::<16>());
        } else if hex::decode(&draft.id).is_none_or(|id| id.len() != 16) {
            return Err(Error::Plain(ErrorCode::Internal));
        }
        draft.saved_at = Some(now.wall.to_rfc3339());
        let bytes = zeroize::Zeroizing::new(serde_json::to_vec(&draft).map_err(|_| Error::Stored(DRAFT.name()))?);
        if bytes.len() > MAX_DRAFT_BYTES {
            return Err(Error::Plain(ErrorCode::EntryTooLong));
        }
        self.vault.write(|tx| tx.put(DRAFT, draft.id.as_bytes(), &bytes))?;
        Ok(draft)
    }

    /// The draft that was saved last.
    pub fn draft(&self) -> Result<Option<Draft>, Error> {
        let mut latest: Option<Draft> = None;
        self.vault.scan::<Error>(DRAFT, |_, bytes| {
            let draft: Draft = serde_json::from_slice(bytes).map_err(|_| Error::Stored(DRAFT.name()))?;
            if latest.as_ref().is_none_or(|known| saved_at(known) < saved_at(&draft)) {
                latest = Some(draft);
            }
            Ok(())
        })?;
        Ok(latest)
    }

    /// Throws a draft away.
    pub fn discard_draft(&mut self, id: &str) -> Result<(), Error> {
        self.vault.write(|tx| tx.delete(DRAFT, id.as_bytes()))?;
        self.forget_old_pages();
        Ok(())
    }
}

fn saved_at(draft: &Draft) -> Option<DateTime<FixedOffset>> {
    DateTime::parse_from_rfc3339(draft.saved_at.as_deref()?).ok()
}
