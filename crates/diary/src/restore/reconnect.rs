//! A diary that came back from a backup file meets its study again: the 24 words give it a device of its own.
//!
//! ```text
//! of the server's history            becomes
//! a revision, known here or not      that revision, private or shared as the server has it
//!
//! of the diary                       becomes
//! a revision of an erased entry      gone: its copy came back under another id; where the server lacks something, a private entry
//!                                    with a new id
//! any other that the server lacks    a private record in the new log
//! ```

use std::collections::BTreeSet;

use waymark_protocol::api::{MAX_PASSED_OVER, Recovered};
use waymark_protocol::content::Entry;
use waymark_protocol::document::TrustedDocument;
use waymark_protocol::genesis::Genesis;
use waymark_protocol::invitation::ServerUrl;
use waymark_protocol::keys::{RecoverySecret, SigningKey};
use waymark_protocol::proof::{Ordered, Trust};
use waymark_protocol::{EntryId, Hash, ParticipantId, RevisionId, StudyId, seal};
use waymark_vault::{SystemRng, Tx};

use super::history::History;
use super::{Restored, certify, download, recover};
use crate::diary::{Diary, DiaryHandle, read_entries};
use crate::entries::random;
use crate::join::back_up;
use crate::log::{Appender, LogHead};
use crate::net::{Client, Transport};
use crate::page::ErrorCode;
use crate::store::{
    self, MEMBERSHIP, Membership, NewMembership, PART_TO_FETCH, PARTED, Parted, REVISION, RecordRef, STUDY, Sharing,
    StoredRevision, ToFetch, revision_id,
};
use crate::{Error, Now, voice};

/// Connects the diary to its study again. Nothing is shared by it, and nothing that the diary has is lost.
///
/// Without `words`, those that the vault keeps until they are confirmed.
///
/// # Errors
///
/// [`ErrorCode::WordsOther`]; [`ErrorCode::StudyKeyChanged`] when the server shows another study, or an older document, than the
/// backup knew; [`ErrorCode::NotNow`] when the diary did not come back from a backup file, or has been connected since.
pub async fn reconnect(
    diary: &DiaryHandle,
    words: Option<&str>,
    now: Now,
    transport: &impl Transport,
) -> Result<Restored, Error> {
    let (secret, own, known, server) = diary.with(|diary| {
        let parted = diary.parted()?;
        let secret = match words {
            Some(words) => diary.own_words(words)?,
            None => diary.identity.secret().ok_or(Error::Plain(ErrorCode::WordsWrong))?,
        };
        Ok((secret, (parted.study, parted.participant), parted.trusted()?, parted.server()?))
    })?;
    let (device, recovered) = recover_as(own, &secret, &server, transport).await?;
    let trusted = recovered.document.verify(&recovered.study)?;
    let state = Client(transport).state(recovered.token, trusted.document.version).await?;
    let feed = download(&recovered, transport).await?;
    let trust = Trust {
        study: recovered.study,
        signing_keys: &trusted.signing_keys,
        erasures: &Ordered::of(&recovered.study, &trusted.signing_keys, &state.erasures),
        revocations: &state.revocations,
    };
    let mut history = History::read(&feed, &recovered.participant, &trust, &secret.backup_key());
    diary.with(|diary| {
        let parted = diary.parted()?;
        let same = (parted.study, parted.participant) == (recovered.study, recovered.participant);
        if !same || !follows(&trusted, &known) || !history.allows(&trusted) {
            return Err(Error::Plain(ErrorCode::StudyKeyChanged));
        }
        let membership = Membership::new(NewMembership {
            server: &server,
            study: recovered.study,
            participant: recovered.participant,
            device: &device,
            token: recovered.token,
            document: &recovered.document,
            joined: parted.joined().unwrap_or_else(|_| now.date()),
            server_time: state.time,
            now,
            consent: match &history.consent {
                Some(consent) => consent.answers.iter().map(|answer| (answer.item.clone(), answer.agreed)).collect(),
                None => parted.consent.clone(),
            },
        });
        // Who has left the study, from another phone, does not come back by this way.
        if history.left.is_some() {
            return Err(Error::Plain(ErrorCode::NoStudy));
        }
        let of = (&recovered.study, &recovered.participant);
        history.phones.meet(&state, of, &diary.identity.recovery_key, &trusted);
        // A certificate is signed only now: the study is the one that the backup knew.
        diary.merge(membership, &certify(&secret, &device, &recovered), &history, &secret)
    })
}

/// Asks to be let in as this participant, and passes over whoever else in the study has named the words' public half. The caller
/// sees when it is another all the same: from a server that passes nobody over.
async fn recover_as(
    (study, participant): (StudyId, ParticipantId),
    secret: &RecoverySecret,
    server: &ServerUrl,
    transport: &impl Transport,
) -> Result<(SigningKey, Recovered), Error> {
    let mut not = Vec::new();
    loop {
        let device = SigningKey::generate(&mut SystemRng);
        let recovered = recover(Some(study), &not, secret, &device, server, transport).await?;
        let other = recovered.study == study && recovered.participant != participant;
        if !other || not.contains(&recovered.participant) || not.len() == MAX_PASSED_OVER {
            return Ok((device, recovered));
        }
        not.push(recovered.participant);
    }
}

/// A phone never goes below what it has seen, nor past a change of keys.
fn follows(offered: &TrustedDocument, known: &TrustedDocument) -> bool {
    offered.document.version >= known.document.version
        && offered.keeps(&known.signing_keys)
        && (offered.document.version > known.document.version || offered.hash == known.hash)
}

impl Diary {
    /// The study that the diary belonged to before it came back from a backup file.
    pub(crate) fn parted(&self) -> Result<&Parted, Error> {
        self.parted.as_ref().ok_or(Error::Plain(ErrorCode::NotNow))
    }

    /// In one transaction: the membership, the new log's genesis, what the server has, and records of what it has not.
    fn merge(
        &mut self,
        membership: Membership,
        genesis: &Genesis,
        history: &History,
        secret: &RecoverySecret,
    ) -> Result<Restored, Error> {
        let known: BTreeSet<RevisionId> = history.entries.iter().map(|(entry, _, _)| entry.revision).collect();
        let (mut gone, mut added, mut renamed) = (Vec::new(), Vec::new(), Vec::new());
        let mut lost: Vec<Hash> = Vec::new();
        for (id, revisions) in &self.entries {
            let here: Vec<&Entry> = revisions.iter().map(|revision| &revision.entry).collect();
            if history.withdrawn.contains(id) {
                gone.extend(here.iter().map(|entry| revision_id(id, &entry.revision)));
                // Words that the server's copy does not have are kept, whoever took the entry back.
                if here.iter().all(|entry| history.has_words_of(entry)) {
                    lost.extend(here.iter().flat_map(|entry| entry.parts()));
                } else {
                    renamed.push((*id, under_a_new_id(&here)));
                }
            } else {
                added.extend(here.into_iter().filter(|entry| !known.contains(&entry.revision)).cloned());
            }
        }
        let (head, own) = self.vault.write(|tx| {
            store::put(tx, MEMBERSHIP, STUDY, &membership)?;
            tx.delete(PARTED, STUDY)?;
            history.phones.write(tx)?;
            for id in &gone {
                tx.delete(REVISION, id)?;
            }
            for part in &lost {
                store::delete_part(tx, part)?;
            }
            for (entry, record, sharing) in &history.entries {
                let stored = StoredRevision::new(entry, Some(record.clone()), *sharing, None);
                store::put(tx, REVISION, &revision_id(&entry.entry, &entry.revision), &stored)?;
                entry.parts().iter().try_for_each(|part| carry(tx, part))?;
            }
            for (from, copies) in &mut renamed {
                // The study has held the old keys.
                voice::reseal_notes(tx, from, copies)?;
            }
            added.extend(renamed.into_iter().flat_map(|(_, copies)| copies));
            let mut log = Appender::new(tx, &membership, secret.backup_key(), LogHead::EMPTY)?;
            let place = log.place();
            log.append(&seal::seal_genesis(place, genesis))?;
            for entry in &added {
                let (target, content_key) = log.entry(entry)?;
                let stored =
                    StoredRevision::new(entry, Some(RecordRef::new(target, &content_key)), Sharing::Private, None);
                store::put(log.tx, REVISION, &revision_id(&entry.entry, &entry.revision), &stored)?;
            }
            let own = back_up(&mut log, &self.own.merged_with(&history.own))?;
            Ok::<_, Error>((log.head(), own))
        })?;
        self.head = head;
        self.own = own;
        self.membership = Some(membership);
        self.parted = None;
        self.phones = store::phones(&self.vault.reader())?;
        (self.entries, self.index) = read_entries(&self.vault)?;
        self.forget_old_pages();
        Ok(Restored { entries: self.entries.len(), missing: history.missing })
    }
}

/// A part of a voice note that the server's records list: offered to the server where it is here, fetched where it is not.
fn carry(tx: &mut Tx<'_>, part: &Hash) -> Result<(), Error> {
    match store::part(tx, part)? {
        Some(_) => store::send_part(tx, part),
        None => store::put(tx, PART_TO_FETCH, &part.0, &ToFetch { missing: false }),
    }
}

/// A withdrawn entry's id is final: what is kept of it all the same is another entry.
fn under_a_new_id(revisions: &[&Entry]) -> Vec<Entry> {
    let entry = EntryId(random());
    let renamed: Vec<(RevisionId, RevisionId)> =
        revisions.iter().map(|revision| (revision.revision, RevisionId(random()))).collect();
    let rename = |before: &RevisionId| renamed.iter().find(|(old, _)| old == before).map(|(_, new)| *new);
    revisions
        .iter()
        .zip(&renamed)
        .map(|(revision, (_, new))| Entry {
            entry,
            revision: *new,
            parents: revision.parents.iter().filter_map(rename).collect(),
            ..(*revision).clone()
        })
        .collect()
}

#[cfg(test)]
#[path = "reconnect_tests.rs"]
mod tests;
