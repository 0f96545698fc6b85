//! Leaving a study: the diary stays, the study gets nothing more, and what it has can be taken back with it.
//!
//! ```text
//! member ── leave ──► left, the study is told at the next connection ── receipt ──► over: another study can be joined
//! ```
//!
//! Nothing that is written after leaving enters the log. With `erase`, one erase without a target destroys every entry and
//! notice in this device's own log; what stands in another device's log, and what is the writer's own, is named record by record
//! (`docs/decisions/0006`).

use waymark_protocol::content::{Erasure, Notice, What};
use waymark_protocol::record::{Kind, Target};

use crate::diary::{Diary, Revision};
use crate::page::ErrorCode;
use crate::sharing::clone_revision;
use crate::store::{self, Left, MEMBERSHIP, RecordRef, STUDY, Sharing};
use crate::{Error, Now};

impl Diary {
    /// Leaves the study, or, after having left it, erases what it still has. What was held becomes private. With `erase`, all that was shared is taken back and the sealed copies on
    /// the server are destroyed; the writer's own entries stay here in either case.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NoStudy`] without a study, or when nothing is left to be done after leaving it. With `erase`,
    /// [`ErrorCode::VoiceNotHere`] while a voice note is still to come to this phone; it then comes with the next sync, also where
    /// voice notes wait for their writer's word.
    pub fn leave(&mut self, erase: bool, now: Now) -> Result<(), Error> {
        let mut membership = self.membership()?.clone();
        if membership.left.is_some_and(|left| left.erased || !erase) {
            return Err(Error::Plain(ErrorCode::NoStudy));
        }
        // Erasing destroys the server's copies: what is still to come from there would be gone for ever.
        if erase && self.is_fetching() {
            self.let_voice_come()?;
            return Err(Error::Plain(ErrorCode::VoiceNotHere));
        }
        let own_device = membership.device()?;
        let study_key = membership.trusted()?.encryption_key;
        let elsewhere: Vec<Target> = self
            .entries
            .values()
            .flatten()
            .filter_map(|revision| Some(revision.record.as_ref()?.target))
            .filter(|target| target.device != own_device)
            .collect();
        let own = if erase { self.own_records()? } else { Vec::new() };
        let revisions: Vec<Revision> =
            self.entries.values().flatten().map(|known| after_leaving(known, erase)).collect();
        // The log is open once more when somebody erases after leaving.
        let before = self.membership.as_mut().and_then(|membership| membership.left.take());
        let done = self.commit(|writing| {
            let log = writing.log().ok_or(Error::Plain(ErrorCode::NoStudy))?;
            if erase {
                store::forget_parts_under_way(log.tx)?;
                let everything = Erasure::everything().to_bytes();
                log.sealed(Kind::Erase, None, &everything, Some(&study_key))?;
                for target in elsewhere.into_iter().chain(own) {
                    log.sealed(Kind::Erase, Some(target), &everything, Some(&study_key))?;
                }
            }
            let notice = Notice { at: now.wall, what: What::Left { erased: erase } };
            let told = log.sealed(Kind::Notice, None, &notice.to_bytes(), Some(&study_key))?.0.seq;
            membership.left = Some(Left { told, at: now.millis(), erased: erase });
            store::put(log.tx, MEMBERSHIP, STUDY, &membership)?;
            revisions.into_iter().try_for_each(|revision| writing.put_revision(revision))?;
            Ok(membership)
        });
        match done {
            Ok(membership) => self.membership = Some(membership),
            Err(error) => {
                self.membership.iter_mut().for_each(|membership| membership.left = before);
                return Err(error);
            }
        }
        if erase {
            self.forget_old_pages();
        }
        Ok(())
    }

    /// The records of this log that are the writer's own.
    pub(crate) fn own_records(&self) -> Result<Vec<Target>, Error> {
        let reader = self.vault.reader();
        let mut own = Vec::new();
        for seq in 1..=self.head.seq {
            let record = store::load_record(&reader, seq)?.ok_or(Error::Stored("the log"))?;
            if record.header().kind == Kind::Own {
                own.push(record.as_target());
            }
        }
        Ok(own)
    }
}

pub(crate) fn after_leaving(known: &Revision, erase: bool) -> Revision {
    let mut revision = clone_revision(known);
    if matches!(revision.sharing, Sharing::Held { .. } | Sharing::Doubted) || erase {
        revision.sharing = Sharing::Private;
    }
    if erase {
        revision.record = None::<RecordRef>;
        revision.copied = None;
    }
    revision
}

/// A revision of a diary whose study is over, as one that no study has heard of.
pub(crate) fn forgotten(known: &Revision) -> Revision {
    Revision { record: None, sharing: Sharing::Private, copied: None, ..clone_revision(known) }
}

#[cfg(test)]
#[path = "leaving_tests.rs"]
mod tests;
