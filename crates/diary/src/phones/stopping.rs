//! Stopping another phone: the recovery key, which the 24 words give, says from where on nothing of it counts.
//!
//! That place is the last record that has arrived: nothing that was written there and has arrived is lost, and nothing that comes
//! later counts. What this phone has read itself it vouches for itself; beyond that it takes the server's word, which can at worst
//! let more count.

use waymark_protocol::api::Revoke;
use waymark_protocol::order::Revocation;
use waymark_protocol::{DeviceId, Hash};

use crate::diary::{Diary, DiaryHandle};
use crate::net::{Client, Transport};
use crate::page::ErrorCode;
use crate::store::{Stopped, StoredPhone};
use crate::{Error, Now, sync};

/// Stops another phone of the person, after everything that it has sent was read here. Done again, it changes nothing.
///
/// Without `words`, those that the vault keeps until they are confirmed.
///
/// # Errors
///
/// [`ErrorCode::WordsOther`]; [`ErrorCode::NotNow`] when it is this phone, or none that is known; whatever stands in the way of a
/// sync.
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
    if let Some(code) = sync::run(diary, transport, now).await?.stopped {
        return Err(Error::Plain(code));
    }
    let (token, study, version) = diary.with(|diary| {
        let membership = diary.member()?;
        Ok((membership.token()?, membership.study, membership.trusted()?.document.version))
    })?;
    let client = Client(transport);
    let state = client.state(token, version).await?;
    let shown = state.devices.iter().find(|shown| shown.device == *device);
    let shown = shown.map_or((0, Hash::ZERO), |shown| (shown.head.seq, shown.head.link));
    let last = diary.with(|diary| diary.last_of(device, shown))?;
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

impl Diary {
    /// The last record of a phone that is to count, when the server shows this head.
    fn last_of(&self, device: &DeviceId, shown: (u64, Hash)) -> Result<Stopped, Error> {
        let phone = self.phones.get(device).ok_or(Error::Plain(ErrorCode::NotNow))?;
        let (seq, link) = if shown.0 > phone.read { shown } else { (phone.read, phone.link) };
        Ok(Stopped { seq, link, by_study: false })
    }
}
