//! What the person's other phones write appears here too, after a sync.
//!
//! ```text
//! state: another phone's log is longer than what was read of it
//!    └► GET /v1/device/records?after=cursor&others=true ─► page ─► Follower: what a believed phone's checkpoint covers
//!          ▲                                                            │
//!          └── not the end ── one transaction: entries, marks, settings, erasures; the cursor; how far each log was read
//! ```
//!
//! Only what is covered is applied, as at the desk: a phone is believed by its first record, which the person's own recovery
//! key, an invitation, or a believed phone vouches for; and its checkpoint vouches for all before it. Each log is followed
//! forwards from where it was read to, so a record that comes again is no news. Reading comes before granting: what was taken
//! back on another phone is not shared from here.
//!
//! Nothing becomes shared by reading. What another phone holds is held there; here it is private. See `apply` for what becomes of
//! what this phone had, and `docs/decisions/0020-phones-of-one-person.md` for why.

mod apply;
mod follow;

pub(crate) use follow::believed_key;

use waymark_protocol::api::{DeviceEntry, Epoch};
use waymark_protocol::record::wire::FeedItem;

use crate::diary::Diary;
use crate::restore::history::{self, History};
use crate::store::{self, READING, Reading, STUDY};
use crate::sync::Event;
use crate::{Error, Now};

use follow::Follower;

/// What one page holds at the most without a checkpoint: no push is longer.
const MAX_UNCOVERED: usize = 2 * 1024 * 1024;

impl Diary {
    /// The cursor for the other phones' records.
    pub(crate) fn read_after(&self, epoch: &Epoch) -> Result<u64, Error> {
        Ok(self.reading()?.map_or(0, |reading| reading.after(epoch)))
    }

    /// What a page has brought is whole only when nothing stays unread at the end of the last one: the server showed more than it gave.
    /// The cursor may be wrong then, for it came with a reply that was damaged: everything is read once more, from the first.
    pub(crate) fn read_to_the_end(&mut self, read: Event, devices: &[DeviceEntry]) -> Result<Event, Error> {
        let Event::Read { more: false, whole } = read else { return Ok(read) };
        if !self.has_unread(devices) {
            return Ok(read);
        }
        let shown = devices.iter().fold(0, |sum: u64, shown| sum.saturating_add(shown.head.seq));
        let Some(anew) = self.reading()?.and_then(|reading| reading.anew(shown)) else {
            return Ok(Event::Read { more: false, whole: false });
        };
        self.vault.write(|tx| store::put(tx, READING, STUDY, &anew))?;
        Ok(Event::Read { more: true, whole })
    }

    fn reading(&self) -> Result<Option<Reading>, Error> {
        store::get(&self.vault.reader(), READING, STUDY)
    }

    /// Takes a page of the other phones' records that came after `after`: in one transaction what is covered, how far each log
    /// was read, and the cursor. A crash repeats it, which changes nothing. Of a page in which something is missing or changed,
    /// nothing is taken before it was `asked_again` for: none, then.
    pub(crate) fn take_page(
        &mut self,
        items: &[FeedItem],
        after: u64,
        epoch: Epoch,
        now: Now,
        asked_again: bool,
    ) -> Result<Option<Event>, Error> {
        let membership = self.membership()?;
        let trusted = membership.trusted()?;
        let mut follower = Follower::new(membership, &self.identity, &trusted, &self.phones)?;
        items.iter().for_each(|item| follower.take(item));
        let Some(last) = items.last() else {
            return Ok(Some(Event::Read { more: false, whole: true }));
        };
        let mut cursor = follower.settled.unwrap_or(after);
        // A push lies in the feed in one piece, so what has no checkpoint at the end of a page gets it on the next. What is longer
        // than any push never gets one.
        let bytes: usize = items.iter().map(|item| history::size(&item.item)).sum();
        if cursor == after && bytes > MAX_UNCOVERED {
            cursor = last.server_seq;
            follower.missing += 1;
        }
        let (phones, missing) = (follower.phones, follower.missing);
        let history = History::of(&follower.covered, |_| false, &self.identity.backup_key()?);
        let whole = missing == 0 && history.missing == 0;
        if !whole && !asked_again {
            return Ok(None);
        }
        let reading = self.reading()?.map_or(Reading::new(epoch, cursor), |reading| reading.moved(epoch, cursor));
        self.apply_history(&history, phones, reading, now)?;
        Ok(Some(Event::Read { more: cursor > after, whole }))
    }
}

#[cfg(test)]
#[path = "../reading_tests.rs"]
mod tests;
