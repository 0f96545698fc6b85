//! Marks: what the writer means to bring to an interview or to supervision. They stay the writer's own.

use waymark_protocol::EntryId;
use waymark_protocol::content::Own;

use crate::diary::{Diary, Writing};
use crate::settings::after;
use crate::store::{Stamp, StoredMark};
use crate::{Error, Now};

/// What an entry is marked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Marks {
    /// To be brought to the interview.
    pub interview: bool,
    /// To be brought to supervision.
    pub supervision: bool,
}

impl Diary {
    /// What an entry is marked for.
    pub fn marks(&self, entry: &EntryId) -> Marks {
        let marks = |mark: &StoredMark| Marks { interview: mark.interview, supervision: mark.supervision };
        self.own.marks.get(entry).map(marks).unwrap_or_default()
    }

    /// Marks an entry, or takes marks off; it is on disk when this returns. No change makes no record.
    pub fn mark(&mut self, entry: &EntryId, marks: Marks, now: Now) -> Result<(), Error> {
        self.find(entry)?;
        if self.marks(entry) == marks {
            return Ok(());
        }
        let at = after(self.mark_stamp(entry), now);
        self.commit(|writing| put(writing, *entry, marks, at))
    }

    pub(crate) fn mark_stamp(&self, entry: &EntryId) -> Option<Stamp> {
        self.own.marks.get(entry).map(|mark| mark.stamp)
    }
}

/// Writes a mark and, where there is a log, its record.
pub(crate) fn put(writing: &mut Writing<'_, '_>, entry: EntryId, marks: Marks, at: u64) -> Result<(), Error> {
    let Marks { interview, supervision } = marks;
    let stamp = writing.own(&Own::Mark { entry, interview, supervision, at }, at)?;
    writing.put_mark(entry, StoredMark { interview, supervision, stamp })
}

#[cfg(test)]
#[path = "marks_tests.rs"]
mod tests;
