//! A server that was restored from a backup made before this phone joined does not know the phone. The phone's first record holds
//! what it joined by: the invitation, as the study signed it, and the enrol key's signature over this phone's keys. Shown again, with
//! this phone's own signature, it makes the server know the phone again, as the same device of the same participant.

use waymark_protocol::api::{Enrol, Enrolled, Token};
use waymark_protocol::genesis::{Genesis, GenesisProof, enrol_device_message};

use crate::Error;
use crate::diary::{Diary, DiaryHandle};
use crate::net::{Client, NetError, Transport};
use crate::page::ErrorCode;
use crate::store::load_record;

/// Shows the server what this phone joined by. Gives the new token, which is written down; none for a phone that came by the 24
/// words, which it would need again.
///
/// # Errors
///
/// The inner one says why the server gave none: `garbage` also when it gave one for somebody else.
pub(super) async fn join_again(
    diary: &DiaryHandle,
    client: &Client<'_, impl Transport>,
) -> Result<Result<Option<Token>, NetError>, Error> {
    let Some(enrol) = diary.with(|diary| diary.enrolment())? else {
        return Ok(Ok(None));
    };
    match client.enrol(&enrol).await {
        Ok(enrolled) => diary.with(|diary| diary.take_new_token(&enrolled)),
        Err(error) => Ok(Err(error)),
    }
}

impl Diary {
    /// The enrolment by which this phone joined.
    fn enrolment(&self) -> Result<Option<Enrol>, Error> {
        let first = load_record(&self.vault.reader(), 1)?.ok_or(Error::Stored("the log"))?;
        let Genesis { device_key, recovery_key, proof, .. } =
            Genesis::parse(first.body()).map_err(|_| Error::Stored("the log"))?;
        let GenesisProof::Invitation { certificate, signature } = proof else {
            return Ok(None);
        };
        let message = enrol_device_message(&certificate.study, &certificate.participant, &certificate.enrol_key);
        Ok(Some(Enrol {
            study: certificate.study,
            device_key,
            recovery_key,
            enrol_key: certificate.enrol_key,
            signature,
            device_signature: self.membership()?.device_key()?.sign(&message),
            certificate: Some(certificate),
        }))
    }

    fn take_new_token(&mut self, enrolled: &Enrolled) -> Result<Result<Option<Token>, NetError>, Error> {
        let membership = self.membership.as_mut().ok_or(Error::Plain(ErrorCode::NoStudy))?;
        let certificate = &enrolled.certificate;
        if (certificate.study, certificate.participant) != (membership.study, membership.participant) {
            return Ok(Err(NetError::Garbage));
        }
        membership.set_token(enrolled.token);
        self.store_membership()?;
        Ok(Ok(Some(enrolled.token)))
    }
}
