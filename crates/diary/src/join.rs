//! Joining a study: who can read what is known before anything is asked, and a lost reply costs nothing.

use waymark_protocol::api::{Enrol, InvitationReply};
use waymark_protocol::content::{Consent, ConsentAnswer};
use waymark_protocol::document::TrustedDocument;
use waymark_protocol::genesis::{self, Genesis, GenesisProof};
use waymark_protocol::invitation::{Certificate, Invitation};
use waymark_protocol::keys::SigningKey;
use waymark_protocol::record::Kind;
use waymark_protocol::seal::{self, Place};
use waymark_protocol::{DeviceId, Hash};
use waymark_vault::SystemRng;

use crate::diary::{Diary, DiaryHandle, Revision};
use crate::log::{Appender, LogHead};
use crate::net::{Client, Transport};
use crate::page::ErrorCode;
use crate::sharing::clone_revision;
use crate::store::{self, JOINING, Joining, MEMBERSHIP, Membership, NewMembership, PARTED, RecordRef, STUDY, Sharing};
use crate::{Error, Now};

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
    };
    let enrolled = Client(transport).enrol(&enrol).await?;
    let trusted = enrolled.document.verify(&study)?;
    check_certificate(&enrolled.certificate, &preview.invitation, &trusted)?;
    if enrolled.certificate.participant != participant {
        return Err(Error::Plain(ErrorCode::ServerGarbage));
    }
    // Nobody goes back behind what was shown, nor past it by dropping a change of keys.
    let follows = trusted.document.version >= preview.study.document.version
        && trusted.signing_keys.starts_with(&preview.study.signing_keys);
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
        if self.membership.is_some() {
            return Err(Error::Plain(ErrorCode::AlreadyJoined));
        }
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

    /// In one transaction: the membership, the log's genesis, the consent, and the earlier entries' backups.
    pub(crate) fn become_member(
        &mut self,
        membership: Membership,
        trusted: &TrustedDocument,
        proof: GenesisProof,
        consent: &Consent,
        back_up_earlier: bool,
    ) -> Result<(), Error> {
        if self.membership.is_some() {
            return Err(Error::Plain(ErrorCode::AlreadyJoined));
        }
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
        let (head, backed_up) = self.vault.write(|tx| {
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
            Ok::<_, Error>((log.head(), backed_up))
        })?;
        self.head = head;
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
