//! Deleting everywhere: from the phone, from the backup and from the study. A deed of its own, apart from taking back:
//! nothing of the entry is kept, and it is final.

use waymark_protocol::content::Erasure;
use waymark_protocol::record::{Kind, Target};
use waymark_protocol::{EntryId, Hash, RevisionId};

use crate::Error;
use crate::diary::Diary;
use crate::drafts;
use crate::page::ErrorCode;
use crate::store::{self, DRAFT, Left, MEMBERSHIP, STUDY};

impl Diary {
    /// Deletes an entry with all its revisions and voice notes, its mark, and what is being written on it. In the same
    /// transaction an erase for each revision's record goes into the log, so that backup and study lose it at the next
    /// connection; also after the study was left, which is the last that it hears.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::Parted`] while the diary has not met its study again: what is there could not be erased.
    pub fn delete_everywhere(&mut self, entry: &EntryId) -> Result<(), Error> {
        if self.parted.is_some() {
            return Err(Error::Plain(ErrorCode::Parted));
        }
        let revisions = self.find(entry)?;
        let gone: Vec<RevisionId> = revisions.iter().map(|revision| revision.entry.revision).collect();
        let records: Vec<Target> =
            revisions.iter().filter_map(|revision| Some(revision.record.as_ref()?.target)).collect();
        let mut membership = self.membership.clone();
        let study_key = match &membership {
            Some(membership) => Some(membership.trusted()?.encryption_key),
            None => None,
        };
        let drafts = self.drafts_of(entry)?;
        let parts: Vec<Hash> = revisions.iter().flat_map(|revision| revision.entry.parts()).collect();
        let erasure = Erasure::new(*entry).to_bytes();
        // After leaving, the log is open once more where it has something to erase.
        let left = match (&mut self.membership, records.is_empty()) {
            (Some(membership), false) => membership.left.take(),
            _ => None,
        };
        let done = self.commit(|writing| {
            if let Some(log) = writing.log() {
                for record in records {
                    log.sealed(Kind::Erase, Some(record), &erasure, study_key.as_ref())?;
                }
                if let (Some(left), Some(membership)) = (left, &mut membership) {
                    membership.left = Some(Left { told: log.head().seq, ..left });
                    store::put(log.tx, MEMBERSHIP, STUDY, membership)?;
                }
            }
            for part in &parts {
                store::delete_part(writing.tx(), part)?;
            }
            for draft in &drafts {
                drafts::delete_draft(writing.tx(), draft)?;
            }
            writing.remove_entry(*entry, &gone)
        });
        if left.is_some() {
            match &done {
                Ok(()) => self.membership = membership,
                Err(_) => self.membership.iter_mut().for_each(|membership| membership.left = left),
            }
        }
        done?;
        self.forget_old_pages();
        Ok(())
    }

    /// The ids of the drafts that change an entry.
    fn drafts_of(&self, entry: &EntryId) -> Result<Vec<String>, Error> {
        let entry = entry.to_string();
        let mut drafts = Vec::new();
        self.vault.scan::<Error>(DRAFT, |_, bytes| {
            let draft: crate::page::Draft = serde_json::from_slice(bytes).map_err(|_| Error::Stored(DRAFT.name()))?;
            if draft.entry.as_ref() == Some(&entry) {
                drafts.push(draft.id);
            }
            Ok(())
        })?;
        Ok(drafts)
    }
}

#[cfg(test)]
#[path = "deleting_tests.rs"]
mod tests;
