//! Voice notes that wait: where data costs money, they go and come when their writer says so. Words never wait.
//!
//! That they wait is a setting, `voice-waits`. What has been let go meanwhile is noted part by part, so that it goes on after a
//! connection that broke.

use std::collections::BTreeSet;

use waymark_protocol::Hash;
use waymark_protocol::attachment::Attachment;

use crate::diary::Diary;
use crate::store::{self, PART_LET_GO, ToFetch};
use crate::{Error, Now};

const SETTING: &str = "voice-waits";
const YES: &str = "yes";

impl Diary {
    /// Whether voice notes wait until their writer lets them go.
    pub fn voice_waits(&self) -> bool {
        self.setting(SETTING) == Some(YES)
    }

    /// Lets voice notes wait from now on, or no longer.
    pub fn set_voice_waits(&mut self, waits: bool, now: Now) -> Result<(), Error> {
        self.set_setting(SETTING, if waits { YES } else { "" }, now)
    }

    /// Lets go what waits now. What is spoken later waits again.
    pub fn let_voice_go(&mut self) -> Result<(), Error> {
        let waiting = self.waiting_parts()?;
        self.vault.write(|tx| Ok(waiting.iter().try_for_each(|part| tx.put(PART_LET_GO, &part.0, &[]))?))
    }

    /// Lets come what is still to come to this phone: something else that its writer asked for waits for it.
    pub(crate) fn let_voice_come(&mut self) -> Result<(), Error> {
        let coming = store::parts_to_fetch(&self.vault.reader())?.into_iter().filter(|(_, part)| !part.missing);
        let coming: BTreeSet<Hash> = coming.map(|(part, _)| part).collect();
        self.vault.write(|tx| Ok(coming.iter().try_for_each(|part| tx.put(PART_LET_GO, &part.0, &[]))?))
    }

    /// How many voice notes wait for their writer's word, to go or to come.
    pub fn voice_waiting(&self) -> Result<u32, Error> {
        let waiting = self.waiting_parts()?;
        if waiting.is_empty() {
            return Ok(0);
        }
        let revisions = self.entries.values().flatten();
        let notes = revisions.flat_map(|revision| &revision.entry.attachments);
        let waits = notes.filter(|note| note.parts().iter().any(|part| waiting.contains(part)));
        let different: BTreeSet<_> = waits.map(Attachment::id).collect();
        Ok(u32::try_from(different.len()).unwrap_or(u32::MAX))
    }

    /// The parts to be sent, without those that wait.
    pub(crate) fn parts_going_out(&self) -> Result<BTreeSet<Hash>, Error> {
        let mut parts = store::parts_to_send(&self.vault.reader())?;
        if self.voice_waits() {
            let let_go = store::parts_let_go(&self.vault.reader())?;
            parts.retain(|part| let_go.contains(part));
        }
        Ok(parts)
    }

    /// The parts to be fetched, without those that wait.
    pub(crate) fn parts_coming_in(&self) -> Result<Vec<(Hash, ToFetch)>, Error> {
        let mut parts = store::parts_to_fetch(&self.vault.reader())?;
        if self.voice_waits() {
            let let_go = store::parts_let_go(&self.vault.reader())?;
            parts.retain(|(part, _)| let_go.contains(part));
        }
        Ok(parts)
    }

    fn waiting_parts(&self) -> Result<BTreeSet<Hash>, Error> {
        if !self.voice_waits() {
            return Ok(BTreeSet::new());
        }
        let reader = self.vault.reader();
        let let_go = store::parts_let_go(&reader)?;
        // What the server has not got either waits for nobody's word.
        let fetch = store::parts_to_fetch(&reader)?.into_iter().filter(|(_, part)| !part.missing);
        let all = store::parts_to_send(&reader)?.into_iter().chain(fetch.map(|(part, _)| part));
        Ok(all.filter(|part| !let_go.contains(part)).collect())
    }
}
