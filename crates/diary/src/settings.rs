//! The app's settings: a value by its name, in the vault and, where a study is joined, in the log, sealed to the writer
//! alone, so that a new phone has them too.

use waymark_protocol::content::{MAX_SETTING_KEY, MAX_SETTING_VALUE, Own};

use crate::diary::{Diary, Writing};
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
        self.set_settings(vec![(key.to_owned(), value.to_owned())], now, |_| Ok(()))
    }

    /// Sets several settings in one transaction, and after `also`, which is what else has to be written with them. When
    /// all of them are as they were, nothing is written.
    pub(crate) fn set_settings(
        &mut self,
        wanted: Vec<(String, String)>,
        now: Now,
        also: impl FnOnce(&mut Writing<'_, '_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let out_of_bounds = |(key, value): &(String, String)| {
            key.is_empty() || key.len() > MAX_SETTING_KEY || value.len() > MAX_SETTING_VALUE
        };
        if wanted.iter().any(out_of_bounds) {
            return Err(Error::Plain(ErrorCode::Internal));
        }
        let mut settings = self.own.settings.clone();
        let is_new = |(key, value): &(String, String)| settings.get(key).is_none_or(|known| known.value != *value);
        let changes: Vec<_> = wanted.into_iter().filter(is_new).collect();
        if changes.is_empty() {
            return Ok(());
        }
        self.commit(|writing| {
            also(writing)?;
            for (key, value) in changes {
                let at = after(settings.get(&key).map(|known| known.stamp), now);
                let stamp = writing.own(&Own::Setting { key: key.clone(), value: value.clone(), at }, at)?;
                settings.insert(key, StoredSetting { value, stamp });
            }
            writing.put_settings(settings)
        })
    }
}

/// The time of a change: now, and never before what it changes, for a clock may have been set back in between.
pub(crate) fn after(known: Option<Stamp>, now: Now) -> u64 {
    known.map_or(0, |known| known.at.saturating_add(1)).max(now.millis())
}
