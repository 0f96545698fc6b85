//! What a backup file says of the study: everything but what only one phone may have.

use chrono::NaiveDate;
use minicbor::{Decode, Encode};
use waymark_protocol::document::{SignedDocument, TrustedDocument};
use waymark_protocol::hex::HexBytes;
use waymark_protocol::invitation::ServerUrl;
use waymark_protocol::keys::Signature;
use waymark_protocol::{ParticipantId, StudyId};

use crate::Error;

/// The study of a diary that came back from a backup file. It has no device key and no token: two phones with one device
/// key would write two logs under one name.
#[derive(Encode, Decode)]
#[cbor(array)]
pub(crate) struct Parted {
    #[n(0)]
    pub(super) server: String,
    #[n(1)]
    pub study: StudyId,
    #[n(2)]
    pub participant: ParticipantId,
    #[n(3)]
    #[cbor(with = "minicbor::bytes")]
    pub(super) document: Vec<u8>,
    #[n(4)]
    pub(super) document_signature: Signature,
    #[n(5)]
    pub(super) joined: String,
    /// Consent item ids and what was chosen.
    #[n(6)]
    pub consent: Vec<(String, bool)>,
}

impl Parted {
    pub fn server(&self) -> Result<ServerUrl, Error> {
        Ok(ServerUrl::parse(&self.server)?)
    }

    pub fn joined(&self) -> Result<NaiveDate, Error> {
        self.joined.parse().map_err(|_| Error::Stored("a date"))
    }

    /// The study's document as the lost phone had it.
    pub fn trusted(&self) -> Result<TrustedDocument, Error> {
        Ok(self.signed().verify(&self.study)?)
    }

    /// The same with its signature.
    pub fn signed(&self) -> SignedDocument {
        SignedDocument { bytes: HexBytes(self.document.clone()), signature: self.document_signature }
    }
}
