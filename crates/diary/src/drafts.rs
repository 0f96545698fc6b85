//! Drafts: what is on the screen, sealed within a second of the last key.

use chrono::{DateTime, FixedOffset};
use waymark_protocol::{EntryId, hex};
use waymark_vault::Tx;

use crate::diary::Diary;
use crate::entries::random;
use crate::page::{Draft, ErrorCode, views};
use crate::store::{self, DRAFT};
use crate::{Error, Now, voice};

/// Longer than an entry can be, so that nothing is lost while it is being shortened.
const MAX_DRAFT_BYTES: usize = 4 * 1024 * 1024;

impl Diary {
    /// Seals a draft; it is on disk when this returns. A draft without an id gets one.
    pub fn save_draft(&mut self, draft: Draft, now: Now) -> Result<Draft, Error> {
        self.save_draft_with(draft, now, |_, _| Ok(()))
    }

    /// A draft of an entry that is to be changed: its latest revision, voice notes and all.
    pub fn edit_entry(&mut self, entry: &EntryId, now: Now) -> Result<Draft, Error> {
        let draft = views::draft_of(self, entry)?;
        let latest = self.find(entry)?.last().map(|latest| latest.entry.clone());
        self.save_draft_with(draft, now, |tx, draft| match &latest {
            Some(latest) => voice::keep_notes(tx, draft, latest),
            None => Ok(()),
        })
    }

    fn save_draft_with(
        &mut self,
        mut draft: Draft,
        now: Now,
        with: impl FnOnce(&mut Tx<'_>, &str) -> Result<(), Error>,
    ) -> Result<Draft, Error> {
        if draft.id.is_empty() {
            draft.id = hex::encode(&random::<16>());
        } else if hex::decode(&draft.id).is_none_or(|id| id.len() != 16) {
            return Err(Error::Plain(ErrorCode::Internal));
        }
        draft.saved_at = Some(now.wall.to_rfc3339());
        // Which notes it has stands in a table of its own, from the first second of each.
        draft.voice = Vec::new();
        let bytes = zeroize::Zeroizing::new(serde_json::to_vec(&draft).map_err(|_| Error::Stored(DRAFT.name()))?);
        if bytes.len() > MAX_DRAFT_BYTES {
            return Err(Error::Plain(ErrorCode::EntryTooLong));
        }
        self.vault.write(|tx| {
            tx.put(DRAFT, draft.id.as_bytes(), &bytes)?;
            with(tx, &draft.id)
        })?;
        draft.voice = self.draft_notes(&draft.id)?;
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
        if let Some(draft) = &mut latest {
            draft.voice = self.draft_notes(&draft.id)?;
        }
        Ok(latest)
    }

    /// Throws a draft away, with its voice notes.
    pub fn discard_draft(&mut self, id: &str) -> Result<(), Error> {
        self.vault.write(|tx| delete_draft(tx, id))?;
        self.forget_old_pages();
        Ok(())
    }
}

/// Deletes a draft with its voice notes. Whatever takes a draft away does it by this.
pub(crate) fn delete_draft(tx: &mut Tx<'_>, id: &str) -> Result<(), Error> {
    for (note, stored) in store::notes_of(tx, id)? {
        store::delete_note(tx, &note, &stored)?;
    }
    tx.delete(DRAFT, id.as_bytes())?;
    Ok(())
}

fn saved_at(draft: &Draft) -> Option<DateTime<FixedOffset>> {
    DateTime::parse_from_rfc3339(draft.saved_at.as_deref()?).ok()
}
