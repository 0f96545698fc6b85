//! The phones of one person: each is named when it first turns up, and can be stopped from another.
//!
//! A phone learns of the others from the server's state, which can hide one or make one up, and nothing more: what a made-up
//! phone writes is not believed ([`crate::reading`]), and only the recovery key or the study can stop one.

mod restored;
mod stopping;

pub(crate) use restored::Phones;
pub use stopping::stop_phone;

use waymark_protocol::DeviceId;
use waymark_protocol::api::{DeviceEntry, DeviceState};
use waymark_protocol::document::TrustedDocument;

use crate::Error;
use crate::diary::Diary;
use crate::page::ErrorCode;
use crate::store::{self, Membership, PHONE, Stopped, StoredPhone};

/// How many phones of a person are looked at: a server cannot fill the diary with phones that it makes up.
pub(crate) const MAX_PHONES: usize = 64;

/// A phone of the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    /// Its device.
    pub device: DeviceId,
    /// Whether it is this one.
    pub this: bool,
    /// When it joined, by the server's clock: milliseconds since 1970, UTC; 0 where the server has not said.
    pub joined_at: u64,
    /// When the server last got something from it; none before the first time.
    pub heard_at: Option<u64>,
    /// Whether the person has not said yet that it is theirs.
    pub new: bool,
    /// Whether it has been stopped.
    pub stopped: bool,
}

impl Diary {
    /// The person's phones: this one first, then in the order in which they joined.
    pub fn phones(&self) -> Vec<Phone> {
        let own = self.own_device();
        let mut phones: Vec<Phone> = self
            .phones
            .iter()
            .map(|(device, phone)| Phone {
                device: *device,
                this: Some(*device) == own,
                joined_at: phone.joined_at,
                heard_at: phone.heard_at,
                new: !phone.known && phone.stopped.is_none(),
                stopped: phone.stopped.is_some(),
            })
            .collect();
        phones.sort_by_key(|phone| (!phone.this, phone.joined_at, phone.device));
        phones
    }

    /// The person has said that a phone is theirs.
    pub fn know_phone(&mut self, device: &DeviceId) -> Result<(), Error> {
        let phone = self.phones.get(device).ok_or(Error::Plain(ErrorCode::NotNow))?;
        let known = StoredPhone { known: true, ..phone.clone() };
        self.put_phone(*device, known)
    }

    /// What is said on this phone when it has been stopped: by the person from another one, or by the study.
    pub(crate) fn stopped(&self) -> Option<ErrorCode> {
        let stopped = self.phones.get(&self.own_device()?)?.stopped?;
        Some(if stopped.by_study { ErrorCode::Revoked } else { ErrorCode::PhoneStopped })
    }

    /// The study that the writer takes part in, when what is shared from this phone can reach it.
    ///
    /// # Errors
    ///
    /// What [`stopped`](Self::stopped) says.
    pub(crate) fn sharing_member(&self) -> Result<&Membership, Error> {
        match self.stopped() {
            Some(code) => Err(Error::Plain(code)),
            None => self.member(),
        }
    }

    /// Writes down what the server says of the person's phones.
    pub(crate) fn take_phones(&mut self, state: &DeviceState, trusted: &TrustedDocument) -> Result<(), Error> {
        let own = self.membership()?.device()?;
        let recovery_key = [self.identity.recovery_key];
        let study = self.membership()?.study;
        let mut phones = self.phones.clone();
        for shown in &state.devices {
            if !phones.contains_key(&shown.device) && phones.len() >= MAX_PHONES && shown.device != own {
                continue;
            }
            let phone =
                phones.entry(shown.device).or_insert_with(|| StoredPhone::unread(shown.joined_at, shown.device == own));
            phone.joined_at = shown.joined_at;
            phone.heard_at = phone.heard_at.max(shown.heard_at);
        }
        for revocation in &state.revocations {
            let Some(phone) = phones.get_mut(&revocation.device) else { continue };
            let by_person = revocation.verify(&study, &recovery_key).is_ok();
            let by_study = !by_person && revocation.verify(&study, &trusted.signing_keys).is_ok();
            let lower = phone.stopped.is_none_or(|stopped| revocation.seq < stopped.seq);
            if lower && (by_person || by_study) {
                phone.stopped = Some(Stopped { seq: revocation.seq, link: revocation.link, by_study });
            }
        }
        let changed = phones.iter().filter(|(device, phone)| self.phones.get(device) != Some(*phone));
        self.vault
            .write(|tx| changed.into_iter().try_for_each(|(device, phone)| store::put(tx, PHONE, &device.0, phone)))?;
        self.phones = phones;
        Ok(())
    }

    /// Whether the server has something of the other phones that has not been read here.
    pub(crate) fn has_unread(&self, devices: &[DeviceEntry]) -> bool {
        let own = self.own_device();
        let others = devices.iter().filter(|shown| Some(shown.device) != own);
        let mut known = others.filter_map(|shown| Some((self.phones.get(&shown.device)?, shown.head.seq)));
        known.any(|(phone, head)| phone.readable(head) > phone.read)
    }

    fn put_phone(&mut self, device: DeviceId, phone: StoredPhone) -> Result<(), Error> {
        self.vault.write(|tx| store::put(tx, PHONE, &device.0, &phone))?;
        self.phones.insert(device, phone);
        Ok(())
    }
}
