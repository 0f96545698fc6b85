//! Who can open the desk, from the page: researchers by their passphrases, and custodians by their shares.
//!
//! Shares go to paper once and are kept nowhere. What custodians type is tried here and answered with their numbers alone.

pub mod types;

use waymark_protocol::custody::{CustodyShare, JoinError, Joined, MOST_CUSTODIANS, ShareError, join};
use waymark_protocol::hex;
use waymark_vault::{ArgonParams, MOST_PASSPHRASES, SlotId};
use zeroize::Zeroizing;

use super::app::{DeskApp, Open, blocking};
use super::{ErrorCode, Status, short};
use crate::custody::{self, Custody};
use crate::passphrases::{self, Passphrase};
use crate::prepare::{LONGEST_NAME, Said};
use crate::verify::rfc3339;
use crate::{Desk, now_ms, passphrase, study};
use types::*;

impl DeskApp {
    pub(super) async fn keys_now(&self) -> Result<KeysView, ErrorCode> {
        self.at_desk_unread(async move |desk| view(desk)).await
    }

    pub(super) async fn give_passphrase(&self, input: AddPassphrase) -> Result<KeysView, ErrorCode> {
        let AddPassphrase { current, name, passphrase } = input;
        let (current, new) = (current_of(current)?, new_of(passphrase)?);
        let name = passphrases::name(&name)?;
        self.at_desk_unread(async move |desk| {
            passphrases::add(desk, &current, name, &new, &calibrated(), now_ms())?;
            view_of_done(desk)
        })
        .await
    }

    pub(super) async fn exchange_passphrase(&self, input: ChangePassphrase) -> Result<KeysView, ErrorCode> {
        let ChangePassphrase { current, name, passphrase } = input;
        let (current, new) = (current_of(current)?, new_of(passphrase)?);
        let name = name.as_deref().map(passphrases::name).transpose()?;
        self.at_desk_unread(async move |desk| {
            passphrases::change(desk, &current, name, &new, &calibrated(), now_ms())?;
            view_of_done(desk)
        })
        .await
    }

    pub(super) async fn take_passphrase_away(&self, input: RemovePassphrase) -> Result<KeysView, ErrorCode> {
        let RemovePassphrase { current, id } = input;
        let current = current_of(current)?;
        let id = hex::decode(&id).and_then(|bytes| SlotId::from_slice(&bytes));
        let id = id.ok_or(ErrorCode::PassphraseUnknown)?;
        self.at_desk_unread(async move |desk| {
            passphrases::remove(desk, &current, &id)?;
            view_of_done(desk)
        })
        .await
    }

    pub(super) async fn split_now(&self, input: SplitKeys) -> Result<SharesMade, ErrorCode> {
        let SplitKeys { current, threshold, custodians } = input;
        let current = current_of(current)?;
        let of = u8::try_from(custodians.len()).map_err(|_| ErrorCode::SplitUnfit)?;
        let named = custodians.iter().map(|typed| match typed.trim() {
            "" => Ok(None),
            typed => Said::of(typed, LONGEST_NAME).map(Some).ok_or(ErrorCode::CustodianUnfit),
        });
        let named = named.collect::<Result<Vec<_>, _>>()?;
        self.at_desk_unread(async move |desk| {
            // Whoever has enough shares has everything: an open desk alone is not enough to be given them.
            desk.vault.which_passphrase(&current)?;
            // Nothing is read after the split: whatever stood in the way of that, the sheets would be lost.
            let (mut keys, now) = (view(desk)?, now_ms());
            let shares = custody::split(desk, threshold, of, named.clone(), now)?;
            let sheets = shares.iter().zip(&named).map(|(share, custodian)| ShareSheet {
                number: share.number().into(),
                custodian: custodian.as_ref().map(|name| name.as_str().to_owned()),
                text: share.dangerously_text().as_str().to_owned(),
            });
            let sheets = sheets.collect();
            let study = desk.identity.title().to_owned();
            let made = Custody { split_at: rfc3339(now), threshold, of, older_keys: false, custodians: named };
            keys.splits.insert(0, made.into());
            Ok(SharesMade { study, threshold: threshold.into(), sheets, keys })
        })
        .await
    }

    pub(super) async fn try_typed(&self, input: TypedShares) -> Result<SharesTried, ErrorCode> {
        let Tried { shares, need, joined } = tried(&wiped(input.shares))?;
        let gives = match joined {
            Err(JoinError::None | JoinError::TooFew { .. }) => SharesGive::TooFew,
            Err(_) => SharesGive::Nothing,
            Ok(joined) if self.opened().is_some() => {
                self.at_desk_unread(async move |desk| {
                    Ok(match desk.identity.study == joined.study {
                        false => SharesGive::OtherStudy,
                        true if custody::opens(desk, &joined)? => SharesGive::Keys,
                        true if custody::are_older(desk, &joined) => SharesGive::OlderKeys,
                        true => SharesGive::NotThisFile,
                    })
                })
                .await?
            }
            Ok(_) => SharesGive::Keys,
        };
        Ok(SharesTried { shares, need, gives })
    }

    /// The custodians' way in.
    pub(super) async fn join_now(&self, input: JoinKeys) -> Result<Status, ErrorCode> {
        let JoinKeys { shares, name, passphrase } = input;
        let (shares, new) = (wiped(shares), new_of(passphrase)?);
        let name = passphrases::name(&name)?;
        let locks = self.locks();
        let _one = self.unlocking().await;
        if self.opened().is_some() {
            return Err(ErrorCode::InUse);
        }
        let folder = self.folder().to_owned();
        let open = blocking(move || {
            if !Desk::is_in(&folder) {
                return Err(ErrorCode::NoDesk);
            }
            let read = shares.iter().map(|share| CustodyShare::parse(share)).collect::<Result<Vec<_>, _>>();
            let read = read.map_err(|_| ErrorCode::ShareUnreadable)?;
            let desk = custody::reopen(&folder, &read, &new, Some(name), &calibrated(), now_ms())?;
            // Every passphrase is another one now, whatever can be read.
            Open::of(desk).map_err(|_| ErrorCode::DoneUnread)
        });
        self.open_as(open.await?, locks)
    }
}

struct Tried {
    shares: Vec<ShareTried>,
    need: Option<u32>,
    joined: Result<Joined, JoinError>,
}

/// Reads each share by itself, so that a mistake in one is told of that one, and puts together those that go together.
fn tried(typed: &[Zeroizing<String>]) -> Result<Tried, ErrorCode> {
    if typed.len() > usize::from(MOST_CUSTODIANS) {
        return Err(ErrorCode::Internal);
    }
    let mut good: Vec<CustodyShare> = Vec::new();
    let shares = typed.iter().map(|text| {
        let share = match CustodyShare::parse(text) {
            Ok(share) => share,
            Err(error) => return ShareTried { is: error.into(), number: None },
        };
        let number = Some(share.number().into());
        good.push(share);
        let is = match join(&good) {
            Err(JoinError::OtherSet(_)) => ShareIs::OtherSet,
            Err(JoinError::Twice(_)) => ShareIs::Twice,
            _ => return ShareTried { is: ShareIs::Good, number },
        };
        good.pop();
        ShareTried { is, number }
    });
    let shares = shares.collect();
    let need = good.first().map(|share| share.threshold().into());
    Ok(Tried { shares, need, joined: join(&good) })
}

/// After something was done, of which nobody is told that it was not because the desk cannot be read anew.
fn view_of_done(desk: &Desk) -> Result<KeysView, ErrorCode> {
    view(desk).map_err(|_| ErrorCode::DoneUnread)
}

fn view(desk: &Desk) -> Result<KeysView, ErrorCode> {
    let passphrases = passphrases::list(desk)?.into_iter().map(|one| {
        let Passphrase { id, name, since, is_sound } = one;
        let name = name.map(|name| name.as_str().to_owned());
        PassphraseView { id: hex::encode(id.as_bytes()), name, since, damaged: !is_sound }
    });
    let splits = custody::splits(desk)?.into_iter().rev().map(SplitView::from);
    Ok(KeysView {
        passphrases: passphrases.collect(),
        most_passphrases: short(MOST_PASSPHRASES),
        splits: splits.collect(),
        most_custodians: MOST_CUSTODIANS.into(),
    })
}

fn calibrated() -> ArgonParams {
    ArgonParams::calibrated(study::UNLOCK)
}

fn current_of(typed: String) -> Result<Zeroizing<String>, ErrorCode> {
    passphrase::normal(&Zeroizing::new(typed)).map_err(|_| ErrorCode::WrongPassphrase)
}

fn new_of(typed: String) -> Result<Zeroizing<String>, ErrorCode> {
    passphrase::normal(&Zeroizing::new(typed)).map_err(|_| ErrorCode::PassphraseEmpty)
}

impl From<Custody> for SplitView {
    fn from(one: Custody) -> Self {
        let Custody { split_at, threshold, of, older_keys, custodians } = one;
        let custodians = custodians.into_iter().map(|name| name.map(|name| name.as_str().to_owned())).collect();
        Self { at: split_at, threshold: threshold.into(), of: of.into(), older_keys, custodians }
    }
}

impl From<ShareError> for ShareIs {
    fn from(error: ShareError) -> Self {
        match error {
            ShareError::NotOne => Self::NotOne,
            ShareError::Checksum => Self::Mistyped,
            ShareError::Newer => Self::Newer,
        }
    }
}
