//! Stopping another phone: the recovery key, which the 24 words give, says from where on nothing of it counts.
//!
//! That place is the last record that this phone has read itself, so it is read first: nothing that was written there and has
//! arrived is lost, nothing that comes later counts, and no server chooses the place. Of a phone that nothing vouches for nothing counts: so a
//! server that keeps all of a phone from this one can have it struck out, as it can keep it from the desk; and a phone that a server
//! has invented can be stopped.

use waymark_protocol::DeviceId;
use waymark_protocol::api::{DeviceEntry, Epoch, Revoke, Token};
use waymark_protocol::order::Revocation;

use crate::diary::{Diary, DiaryHandle};
use crate::net::{Client, Transport};
use crate::page::ErrorCode;
use crate::store::{Stopped, StoredPhone};
use crate::sync::Event;
use crate::{Error, Now, sync};

/// Stops another phone of the person, after everything that it has sent was read here. Done again, it changes nothing.
///
/// Without `words`, those that the vault keeps until they are confirmed.
///
/// # Errors
///
/// [`ErrorCode::WordsOther`]; [`ErrorCode::NotNow`] when it is this phone, or none that is known;
/// [`ErrorCode::OtherPhoneMissing`] when the server shows more of it than it gives; whatever stands in the way of a sync before
/// its voice notes, or of reading what a phone has sent of which nothing is believed.
pub async fn stop_phone(
    diary: &DiaryHandle,
    device: &DeviceId,
    words: Option<&str>,
    now: Now,
    transport: &impl Transport,
) -> Result<(), Error> {
    let secret = diary.with(|diary| {
        let other = diary.member()?.device()? != *device && diary.phones.contains_key(device);
        match words {
            _ if !other => Err(Error::Plain(ErrorCode::NotNow)),
            Some(words) => diary.own_words(words),
            None => diary.identity.secret().ok_or(Error::Plain(ErrorCode::WordsWrong)),
        }
    })?;
    // What counts is that everything of that phone has been read.
    let synced = sync::run_without_parts(diary, transport, now).await?.stopped;
    let (token, study, version) = diary.with(|diary| {
        let membership = diary.member()?;
        Ok((membership.token()?, membership.study, membership.trusted()?.document.version))
    })?;
    let client = Client(transport);
    let state = client.state(token, version).await?;
    if diary.with(|diary| Ok(diary.is_unbelieved(device)))? {
        read_from_the_start(diary, &client, token, &state.epoch, now).await?;
    }
    let last = diary
        .with(|diary| diary.last_of(device, &state.devices).map_err(|error| synced.map_or(error, Error::Plain)))?;
    let Stopped { seq, link, .. } = last;
    let revocation = Revocation::sign(&secret.recovery_key(), study, *device, seq, link);
    client.revoke(token, &Revoke { revocations: vec![revocation] }).await?;
    diary.with(|diary| {
        let phone = diary.phones.get(device).ok_or(Error::Plain(ErrorCode::NotNow))?;
        let lowest = phone.stopped.filter(|stopped| stopped.seq <= seq).unwrap_or(last);
        let stopped = StoredPhone { known: true, stopped: Some(lowest), ..phone.clone() };
        diary.put_phone(*device, stopped)
    })
}

/// A sync goes on where the other phones' records cannot be read, and does not come back to one that was damaged on the way. Of a phone
/// of which nothing is believed nothing would count then, whatever it has sent: so here all of them are read, from the first.
async fn read_from_the_start(
    diary: &DiaryHandle,
    client: &Client<'_, impl Transport>,
    token: Token,
    epoch: &Epoch,
    now: Now,
) -> Result<(), Error> {
    let mut after = 0;
    for _ in 0..sync::MAX_PAGES {
        let read = sync::read_page(diary, client, token, after, *epoch, now).await??;
        if !matches!(read, Event::Read { more: true, .. }) {
            return Ok(());
        }
        after = diary.with(|diary| diary.read_after(epoch))?;
    }
    Err(Error::Plain(ErrorCode::OtherPhoneMissing))
}

impl Diary {
    /// Whether nothing of a phone has been believed so far.
    fn is_unbelieved(&self, device: &DeviceId) -> bool {
        self.phones.get(device).is_some_and(|phone| phone.key.is_none())
    }

    /// The last record of a phone that is to count: the last that was read.
    fn last_of(&self, device: &DeviceId, devices: &[DeviceEntry]) -> Result<Stopped, Error> {
        let phone = self.phones.get(device).ok_or(Error::Plain(ErrorCode::NotNow))?;
        let head = devices.iter().find(|shown| shown.device == *device).map_or(0, |shown| shown.head.seq);
        if phone.key.is_some() && phone.readable(head) > phone.read {
            return Err(Error::Plain(ErrorCode::OtherPhoneMissing));
        }
        Ok(Stopped { seq: phone.read, link: phone.link, by_study: false })
    }
}
