//! The app's settings: a value by its name, in the vault and, where a study is joined, in the log, sealed to the writer
//! alone, so that a new phone has them too.

use waymark_protocol::content::{MAX_SETTING_KEY, MAX_SETTING_VALUE, Own};

use crate::diary::Diary;
use crate::page::ErrorCode;
use crate::store::{Stamp, StoredSetting};
use crate::{Error, Now};

impl Diary {
    /// A setting's value, once it has been set.
    pub fn setting(&self, key: &str) -> Option<&str> {
        self.own.settings.get(key).map(|setting| setting.value.as_str())
    }

    /// Sets a setting; it is on disk when this returns. The value that is there already makes no record.
    ///
    /// Keys are the program's own names, never something that a person wrote: at most
    /// [`MAX_SETTING_KEY`] bytes. Values have at most [`MAX_SETTING_VALUE`] bytes.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::Internal`] when key or value is out of bounds: callers bound what can be typed.
    pub fn set_setting(&mut self, key: &str, value: &str, now: Now) -> Result<(), Error> {
        if key.is_empty() || key.len() > MAX_SETTING_KEY || value.len() > MAX_SETTING_VALUE {
            return Err(Error::Plain(ErrorCode::Internal));
        }
        let known = self.own.settings.get(key);
        if known.is_some_and(|known| known.value == value) {
            return Ok(());
        }
        let at = after(known.map(|known| known.stamp), now);
        let own = Own::Setting { key: key.to_owned(), value: value.to_owned(), at };
        let mut settings = self.own.settings.clone();
        self.commit(|writing| {
            let stamp = writing.own(&own, at)?;
            settings.insert(key.to_owned(), StoredSetting { value: value.to_owned(), stamp });
            writing.put_settings(settings)
        })
    }
}

/// The time of a change: now, and never before what it changes, for a clock may have been set back in between.
pub(crate) fn after(known: Option<Stamp>, now: Now) -> u64 {
    known.map_or(0, |known| known.at.saturating_add(1)).max(now.millis())
}
