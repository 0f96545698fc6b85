//! What the writer wants to talk about in an interview, as far as they have told the study so. It is a choice of its own, apart from the
//! mark "bring to interview": a mark stays the writer's.
//!
//! ```text
//!            the study has what the entry says        talk_about(true)
//! (nothing) ───────────────────────────────► can be told ◄──────────► told      taken back, deleted, left: nothing
//!                                                        talk_about(false)
//! ```
//!
//! What is private or held cannot be told of, and nothing waits to be told: so nothing is ever said of an entry which the study does not
//! have. The study is told by a notice; the writer's own record of it is a setting, `talk/<entry>`, whose value is the study that was
//! told, or nothing once that was taken back. Both are of one moment, so that phones and desk agree on which came last.

use chrono::DateTime;
use waymark_protocol::EntryId;
use waymark_protocol::content::{Notice, What};
use waymark_protocol::record::Kind;

use crate::diary::{Diary, heads};
use crate::page::ErrorCode;
use crate::settings::after;
use crate::sharing::is_shared;
use crate::{Error, Now};

/// How such a setting is called, before the entry's id.
const PREFIX: &str = "talk/";

impl Diary {
    /// Whether the study that the writer takes part in was told that they want to talk about an entry, which it has.
    pub fn talks_about(&self, entry: &EntryId) -> bool {
        let Ok(membership) = self.member() else { return false };
        let told = self.setting(&key(entry)) == Some(membership.study.to_string().as_str());
        told && self.entries.get(entry).is_some_and(|revisions| revisions.iter().any(is_shared))
    }

    /// Whether the study can be told of an entry: it has what the entry says now, and nothing of it is on its way.
    pub fn can_talk_about(&self, entry: &EntryId) -> Result<bool, Error> {
        let has = heads(self.find(entry)?).any(is_shared) && self.held_revisions(entry).is_empty();
        Ok(has && self.sharing_member().is_ok())
    }

    /// Tells the study that the writer wants to talk about an entry, or that they do not any more. What it knows already tells it nothing.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotNow`] for an entry that the study does not have as it is now; taking back is always possible.
    pub fn talk_about(&mut self, entry: &EntryId, wanted: bool, now: Now) -> Result<(), Error> {
        self.find(entry)?;
        let membership = self.sharing_member()?;
        let (study, study_key) = (membership.study.to_string(), membership.trusted()?.encryption_key);
        if self.talks_about(entry) == wanted {
            return Ok(());
        }
        if wanted && !self.can_talk_about(entry)? {
            return Err(Error::Plain(ErrorCode::NotNow));
        }
        let key = key(entry);
        let at = after(self.own.settings.get(&key).map(|known| known.stamp), now);
        let at = i64::try_from(at).ok().and_then(DateTime::from_timestamp_millis).ok_or(Error::Stored("a time"))?;
        let what = What::Talk { entry: *entry, wanted };
        let notice = Notice { at: at.with_timezone(now.wall.offset()), what }.to_bytes();
        let value = if wanted { study } else { String::new() };
        self.set_settings(vec![(key, value)], now, |writing| {
            let log = writing.log().ok_or(Error::Plain(ErrorCode::NoStudy))?;
            log.sealed(Kind::Notice, None, &notice, Some(&study_key))?;
            Ok(())
        })
    }
}

fn key(entry: &EntryId) -> String {
    format!("{PREFIX}{entry}")
}

#[cfg(test)]
#[path = "talk_tests.rs"]
mod tests;
