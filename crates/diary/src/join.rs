//! Joining a study: who can read what is known before anything is asked, and a lost reply costs nothing.

use waymark_protocol::api::{Enrol, InvitationReply};
use waymark_protocol::content::{Consent, ConsentAnswer, Entry, Own};
use waymark_protocol::document::TrustedDocument;
use waymark_protocol::genesis::{self, Genesis, GenesisProof};
use waymark_protocol::invitation::{Certificate, Invitation};
use waymark_protocol::keys::SigningKey;
use waymark_protocol::record::Kind;
use waymark_protocol::seal::{self, Place};
use waymark_protocol::{DeviceId, EntryId, Hash};
use waymark_vault::SystemRng;

use crate::diary::{Diary, DiaryHandle, Revision};
use crate::leaving::forgotten;
use crate::log::{Appender, LogHead};
use crate::net::{Client, Transport};
use crate::page::ErrorCode;
use crate::sharing::clone_revision;
use crate::store::{self, JOINING, Joining, LOG, MEMBERSHIP, Membership, NewMembership, PARTED, RecordRef, STUDY};
use crate::store::{OwnThings, Sharing, Stamp, StoredMark, StoredSetting, log_id};
use crate::{Error, Now, voice};

/// What an invitation leads to: read from the server, and proven to be the study that the invitation names.
pub struct Preview {
    /// The invitation.
    pub invitation: Invitation,
    /// The study's word for it.
    pub certificate: Certificate,
    /// The study.
    pub study: TrustedDocument,
}

/// Asks the server what an invitation leads to.
pub async fn preview(invitation: Invitation, transport: &impl Transport) -> Result<Preview, Error> {
    let code = invitation.secret.code();
    let InvitationReply { certificate, document } = Client(transport).invitation(&invitation.study, &code).await?;
    let study = document.verify(&invitation.study)?;
    check_certificate(&certificate, &invitation, &study)?;
    Ok(Preview { invitation, certificate, study })
}

fn check_certificate(certificate: &Certificate, invitation: &Invitation, study: &TrustedDocument) -> Result<(), Error> {
    let changed = |_| Error::Plain(ErrorCode::StudyKeyChanged);
    certificate.verify(&invitation.study, &study.signing_keys).map_err(changed)?;
    let enrol_key = invitation.secret.enrol_key().verifying_key();
    if certificate.enrol_key != enrol_key || study.document.version < certificate.minimum_version {
        return Err(Error::Plain(ErrorCode::StudyKeyChanged));
    }
    Ok(())
}

/// Joins the study of `preview` with what was agreed to.
///
/// Entries from before are backed up, sealed to their writer alone, if `back_up_earlier`; none of them is shared.
pub async fn join(
    diary: &DiaryHandle,
    preview: &Preview,
    agreed: &[String],
    back_up_earlier: bool,
    now: Now,
    transport: &impl Transport,
) -> Result<(), Error> {
    let items = &preview.study.document.plan.consent;
    if items.iter().any(|item| item.required && !agreed.contains(&item.id)) {
        return Err(Error::Plain(ErrorCode::ConsentNeeded));
    }
    let (device, recovery_key) = diary.with(|diary| diary.begin_joining(&preview.invitation))?;
    let device_key = device.verifying_key();
    let study = preview.invitation.study;
    let enrol_key = preview.invitation.secret.enrol_key();
    let participant = preview.certificate.participant;
    let message = genesis::enrol_message(&study, &participant, &device_key, &recovery_key);
    let enrol = Enrol {
        study,
        device_key,
        recovery_key,
        enrol_key: enrol_key.verifying_key(),
        signature: enrol_key.sign(&message),
        device_signature: device.sign(&genesis::enrol_device_message(&study, &participant, &enrol_key.verifying_key())),
        certificate: None,
    };
    let enrolled = Client(transport).enrol(&enrol).await?;
    let trusted = enrolled.document.verify(&study)?;
    check_certificate(&enrolled.certificate, &preview.invitation, &trusted)?;
    if enrolled.certificate.participant != participant {
        return Err(Error::Plain(ErrorCode::ServerGarbage));
    }
    // Nobody goes back behind what was shown, nor past it by dropping a change of keys.
    let follows =
        trusted.document.version >= preview.study.document.version && trusted.keeps(&preview.study.signing_keys);
    if !follows {
        return Err(Error::Plain(ErrorCode::StudyKeyChanged));
    }
    // What was agreed to is what was shown, even if the study has published a newer document in between.
    let shown = &preview.study;
    let consent: Vec<ConsentAnswer> =
        items.iter().map(|item| ConsentAnswer { item: item.id.clone(), agreed: agreed.contains(&item.id) }).collect();
    let membership = Membership::new(NewMembership {
        server: &preview.invitation.server,
        study,
        participant,
        device: &device,
        token: enrolled.token,
        document: &enrolled.document,
        joined: now.date(),
        server_time: enrolled.time,
        now,
        consent: consent.iter().map(|answer| (answer.item.clone(), answer.agreed)).collect(),
    });
    let consent = Consent::new(study, participant, shown.document.version, shown.hash, now.wall, consent);
    let proof = genesis::prove_enrolment(&enrol_key, enrolled.certificate, &device_key, &recovery_key);
    diary.with(|diary| diary.become_member(membership, &trusted, proof, &consent, back_up_earlier))
}

impl Diary {
    /// Keeps the device key before the server hears of it. Trying the same invitation again uses the same key.
    fn begin_joining(
        &mut self,
        invitation: &Invitation,
    ) -> Result<(SigningKey, waymark_protocol::keys::VerifyingKey), Error> {
        self.make_way()?;
        let code = invitation.secret.code();
        let begun: Option<Joining> = store::get(&self.vault.reader(), JOINING, &code.0)?;
        let device = match begun {
            Some(joining) => joining.device_key()?,
            None => {
                let device = SigningKey::generate(&mut SystemRng);
                let joining = Joining::new(&device);
                self.vault.write(|tx| store::put(tx, JOINING, &code.0, &joining))?;
                device
            }
        };
        Ok((device, self.identity.recovery_key))
    }

    /// Makes sure that a study can be joined: a study that was left must know it first, and what is still to come from it must be
    /// here. Where voice notes wait for their writer's word, the invitation is that word: they come with the next sync.
    fn make_way(&mut self) -> Result<(), Error> {
        match &self.membership {
            Some(membership) if membership.left.is_none() => return Err(Error::Plain(ErrorCode::AlreadyJoined)),
            // What a phone that was stopped still holds goes nowhere any more.
            Some(_) if self.has_joined() && self.stopped().is_none() => {}
            _ => return Ok(()),
        }
        let told = self.membership.as_ref().is_some_and(Membership::is_over);
        if self.is_fetching() {
            self.let_voice_come()?;
            if told {
                return Err(Error::Plain(ErrorCode::VoiceNotHere));
            }
        }
        Err(Error::Plain(ErrorCode::StillLeaving))
    }

    /// Lets go of a study that was left: its log, and what entries remember of it.
    fn forget_former_study(&mut self) -> Result<(), Error> {
        if self.membership.is_none() {
            return Ok(());
        }
        let mut entries: Vec<(EntryId, Vec<Revision>)> =
            self.entries.iter().map(|(id, revisions)| (*id, revisions.iter().map(forgotten).collect())).collect();
        let last = self.head.seq;
        self.commit(|writing| {
            for seq in 1..=last {
                writing.tx().delete(LOG, &log_id(seq))?;
            }
            writing.tx().delete(MEMBERSHIP, STUDY)?;
            store::forget_parts_under_way(writing.tx())?;
            store::forget_phones(writing.tx())?;
            for (id, revisions) in &mut entries {
                // The former study has held the keys of voice notes that were shared with it.
                let mut contents: Vec<Entry> = revisions.iter().map(|revision| revision.entry.clone()).collect();
                voice::reseal_notes(writing.tx(), id, &mut contents)?;
                revisions.iter_mut().zip(contents).for_each(|(revision, content)| revision.entry = content);
            }
            entries.into_iter().flat_map(|(_, all)| all).try_for_each(|revision| writing.put_revision(revision))
        })?;
        self.membership = None;
        self.phones.clear();
        self.head = LogHead::EMPTY;
        Ok(())
    }

    /// In one transaction: the membership, the log's genesis, the consent, and the earlier entries' backups.
    pub(crate) fn become_member(
        &mut self,
        membership: Membership,
        trusted: &TrustedDocument,
        proof: GenesisProof,
        consent: &Consent,
        back_up_earlier: bool,
    ) -> Result<(), Error> {
        self.make_way()?;
        self.forget_former_study()?;
        // The new log has granted nothing: what a study had before the diary came back from a backup file is this study's only
        // when it is shared again.
        let private = |revision: &Revision| Revision { sharing: Sharing::Private, ..clone_revision(revision) };
        let all = || self.entries.values().flatten();
        let shared_before: Vec<Revision> = match back_up_earlier {
            true => Vec::new(),
            false => all().filter(|revision| revision.sharing != Sharing::Private).map(private).collect(),
        };
        let earlier: Vec<Revision> = match back_up_earlier {
            true => all().map(private).collect(),
            false => Vec::new(),
        };
        let backup = self.identity.backup_key()?;
        let device_key = membership.device_key()?.verifying_key();
        let genesis = Genesis::new(device_key, self.identity.recovery_key, proof);
        let mut tried = Vec::new();
        self.vault.scan::<Error>(JOINING, |code, _| {
            tried.push(code.to_vec());
            Ok(())
        })?;
        let (head, backed_up, own) = self.vault.write(|tx| {
            store::put(tx, MEMBERSHIP, STUDY, &membership)?;
            tx.delete(PARTED, STUDY)?;
            for code in &tried {
                tx.delete(JOINING, code)?;
            }
            let mut log = Appender::new(tx, &membership, backup, LogHead::EMPTY)?;
            let first = Place { device: DeviceId::of(&device_key), seq: 1, prev: Hash::ZERO, ..log.place() };
            log.append(&seal::seal_genesis(first, &genesis))?;
            log.sealed(Kind::Consent, None, &consent.to_bytes(), Some(&trusted.encryption_key))?;
            let mut backed_up = shared_before;
            for revision in &backed_up {
                let id = store::revision_id(&revision.entry.entry, &revision.entry.revision);
                store::put(log.tx, store::REVISION, &id, &revision.to_stored())?;
            }
            for mut revision in earlier {
                let (target, content_key) = log.entry(&revision.entry)?;
                revision.record = Some(RecordRef::new(target, &content_key));
                let id = store::revision_id(&revision.entry.entry, &revision.entry.revision);
                store::put(log.tx, store::REVISION, &id, &revision.to_stored())?;
                backed_up.push(revision);
            }
            let own = if back_up_earlier { Some(back_up(&mut log, &self.own)?) } else { None };
            Ok::<_, Error>((log.head(), backed_up, own))
        })?;
        self.head = head;
        if let Some(own) = own {
            self.own = own;
        }
        self.membership = Some(membership);
        self.parted = None;
        for revision in backed_up {
            let known = self.entries.get_mut(&revision.entry.entry).and_then(|revisions| {
                revisions.iter_mut().find(|known| known.entry.revision == revision.entry.revision)
            });
            if let Some(known) = known {
                *known = revision;
            }
        }
        Ok(())
    }
}

/// Marks and settings from before joining, in the log too.
pub(crate) fn back_up(log: &mut Appender<'_, '_>, own: &OwnThings) -> Result<OwnThings, Error> {
    let mut backed_up = OwnThings::default();
    let mut append = |own: Own, at: u64| {
        let (target, _) = log.sealed(Kind::Own, None, &own.to_bytes(), None)?;
        Ok::<_, Error>(Stamp { at, record: Some(target) })
    };
    for (entry, mark) in &own.marks {
        let (entry, at) = (*entry, mark.stamp.at);
        let StoredMark { interview, supervision, .. } = *mark;
        let stamp = append(Own::Mark { entry, interview, supervision, at }, at)?;
        backed_up.marks.insert(entry, StoredMark { stamp, ..*mark });
    }
    for (key, setting) in &own.settings {
        let (key, value, at) = (key.clone(), setting.value.clone(), setting.stamp.at);
        let stamp = append(Own::Setting { key: key.clone(), value: value.clone(), at }, at)?;
        backed_up.settings.insert(key, StoredSetting { value, stamp });
    }
    backed_up.write(log.tx)?;
    Ok(backed_up)
}
