//! Carries out what the machine decides.

use waymark_protocol::api::{ApiErrorCode, DeviceState, Epoch, Limits, Receipt, Token};
use waymark_protocol::document::TrustedDocument;
use waymark_protocol::sighting::Sighting;

use super::joining_again::join_again;
use super::machine::{Action, Event, Machine, Stop};
use crate::diary::{Diary, DiaryHandle};
use crate::net::{Client, NetError, Transport};
use crate::page::ErrorCode;
use crate::store::{self, MEMBERSHIP, Receipted, STUDY};
use crate::{Error, Now, log};

/// By how much a desk's clock may be ahead of the server's before a sighting counts as later than a receipt.
const SIGHTING_MARGIN_MS: u64 = 10 * 60 * 1000;

/// The server may ask to be left alone for so long and no longer.
const MAX_WAIT_MS: u64 = 60 * 60 * 1000;

/// How a sync ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What stands in the way; none when everything that was due is receipted.
    pub stopped: Option<ErrorCode>,
    /// What a person should know, whether it went through or not.
    pub noticed: Vec<ErrorCode>,
}

/// Syncs once: afterwards nothing that was due is left behind, or the outcome says why. No error loses anything.
pub async fn run(diary: &DiaryHandle, transport: &impl Transport, now: Now) -> Result<Outcome, Error> {
    exchange(diary, transport, now, true).await
}

/// As [`run`], without parts of voice notes, which may take long: they wait for the next sync.
pub(crate) async fn run_without_parts(
    diary: &DiaryHandle,
    transport: &impl Transport,
    now: Now,
) -> Result<Outcome, Error> {
    exchange(diary, transport, now, false).await
}

async fn exchange(diary: &DiaryHandle, transport: &impl Transport, now: Now, parts: bool) -> Result<Outcome, Error> {
    let (mut token, known_version, not_before) = diary.with(|diary| {
        let membership = diary.membership()?;
        if !diary.has_joined() {
            return Err(Error::Plain(ErrorCode::NoStudy));
        }
        Ok((membership.token()?, membership.trusted()?.document.version, diary.progress.not_before))
    })?;
    // Longer than anybody is asked to wait: the phone's clock was set back meanwhile, and says nothing of how long it was.
    let to_wait = not_before.map_or(0, |time| time.saturating_sub(now.millis()));
    if (1..=MAX_WAIT_MS).contains(&to_wait) {
        return Ok(Outcome { stopped: Some(ErrorCode::ServerTrouble), noticed: Vec::new() });
    }
    if let Some(code) = diary.with(|diary| Ok(diary.stopped()))? {
        return Ok(Outcome { stopped: Some(code), noticed: Vec::new() });
    }
    let client = Client(transport);
    let mut epoch = Epoch([0; 16]);
    let mut limits = Limits { push_records: 500, push_bytes: 1024 * 1024 };
    let mut machine = Machine::default();
    let mut noticed = Vec::new();
    let mut heads = Vec::new();
    let mut action = machine.on(Event::Start);
    let stopped = loop {
        let event = match action {
            Action::AskState => match client.state(token, known_version).await {
                Ok(state) => {
                    (limits, epoch) = (state.limits, state.epoch);
                    let event = diary.with(|diary| diary.take_state(&state, now, &mut noticed))?;
                    heads = state.devices;
                    event
                }
                Err(error) => Event::Failed(error),
            },
            Action::JoinAgain => match join_again(diary, &client).await? {
                Ok(Some(new)) => {
                    token = new;
                    Event::JoinedAgain
                }
                Ok(None) => Event::Failed(NetError::Refused { code: ApiErrorCode::Unauthorized, seq: None }),
                Err(error) => Event::Failed(error),
            },
            Action::Read => {
                let after = diary.with(|diary| diary.read_after(&epoch))?;
                let read = match read_page(diary, &client, token, after, epoch, now).await? {
                    Ok(read) => diary.with(|diary| diary.read_to_the_end(read, &heads))?,
                    // What cannot be read does not keep what was written here from going its way.
                    Err(NetError::Garbage | NetError::Refused { .. } | NetError::Trouble { retry_after: None }) => {
                        Event::Read { more: false, whole: false }
                    }
                    Err(error) => Event::Failed(error),
                };
                if matches!(read, Event::Read { whole: false, .. }) && !noticed.contains(&ErrorCode::OtherPhoneMissing)
                {
                    noticed.push(ErrorCode::OtherPhoneMissing);
                }
                read
            }
            Action::GrantDue { rolled_back, all_read } => {
                if rolled_back && !noticed.contains(&ErrorCode::ServerRolledBack) {
                    noticed.push(ErrorCode::ServerRolledBack);
                }
                diary.with(|diary| {
                    if rolled_back {
                        diary.offer_parts_again()?;
                    }
                    if all_read && diary.has_due(now) && diary.grant_due(now)? {
                        noticed.push(ErrorCode::ClockJumped);
                    }
                    Ok(Event::Granted { local_head: diary.head.seq })
                })?
            }
            Action::Push { from } => {
                let push = diary.with(|diary| diary.push_from(from, limits, now))?;
                match client.push(token, push).await {
                    Ok(receipt) => diary.with(|diary| diary.take_receipt(receipt, now))?,
                    Err(error) => Event::Failed(error),
                }
            }
            Action::ListParts if parts => diary.with(|diary| diary.parts_due())?,
            Action::ListParts => Event::Parts { send: Vec::new(), fetch: Vec::new() },
            Action::Ask(part) => match client.has_part(token, &part).await {
                Ok(has) => Event::Has(has),
                Err(error) => Event::Failed(error),
            },
            Action::Confirm(part) => diary.with(|diary| diary.part_arrived(&part))?,
            Action::Send(part) => match diary.with(|diary| diary.part_bytes(&part))? {
                Some(bytes) => match client.send_part(token, &part, bytes).await {
                    Ok(()) => diary.with(|diary| diary.part_arrived(&part))?,
                    Err(error) => Event::Failed(error),
                },
                // It was taken back meanwhile, or has never come to this phone.
                None => diary.with(|diary| diary.part_arrived(&part))?,
            },
            Action::Fetch(part) => match client.part(token, &part).await {
                Ok(bytes) => diary.with(|diary| diary.part_came(&part, bytes))?,
                Err(error) => Event::Failed(error),
            },
            Action::Done => break None,
            Action::Stop(stop) => break Some(stop),
        };
        action = machine.on(event);
    };
    diary.with(|diary| {
        diary.progress.not_before = match &stopped {
            Some(Stop::Net(NetError::Trouble { retry_after: Some(seconds) })) => {
                Some(now.millis().saturating_add(seconds.saturating_mul(1000).min(MAX_WAIT_MS)))
            }
            _ => None,
        };
        let stopped = stopped.map(|stopped| match stopped {
            Stop::Diverged => ErrorCode::Diverged,
            Stop::PhoneStopped => diary.stopped().unwrap_or(ErrorCode::Revoked),
            Stop::Net(error) => error.code(),
        });
        // The entry that a clock's jump left with its writer says so itself, for as long as it has to.
        let mut told = noticed.iter().filter(|code| **code != ErrorCode::ClockJumped);
        // An accusation is not hidden by the failure that comes with it.
        let accusation = told.clone().find(|code| **code != ErrorCode::ServerRolledBack);
        diary.progress.problem = accusation.or(stopped.as_ref()).or(told.next()).copied();
        Ok(Outcome { stopped, noticed })
    })
}

/// Reads a page of the other phones' records. One in which something is missing or changed is asked for again, once: a reply that was
/// damaged on the way costs nothing then.
pub(crate) async fn read_page(
    diary: &DiaryHandle,
    client: &Client<'_, impl Transport>,
    token: Token,
    after: u64,
    epoch: Epoch,
    now: Now,
) -> Result<Result<Event, NetError>, Error> {
    let mut asked_again = false;
    loop {
        let items = match client.others_records(token, after).await {
            Ok(items) => items,
            Err(error) => return Ok(Err(error)),
        };
        if let Some(read) = diary.with(|diary| diary.take_page(&items, after, epoch, now, asked_again))? {
            return Ok(Ok(read));
        }
        asked_again = true;
    }
}

impl Diary {
    /// Believes of the server's state what can be believed.
    fn take_state(&mut self, state: &DeviceState, now: Now, noticed: &mut Vec<ErrorCode>) -> Result<Event, Error> {
        let membership = self.membership.as_mut().ok_or(Error::Plain(ErrorCode::NoStudy))?;
        let trusted = membership.trusted()?;
        if let Some(document) = &state.document {
            match document.verify(&membership.study) {
                // A phone never goes below the highest version that it has seen, and the keys that it knows stay the
                // beginning of the chain: a stolen old key cannot drop the changes that retired it.
                Ok(newer) if newer.document.version > trusted.document.version => {
                    if newer.keeps(&trusted.signing_keys) {
                        membership.set_document(document);
                    } else {
                        noticed.push(ErrorCode::StudyKeyChanged);
                    }
                }
                Ok(same) if same.document.version == trusted.document.version && same.hash != trusted.hash => {
                    noticed.push(ErrorCode::StudyKeyChanged);
                }
                // It was asked for newer ones alone.
                Ok(older) if older.document.version < trusted.document.version => {
                    noticed.push(ErrorCode::StudyRolledBack);
                }
                Ok(_) => {}
                Err(_) => noticed.push(ErrorCode::StudyKeyChanged),
            }
        }
        // Orders and sightings that come with it may be signed by keys that only it names.
        let trusted = membership.trusted()?;
        let receipted = membership.receipted_through();
        membership.look(state.time, now);
        match membership.was_elsewhere(&state.epoch) {
            Some(false) => {}
            before => {
                self.offer_parts_again()?;
                noticed.extend(before.map(|_| ErrorCode::ServerRolledBack));
            }
        }
        self.membership.as_mut().ok_or(Error::Plain(ErrorCode::NoStudy))?.enter(&state.epoch);
        self.store_membership()?;
        if let Some(sighting) = &state.sighting {
            noticed.extend(self.compare_sighting(sighting, &trusted)?);
        }
        self.take_phones(state, &trusted)?;
        if self.stopped().is_some() {
            return Ok(Event::PhoneStopped);
        }
        let own_link = log::link_at(&self.vault.reader(), state.head.seq)?;
        Ok(Event::State { head: state.head, own_link, receipted, unread: self.has_unread(&state.devices) })
    }

    /// Keeps a receipt, if it is for this log's own bytes.
    fn take_receipt(&mut self, receipt: Receipt, now: Now) -> Result<Event, Error> {
        let own_link = log::link_at(&self.vault.reader(), receipt.accepted_through)?;
        if own_link == Some(receipt.link) {
            let sighted = self.progress.sighted;
            let membership = self.membership.as_mut().ok_or(Error::Plain(ErrorCode::NoStudy))?;
            if membership.receipted_through() < receipt.accepted_through {
                membership.receipted = Some(Receipted {
                    seq: receipt.accepted_through,
                    link: receipt.link,
                    server_time: believable(receipt.time, sighted, now),
                    at: now.millis(),
                });
            }
            self.store_membership()?;
        }
        Ok(Event::Receipted { receipt, own_link, local_head: self.head.seq })
    }

    /// What a desk has seen of this log, beside the log itself.
    fn compare_sighting(&mut self, sighting: &Sighting, trusted: &TrustedDocument) -> Result<Option<ErrorCode>, Error> {
        let membership = self.membership()?;
        if sighting.verify(&membership.study, &trusted.signing_keys).is_err() {
            return Ok(None);
        }
        self.progress.sighted = self.progress.sighted.max(sighting.time);
        let membership = self.membership()?;
        let device = membership.device()?;
        let seen = sighting.heads.iter().find(|head| head.device == device);
        if let Some(seen) = seen
            && log::link_at(&self.vault.reader(), seen.seq)? != Some(seen.link)
        {
            return Ok(Some(ErrorCode::Diverged));
        }
        // A desk looked well after the receipt, and the server did not show it what it had receipted.
        let withheld = membership.receipted.is_some_and(|receipted| {
            sighting.time >= receipted.server_time.saturating_add(SIGHTING_MARGIN_MS)
                && seen.is_none_or(|seen| seen.seq < receipted.seq)
        });
        Ok(withheld.then_some(ErrorCode::ServerWithholds))
    }

    pub(super) fn store_membership(&mut self) -> Result<(), Error> {
        let membership = self.membership.as_ref().ok_or(Error::Plain(ErrorCode::NoStudy))?;
        self.vault.write(|tx| store::put(tx, MEMBERSHIP, STUDY, membership))
    }
}

/// The server's clock as far as the phone can believe it: a receipt dated far ahead would make every sighting look older. It is
/// later than what a desk has signed, whatever this phone's own clock says: one that is days behind must not make a receipt look
/// so old that an honest server seems to withhold.
fn believable(server_time: u64, sighted: u64, now: Now) -> u64 {
    const DAY_MS: u64 = 24 * 60 * 60 * 1000;
    if now.scripted { server_time } else { server_time.min(now.millis().max(sighted).saturating_add(DAY_MS)) }
}

#[cfg(test)]
#[path = "driver_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "keys_tests.rs"]
mod keys_tests;
