//! The study that the diary belongs to.

use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use minicbor::{Decode, Encode};
use waymark_protocol::api::{Epoch, Token};
use waymark_protocol::document::{SignedDocument, TrustedDocument};
use waymark_protocol::hex::HexBytes;
use waymark_protocol::invitation::ServerUrl;
use waymark_protocol::keys::{Signature, SigningKey};
use waymark_protocol::{DeviceId, Hash, ParticipantId, StudyId};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::identity::signing_key;
use super::{Parted, Sharing};
use crate::{Error, Now};

/// The device key for an invitation that is being used, kept before the server hears of it, so that a lost reply costs
/// nothing.
#[derive(Encode, Decode, Zeroize, ZeroizeOnDrop)]
#[cbor(array)]
pub(crate) struct Joining {
    #[n(0)]
    #[cbor(with = "minicbor::bytes")]
    device_seed: Vec<u8>,
}

impl Joining {
    pub fn new(device: &SigningKey) -> Self {
        Self { device_seed: device.dangerously_seed().to_vec() }
    }

    pub fn device_key(&self) -> Result<SigningKey, Error> {
        signing_key(&self.device_seed)
    }
}

/// The last receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub(crate) struct Receipted {
    /// The last record that the server said it stored.
    #[n(0)]
    pub seq: u64,
    #[n(1)]
    pub link: Hash,
    /// The server's clock when it first said so: milliseconds since 1970, UTC.
    #[n(2)]
    pub server_time: u64,
    /// The phone's clock then.
    #[n(3)]
    pub at: u64,
}

/// The study was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub(crate) struct Left {
    /// The notice's place in the log: the last record for this study.
    #[n(0)]
    pub told: u64,
    /// The phone's clock then.
    #[n(1)]
    pub at: u64,
    /// Whether everything was erased with it.
    #[n(2)]
    pub erased: bool,
}

/// A study that was joined.
#[derive(Clone, Encode, Decode)]
#[cbor(array)]
pub(crate) struct Membership {
    #[n(0)]
    server: String,
    #[n(1)]
    pub study: StudyId,
    #[n(2)]
    pub participant: ParticipantId,
    #[n(3)]
    #[cbor(with = "minicbor::bytes")]
    device_seed: Vec<u8>,
    #[n(4)]
    #[cbor(with = "minicbor::bytes")]
    token: Vec<u8>,
    #[n(5)]
    #[cbor(with = "minicbor::bytes")]
    document: Vec<u8>,
    #[n(6)]
    document_signature: Signature,
    #[n(7)]
    joined: String,
    #[n(8)]
    pub receipted: Option<Receipted>,
    /// Consent item ids and what was chosen.
    #[n(9)]
    pub consent: Vec<(String, bool)>,
    /// Server clock − phone clock in milliseconds, at the last look; none in a diary that has joined with an older Waymark and not
    /// synced since.
    #[n(10)]
    pub clock_offset: Option<i64>,
    /// The phone's clock at the last look: it does not run backwards from there.
    #[n(11)]
    pub clock_seen: u64,
    /// Set when the study was left.
    #[n(12)]
    pub left: Option<Left>,
    /// The server's epoch at the last look: another one says that it was restored from a backup, which may lack voice notes that it
    /// had, with every record that it receipted.
    #[cbor(n(13), with = "minicbor::bytes")]
    epoch: Option<[u8; 16]>,
    #[cbor(skip)]
    device: OnceLock<DeviceId>,
    #[cbor(skip)]
    trusted: OnceLock<Arc<TrustedDocument>>,
}

impl Drop for Membership {
    fn drop(&mut self) {
        self.device_seed.zeroize();
        self.token.zeroize();
    }
}

/// What a membership is made from.
pub(crate) struct NewMembership<'a> {
    pub server: &'a ServerUrl,
    pub study: StudyId,
    pub participant: ParticipantId,
    pub device: &'a SigningKey,
    pub token: Token,
    pub document: &'a SignedDocument,
    pub joined: NaiveDate,
    /// The server's clock when it answered: milliseconds since 1970, UTC.
    pub server_time: u64,
    /// The phone's clock then.
    pub now: Now,
    pub consent: Vec<(String, bool)>,
}

impl Membership {
    pub fn new(new: NewMembership<'_>) -> Self {
        let mut membership = Self {
            server: new.server.as_str().to_owned(),
            study: new.study,
            participant: new.participant,
            device_seed: new.device.dangerously_seed().to_vec(),
            token: new.token.0.to_vec(),
            document: new.document.bytes.0.clone(),
            document_signature: new.document.signature,
            joined: new.joined.to_string(),
            receipted: None,
            consent: new.consent,
            clock_offset: None,
            clock_seen: 0,
            left: None,
            epoch: None,
            device: OnceLock::new(),
            trusted: OnceLock::new(),
        };
        // A script's time says nothing of the phone's clock.
        if !new.now.scripted {
            membership.look(new.server_time, new.now);
        }
        membership
    }

    /// The server has told its clock's time, in milliseconds since 1970, UTC.
    pub fn look(&mut self, server_time: u64, now: Now) {
        let signed = |millis: u64| i64::try_from(millis).unwrap_or(i64::MAX);
        self.clock_offset = Some(signed(server_time).saturating_sub(signed(now.millis())));
        self.clock_seen = now.millis();
    }

    /// A hold that begins now.
    pub fn hold(&self, hours: u32, now: Now) -> Sharing {
        Sharing::Held {
            until: now.millis().saturating_add(u64::from(hours) * 3_600_000),
            clock_offset: self.clock_offset,
            clock_behind: now.millis() < self.clock_seen,
        }
    }

    pub fn server(&self) -> Result<ServerUrl, Error> {
        Ok(ServerUrl::parse(&self.server)?)
    }

    pub fn device_key(&self) -> Result<SigningKey, Error> {
        signing_key(&self.device_seed)
    }

    /// The device's id. Its key is made from the seed once: the timeline asks for every entry.
    pub fn device(&self) -> Result<DeviceId, Error> {
        if let Some(device) = self.device.get() {
            return Ok(*device);
        }
        let device = DeviceId::of(&self.device_key()?.verifying_key());
        Ok(*self.device.get_or_init(|| device))
    }

    pub fn token(&self) -> Result<Token, Error> {
        Token::from_slice(&self.token).ok_or(Error::Stored("a token"))
    }

    pub fn set_token(&mut self, token: Token) {
        self.token.zeroize();
        self.token = token.0.to_vec();
    }

    pub fn joined(&self) -> Result<NaiveDate, Error> {
        self.joined.parse().map_err(|_| Error::Stored("a date"))
    }

    /// The study's document, checked when it is first read after unlocking.
    pub fn trusted(&self) -> Result<Arc<TrustedDocument>, Error> {
        if let Some(trusted) = self.trusted.get() {
            return Ok(trusted.clone());
        }
        let signed = SignedDocument { bytes: HexBytes(self.document.clone()), signature: self.document_signature };
        let trusted = Arc::new(signed.verify(&self.study)?);
        Ok(self.trusted.get_or_init(|| trusted).clone())
    }

    pub fn set_document(&mut self, document: &SignedDocument) {
        self.document.clone_from(&document.bytes.0);
        self.document_signature = document.signature;
        self.trusted = OnceLock::new();
    }

    /// Whether the server was in another epoch at the last look; none before the first.
    pub fn was_elsewhere(&self, epoch: &Epoch) -> Option<bool> {
        self.epoch.map(|before| before != epoch.0)
    }

    /// What the server has to be offered in this epoch is noted.
    pub fn enter(&mut self, epoch: &Epoch) {
        self.epoch = Some(epoch.0);
    }

    /// Whether the study was left and knows it.
    pub fn is_over(&self) -> bool {
        self.left.is_some_and(|left| left.told <= self.receipted_through())
    }

    /// What stays true without a device: the study, and what was agreed to.
    pub fn parted(&self) -> Parted {
        Parted {
            server: self.server.clone(),
            study: self.study,
            participant: self.participant,
            document: self.document.clone(),
            document_signature: self.document_signature,
            joined: self.joined.clone(),
            consent: self.consent.clone(),
        }
    }

    /// The last record that the server said it stored; 0 before the first receipt.
    pub fn receipted_through(&self) -> u64 {
        self.receipted.map_or(0, |receipt| receipt.seq)
    }
}
