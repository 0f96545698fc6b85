//! Changing the lock, and getting back in with the 24 words. Each is one transaction: a crash leaves the old lock or the new.
//!
//! | what | vault key | lock's slot | words' slot |
//! |---|---|---|---|
//! | change | stays | exchanged | stays |
//! | reset, with the 24 words | stays | exchanged | stays |
//! | reseal ("someone knows it") | new, everything sealed anew | new | only from words that were typed, or from new ones |
//!
//! Why the last is so stands in `docs/decisions/0009-new-keys-ask-for-the-words.md`.

use std::path::Path;

use waymark_protocol::keys::RecoverySecret;
use waymark_vault::{ArgonParams, Secret, SlotKind, SystemRng, Vault};

use super::{LockSecret, UNLOCK_TIME, vault_path};
use crate::Error;
use crate::diary::Diary;
use crate::page::ErrorCode;
use crate::store::{self, IDENTITY, Identity, JOINING, ME};

/// What has become of the 24 words when everything was sealed anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resealed {
    /// The words that were typed open it, as before.
    SameWords,
    /// There are new words, to be written down: nobody had confirmed the old ones, and nothing depended on them.
    NewWords,
    /// The words open this file no longer. A server that knows the person still answers to them.
    NoWords,
}

impl Diary {
    /// Whether this is what opens the diary, to be asked before something grave.
    pub fn check_lock(&self, secret: &LockSecret) -> Result<(), Error> {
        Ok(self.vault.verify(&secret.as_secret())?)
    }

    /// The slot that is not the words'.
    pub(crate) fn lock_kind(&self) -> Result<SlotKind, Error> {
        lock_kind(&self.vault)
    }

    /// Whether the 24 words open this file.
    pub fn opens_with_words(&self) -> Result<bool, Error> {
        Ok(self.vault.slots()?.contains(&SlotKind::Words))
    }

    /// Puts another passphrase or PIN in the old one's place.
    pub fn change_lock(&mut self, old: &LockSecret, new: &LockSecret) -> Result<(), Error> {
        self.check_lock(old)?;
        exchange(&mut self.vault, new)
    }

    /// "Someone knows my passphrase": a new vault key, and everything sealed anew under it.
    ///
    /// Without `words` the words' slot cannot be carried over. Where they have not been confirmed and no study knows them,
    /// there are new ones.
    pub fn reseal(&mut self, old: &LockSecret, new: &LockSecret, words: Option<&str>) -> Result<Resealed, Error> {
        new.check()?;
        self.check_lock(old)?;
        if self.check_lock(new).is_ok() {
            return Err(Error::Plain(ErrorCode::SameSecret));
        }
        let (secret, resealed) = match words {
            Some(words) => (Some(self.own_words(words)?), Resealed::SameWords),
            None if self.words_are_only_here()? => (Some(RecoverySecret::generate(&mut SystemRng)), Resealed::NewWords),
            None => (None, Resealed::NoWords),
        };
        let identity = match (&secret, resealed) {
            (Some(secret), Resealed::NewWords) => Some(Identity::new(secret, false)),
            _ => None,
        };
        let params = ArgonParams::calibrated(UNLOCK_TIME);
        let mut slots = vec![(new.as_secret(), params)];
        slots.extend(secret.as_ref().map(|secret| (Secret::Words(secret.dangerously_bytes()), params)));
        self.vault.rekey_and::<Error>(&slots, |tx| match &identity {
            Some(identity) => store::put(tx, IDENTITY, ME, identity),
            None => Ok(()),
        })?;
        if let Some(identity) = identity {
            self.identity = identity;
        }
        Ok(resealed)
    }

    /// Lets the 24 words open this file again, after a reseal without them.
    pub fn let_words_open(&mut self, words: &str) -> Result<(), Error> {
        let secret = self.own_words(words)?;
        if !self.opens_with_words()? {
            self.vault.add_slot(&Secret::Words(secret.dangerously_bytes()), &ArgonParams::DEFAULT)?;
        }
        Ok(())
    }

    /// The words, if they are this diary's.
    pub(crate) fn own_words(&self, words: &str) -> Result<RecoverySecret, Error> {
        let secret = RecoverySecret::from_words(words)?;
        match secret.recovery_key().verifying_key() == self.identity.recovery_key {
            true => Ok(secret),
            false => Err(Error::Plain(ErrorCode::WordsOther)),
        }
    }

    /// Whether nobody outside this file depends on the words: neither paper nor a server.
    fn words_are_only_here(&self) -> Result<bool, Error> {
        let joining = self.vault.count(JOINING)? > 0;
        Ok(!self.words_confirmed() && self.membership.is_none() && self.parted.is_none() && !joining)
    }
}

/// Whether the 24 words open the diary in `dir`.
pub fn check_words(dir: &Path, words: &str) -> Result<(), Error> {
    open_with_words(&vault_path(dir), words).map(drop)
}

/// "I forgot my passphrase": opens the diary in `dir` with its 24 words and puts a new lock in the old one's place.
pub fn reset(dir: &Path, words: &str, new: &LockSecret) -> Result<Diary, Error> {
    new.check()?;
    let mut vault = open_with_words(&vault_path(dir), words)?;
    exchange(&mut vault, new)?;
    Diary::open(vault)
}

/// Opens a vault with 24 words, or says why they do not.
pub(crate) fn open_with_words(path: &Path, words: &str) -> Result<Vault, Error> {
    let secret = RecoverySecret::from_words(words)?;
    Vault::open(path, &Secret::Words(secret.dangerously_bytes()), Box::new(SystemRng)).map_err(|error| match error {
        waymark_vault::Error::WrongSecret => Error::Plain(ErrorCode::WordsOther),
        waymark_vault::Error::NoSlot(_) => Error::Plain(ErrorCode::WordsClosed),
        other => other.into(),
    })
}

/// Puts a lock in the place of the one that there is.
pub(crate) fn exchange(vault: &mut Vault, new: &LockSecret) -> Result<(), Error> {
    new.check()?;
    let old = lock_kind(vault)?;
    Ok(vault.exchange_slot(old, &new.as_secret(), &ArgonParams::calibrated(UNLOCK_TIME))?)
}

fn lock_kind(vault: &Vault) -> Result<SlotKind, Error> {
    let kinds = vault.slots()?;
    kinds.into_iter().find(|kind| *kind != SlotKind::Words).ok_or(Error::Stored("the lock"))
}
