//! A new phone: 24 words and the server's address bring everything back, private entries too.

pub(crate) mod history;
mod reconnect;

use std::collections::VecDeque;
use std::path::Path;

use waymark_protocol::api::{DeviceState, MAX_PASSED_OVER, Recover, Recovered};
use waymark_protocol::document::TrustedDocument;
use waymark_protocol::genesis::{self, Genesis, GenesisProof};
use waymark_protocol::invitation::ServerUrl;
use waymark_protocol::keys::{RecoverySecret, SigningKey};
use waymark_protocol::proof::{Ordered, Trust};
use waymark_protocol::record::wire::FeedItem;
use waymark_protocol::{ParticipantId, StudyId, seal};
use waymark_vault::SystemRng;

pub use self::reconnect::reconnect;

use self::history::History;
use crate::diary::Diary;
use crate::lock::{self, LockSecret};
use crate::log::{Appender, LogHead};
use crate::net::{Client, NetError, Transport};
use crate::page::ErrorCode;
use crate::store::{
    self, Identity, Left, MEMBERSHIP, Membership, NewMembership, PART_TO_FETCH, REVISION, STUDY, StoredRevision,
    ToFetch,
};
use crate::{Error, Now};

/// More than ten years of long entries: a server cannot fill the phone's memory.
const MAX_HISTORY_BYTES: usize = 256 * 1024 * 1024;

/// More studies than one person has joined on one server: it cannot keep the phone asking.
const MAX_OTHERS: usize = 32;

/// What came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Restored {
    /// Entries.
    pub entries: usize,
    /// Records that the server should have had and did not give, or gave changed.
    pub missing: usize,
}

/// Restores a diary into `dir` from its words and the server.
///
/// A backup slot that opens proves its record, header and all, for it was sealed by whoever has the words. So the study is
/// believed only from such a record, and only then a certificate for the new phone is signed. Nothing that was held is
/// shared by it.
pub async fn restore(
    dir: &Path,
    lock: &LockSecret,
    words: &str,
    server: &ServerUrl,
    now: Now,
    transport: &impl Transport,
) -> Result<(Diary, Restored), Error> {
    lock::check_new(dir, lock)?;
    let secret = RecoverySecret::from_words(words)?;
    let Found { device, recovered, trusted, state, mut history } = find(&secret, server, transport).await?;
    if !history.allows(&trusted) {
        return Err(Error::Plain(ErrorCode::StudyKeyChanged));
    }

    let of = (&recovered.study, &recovered.participant);
    history.phones.meet(&state, of, &secret.recovery_key().verifying_key(), &trusted);

    let identity = Identity::new(&secret, true);
    let backup = identity.backup_key()?;
    let mut membership = membership(&device, &recovered, &history, server, (state.time, now));
    // Who had left comes back as who has left: with the voice notes still to come, and with what the study has still to be erased.
    if history.left.is_some() {
        membership.left = Some(Left { told: 0, at: now.millis(), erased: false });
    }
    let genesis = certify(&secret, &device, &recovered);
    let diary = lock::create_with(dir, lock, &identity, &secret, |tx| {
        for (entry, record, sharing) in &history.entries {
            let stored = StoredRevision::new(entry, Some(record.clone()), *sharing, None);
            store::put(tx, REVISION, &store::revision_id(&entry.entry, &entry.revision), &stored)?;
            // Voice notes follow by sync, part by part: a connection that breaks in the middle of them costs nothing.
            for part in entry.parts() {
                store::put(tx, PART_TO_FETCH, &part.0, &ToFetch { missing: false })?;
            }
        }
        history.own.write(tx)?;
        history.phones.write(tx)?;
        store::put(tx, MEMBERSHIP, STUDY, &membership)?;
        let mut log = Appender::new(tx, &membership, backup, LogHead::EMPTY)?;
        let place = log.place();
        log.append(&seal::seal_genesis(place, &genesis))?;
        Ok(())
    })?;
    let restored = Restored { entries: diary.entries.len(), missing: history.missing };
    Ok((diary, restored))
}

/// What the words open: a participation, and the device that was let in to it.
struct Found {
    device: SigningKey,
    recovered: Recovered,
    trusted: TrustedDocument,
    state: DeviceState,
    history: History,
}

/// Looks where the server says that the words belong. Anybody can have named their public half there, so a participant in whose
/// records they open nothing is passed over, first for another study and then for another participant of the same.
async fn find(secret: &RecoverySecret, server: &ServerUrl, transport: &impl Transport) -> Result<Found, Error> {
    let (mut study, mut studies): (_, Option<VecDeque<StudyId>>) = (None, None);
    let mut tried: Vec<(StudyId, ParticipantId)> = Vec::new();
    loop {
        let not: Vec<_> = tried.iter().filter(|of| Some(of.0) == study).map(|of| of.1).collect();
        let device = SigningKey::generate(&mut SystemRng);
        match recover(study, &not, secret, &device, server, transport).await {
            Ok(recovered) if !tried.contains(&(recovered.study, recovered.participant)) => {
                let trusted = recovered.document.verify(&recovered.study)?;
                let state = Client(transport).state(recovered.token, trusted.document.version).await?;
                let trust = Trust {
                    study: recovered.study,
                    signing_keys: &trusted.signing_keys,
                    erasures: &Ordered::of(&recovered.study, &trusted.signing_keys, &state.erasures),
                    revocations: &state.revocations,
                };
                let read =
                    |feed: &[FeedItem]| History::read(feed, &recovered.participant, &trust, &secret.backup_key());
                let mut history = read(&download(&recovered, transport).await?);
                if history.missing > 0 {
                    // A reply that was damaged on the way costs nothing. What is still missing is missing at the server.
                    let again = download(&recovered, transport).await.map(|feed| read(&feed));
                    if let Some(again) = again.ok().filter(|again| again.missing < history.missing) {
                        history = again;
                    }
                }
                if history.opened > 0 {
                    return Ok(Found { device, recovered, trusted, state, history });
                }
                tried.push((recovered.study, recovered.participant));
                let others = || recovered.others.iter().take(MAX_OTHERS).copied().collect();
                studies.get_or_insert_with(others).push_back(recovered.study);
            }
            // Nobody else there has named the words, or the server passes nobody over.
            Ok(_) | Err(Error::Plain(ErrorCode::WordsUnknown)) => {}
            Err(error) => return Err(error),
        }
        let next = studies.as_mut().and_then(VecDeque::pop_front).filter(|_| tried.len() < MAX_PASSED_OVER);
        study = Some(next.ok_or(Error::Plain(ErrorCode::WordsUnknown))?);
    }
}

/// Asks to be let in: to the study that the phone knows, or to the one that the server finds likeliest, and as nobody who is passed
/// over.
async fn recover(
    study: Option<StudyId>,
    not: &[ParticipantId],
    secret: &RecoverySecret,
    device: &SigningKey,
    server: &ServerUrl,
    transport: &impl Transport,
) -> Result<Recovered, Error> {
    let client = Client(transport);
    let challenge = client.challenge().await?.challenge;
    let recovery = secret.recovery_key();
    let message = genesis::recovery_auth_message(server.as_str(), &challenge.0, &device.verifying_key());
    let recover = Recover {
        study,
        not: not.to_vec(),
        challenge,
        origin: server.as_str().to_owned(),
        recovery_key: recovery.verifying_key(),
        device_key: device.verifying_key(),
        signature: recovery.sign(&message),
    };
    client.recover(&recover).await.map_err(|error| match error {
        NetError::Refused { code: waymark_protocol::api::ApiErrorCode::NotFound, .. } => {
            Error::Plain(ErrorCode::WordsUnknown)
        }
        other => other.into(),
    })
}

async fn download(recovered: &Recovered, transport: &impl Transport) -> Result<Vec<FeedItem>, Error> {
    let mut feed = Vec::new();
    let (mut after, mut bytes) = (0, 0);
    loop {
        let page = Client(transport).records(recovered.token, after).await?;
        let Some(last) = page.last() else { return Ok(feed) };
        after = last.server_seq;
        bytes += page.iter().map(|item| history::size(&item.item)).sum::<usize>();
        if bytes > MAX_HISTORY_BYTES {
            return Err(NetError::Garbage.into());
        }
        feed.extend(page);
    }
}

fn membership(
    device: &SigningKey,
    recovered: &Recovered,
    history: &History,
    server: &ServerUrl,
    (server_time, now): (u64, Now),
) -> Membership {
    let first_written = history.entries.iter().map(|(entry, _, _)| entry.written_at.date_naive()).min();
    let agreed_at = history
        .consent
        .as_ref()
        .and_then(|consent| Some(chrono::DateTime::parse_from_rfc3339(&consent.agreed_at).ok()?.date_naive()));
    let consent = history.consent.iter().flat_map(|consent| &consent.answers);
    Membership::new(NewMembership {
        server,
        study: recovered.study,
        participant: recovered.participant,
        device,
        token: recovered.token,
        document: &recovered.document,
        joined: agreed_at.or(first_written).unwrap_or_else(|| now.date()),
        server_time,
        now,
        consent: consent.map(|answer| (answer.item.clone(), answer.agreed)).collect(),
    })
}

/// The new device's genesis, certified by the recovery key.
fn certify(secret: &RecoverySecret, device: &SigningKey, recovered: &Recovered) -> Genesis {
    let (device_key, recovery) = (device.verifying_key(), secret.recovery_key());
    let message = genesis::recovery_certificate_message(&recovered.study, &recovered.participant, &device_key);
    let proof = GenesisProof::Recovery { signature: recovery.sign(&message) };
    Genesis::new(device_key, recovery.verifying_key(), proof)
}
