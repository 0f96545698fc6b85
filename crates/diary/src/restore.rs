//! A new phone: 24 words and the server's address bring everything back, private entries too.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use waymark_protocol::api::{Recover, Recovered};
use waymark_protocol::content::{Consent, Entry};
use waymark_protocol::document::TrustedDocument;
use waymark_protocol::genesis::{self, Genesis, GenesisProof};
use waymark_protocol::invitation::ServerUrl;
use waymark_protocol::keys::{BackupKey, RecoverySecret, SigningKey};
use waymark_protocol::proof::{self, DeviceLog, Seen, Standing, State, Trust};
use waymark_protocol::record::wire::{FeedItem, RawItem};
use waymark_protocol::record::{Kind, Record, Target, Tombstone};
use waymark_protocol::seal::{self, Place};
use waymark_protocol::{DeviceId, Hash};
use waymark_vault::SystemRng;

use crate::diary::Diary;
use crate::lock::{self, LockSecret};
use crate::log::{Appender, LogHead};
use crate::net::{Client, NetError, Transport};
use crate::page::ErrorCode;
use crate::store::{self, MEMBERSHIP, Membership, NewMembership, REVISION, RecordRef, STUDY, Sharing, StoredRevision};
use crate::{Error, Now};

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
/// The new phone believes the study only from a consent record that its backup key opens, and only then signs a certificate for
/// itself. Nothing that was held is shared by it.
pub async fn restore(
    dir: &Path,
    lock: &LockSecret,
    words: &str,
    server: &ServerUrl,
    now: Now,
    transport: &impl Transport,
) -> Result<(Diary, Restored), Error> {
    if lock::exists(dir) {
        return Err(Error::Plain(ErrorCode::DiaryExists));
    }
    let secret = RecoverySecret::from_words(words)?;
    let device = SigningKey::generate(&mut SystemRng);
    let recovered = recover(&secret, &device, server, transport).await?;
    let trusted = recovered.document.verify(&recovered.study)?;
    let feed = download(&recovered, transport).await?;
    let history = History::read(&feed, &recovered, &trusted, &secret.backup_key());
    let consent = history.consent.clone().ok_or(Error::Plain(ErrorCode::StudyKeyChanged))?;

    let diary = lock::create_with(dir, lock, &secret, true)?;
    match fill(diary, &secret, &device, &recovered, &history, &consent, server, now) {
        Ok(diary) => {
            let restored = Restored { entries: diary.entries.len(), missing: history.missing };
            Ok((diary, restored))
        }
        Err(error) => {
            lock::discard(dir);
            Err(error)
        }
    }
}

async fn recover(
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
    let mut after = 0;
    loop {
        let page = Client(transport).records(recovered.token, after).await?;
        let Some(last) = page.last() else { return Ok(feed) };
        after = last.server_seq;
        feed.extend(page);
    }
}

/// What the server's records say, judged as the desk judges them.
struct History {
    entries: Vec<(Entry, RecordRef, Sharing)>,
    consent: Option<Consent>,
    missing: usize,
}

impl History {
    fn read(feed: &[FeedItem], recovered: &Recovered, trusted: &TrustedDocument, backup: &BackupKey) -> Self {
        let mut records: BTreeMap<DeviceId, Vec<(Seen, Option<Record>)>> = BTreeMap::new();
        let mut logs: BTreeMap<DeviceId, DeviceLog> = BTreeMap::new();
        let mut missing = 0;
        let empty = |device| DeviceLog { device, records: Vec::new(), checkpoints: Vec::new(), server_head: None };
        for item in feed {
            let (seen, record) = match &item.item {
                RawItem::Record(header, slots, body) => {
                    let Ok(record) = Record::parse(header.clone(), slots.clone(), body.clone()) else {
                        missing += 1;
                        continue;
                    };
                    (Seen::from(&record), Some(record))
                }
                RawItem::Tombstone(header, slots_hash, body_hash) => {
                    let Ok(tombstone) = Tombstone::parse(header.clone(), *slots_hash, *body_hash) else {
                        missing += 1;
                        continue;
                    };
                    (Seen::from(&tombstone), None)
                }
                RawItem::Checkpoint(checkpoint) => {
                    logs.entry(checkpoint.device)
                        .or_insert_with(|| empty(checkpoint.device))
                        .checkpoints
                        .push((**checkpoint).clone());
                    continue;
                }
            };
            let device = seen.header.device;
            logs.entry(device).or_insert_with(|| empty(device)).records.push(seen.clone());
            records.entry(device).or_default().push((seen, record));
        }
        let logs: Vec<DeviceLog> = logs.into_values().collect();
        let trust =
            Trust { study: recovered.study, signing_keys: &trusted.signing_keys, erasures: &[], revocations: &[] };
        let (verdicts, erased) = proof::judge(&trust, &recovered.participant, &logs);
        let mut history = Self { entries: Vec::new(), consent: None, missing };
        let mut shared: BTreeSet<Target> = BTreeSet::new();
        for (log, verdict) in logs.iter().zip(&verdicts) {
            history.missing += usize::from(matches!(verdict.state, State::Gap | State::Fork | State::Withheld));
            let all = records.remove(&log.device).unwrap_or_default();
            for ((seen, record), standing) in all.into_iter().zip(&verdict.standings) {
                if *standing != Standing::Covered {
                    continue;
                }
                if seen.header.kind == Kind::Grant && !erased.contains(&seen) {
                    shared.extend(seen.header.target);
                }
                if let Some(record) = record.filter(|_| !erased.contains(&seen)) {
                    history.add(&record, recovered, backup);
                }
            }
        }
        for (_, record, sharing) in &mut history.entries {
            if shared.contains(&record.target) {
                *sharing = Sharing::Shared { by: None };
            }
        }
        history
    }

    fn add(&mut self, record: &Record, recovered: &Recovered, backup: &BackupKey) {
        let kind = record.header().kind;
        if !matches!(kind, Kind::Entry | Kind::Consent) {
            return;
        }
        let Ok(content_key) = seal::open_with_backup(record, backup) else {
            self.missing += 1;
            return;
        };
        let Ok(plain) = seal::open_body(record, &content_key) else {
            self.missing += 1;
            return;
        };
        if kind == Kind::Consent {
            let consent = Consent::parse(&plain).ok();
            let ours =
                |consent: &Consent| consent.study == recovered.study && consent.participant == recovered.participant;
            self.consent = consent.filter(ours).or(self.consent.take());
            return;
        }
        match Entry::parse(&plain) {
            Ok(entry) => {
                let sharing = match record.slots().has_study() {
                    true => Sharing::Shared { by: None },
                    false => Sharing::Private,
                };
                self.entries.push((entry, RecordRef::new(record.as_target(), &content_key), sharing));
            }
            Err(_) => self.missing += 1,
        }
    }
}

/// In one transaction: the entries, the membership, and the new device's genesis.
#[expect(clippy::too_many_arguments, reason = "each is a part of what is restored")]
fn fill(
    mut diary: Diary,
    secret: &RecoverySecret,
    device: &SigningKey,
    recovered: &Recovered,
    history: &History,
    consent: &Consent,
    server: &ServerUrl,
    now: Now,
) -> Result<Diary, Error> {
    let joined = chrono::DateTime::parse_from_rfc3339(&consent.agreed_at)
        .map_or_else(|_| now.date(), |agreed_at| agreed_at.date_naive());
    let membership = Membership::new(NewMembership {
        server,
        study: recovered.study,
        participant: recovered.participant,
        device,
        token: recovered.token,
        document: &recovered.document,
        joined,
        consent: consent.answers.iter().map(|answer| (answer.item.clone(), answer.agreed)).collect(),
    });
    let device_key = device.verifying_key();
    let message = genesis::recovery_certificate_message(&recovered.study, &recovered.participant, &device_key);
    let proof = GenesisProof::Recovery { signature: secret.recovery_key().sign(&message) };
    let genesis = Genesis::new(device_key, diary.identity.recovery_key, proof);
    let backup = diary.identity.backup_key()?;
    diary.vault.write(|tx| {
        store::put(tx, MEMBERSHIP, STUDY, &membership)?;
        for (entry, record, sharing) in &history.entries {
            let stored = StoredRevision::new(entry, Some(record.clone()), *sharing, None);
            store::put(tx, REVISION, &store::revision_id(&entry.entry, &entry.revision), &stored)?;
        }
        let mut log = Appender::new(tx, &membership, backup, LogHead::EMPTY)?;
        let first = Place { device: DeviceId::of(&device_key), seq: 1, prev: Hash::ZERO, ..log.place() };
        log.append(&seal::seal_genesis(first, &genesis))?;
        Ok::<_, Error>(())
    })?;
    Diary::open(diary.vault)
}
