//! A phone that only pushes: it keeps where its log ends, not the log.

use std::net::SocketAddr;

use waymark_protocol::checkpoint::Checkpoint;
use waymark_protocol::genesis::{Genesis, prove_enrolment};
use waymark_protocol::invitation::Certificate;
use waymark_protocol::keys::{InvitationSecret, RecoverySecret, SigningKey};
use waymark_protocol::record::wire::{self, Item};
use waymark_protocol::record::{Kind, Record};
use waymark_protocol::seal::{Place, Sealer, seal_genesis};
use waymark_protocol::{DeviceId, Hash};
use waymark_vault::SystemRng;

use super::connection::{Connection, request};
use crate::Result;

/// What an entry of about 250 words is before it is sealed: 2 KiB when padded.
const ENTRY: [u8; 1400] = [b'w'; 1400];
/// How many such records fit into one push of 1 MiB.
pub const MOST: usize = 440;

/// A phone that has joined.
#[derive(Clone)]
pub struct Phone {
    key: SigningKey,
    recovery: RecoverySecret,
    place: Place,
    token: String,
}

impl Phone {
    /// A phone and its first record.
    pub fn new(
        secret: &InvitationSecret,
        certificate: Certificate,
        key: SigningKey,
        recovery: &RecoverySecret,
        token: String,
    ) -> (Self, Record) {
        let (study, participant) = (certificate.study, certificate.participant);
        let (device, recovery_key) = (key.verifying_key(), recovery.recovery_key().verifying_key());
        let place = Place { study, participant, device: DeviceId::of(&device), seq: 1, prev: Hash::ZERO };
        let proof = prove_enrolment(&secret.enrol_key(), certificate, &device, &recovery_key);
        let genesis = seal_genesis(place, &Genesis::new(device, recovery_key, proof));
        (Self { key, recovery: recovery.clone(), place, token }, genesis)
    }

    /// Pushes the first record.
    pub async fn push_genesis(&mut self, address: SocketAddr, genesis: &Record) -> Result<()> {
        let push = self.request(std::slice::from_ref(genesis));
        Connection::open(address).await?.call(&push).await?;
        Ok(())
    }

    /// The request that pushes the next records, sealed and signed.
    pub fn push(&mut self, records: usize) -> Result<Vec<u8>> {
        let backup = self.recovery.backup_key();
        let mut place = self.place;
        let sealed = (0..records)
            .map(|_| {
                let (record, _) = Sealer::new(place, Kind::Entry).to_writer(&backup).seal(&ENTRY, &mut SystemRng)?;
                place = Place::after(&record);
                Ok(record)
            })
            .collect::<Result<Vec<_>>>()?;
        Ok(self.request(&sealed))
    }

    fn request(&mut self, records: &[Record]) -> Vec<u8> {
        let mut body = Vec::new();
        for record in records {
            wire::write_record(&mut body, record.header_bytes(), record.slots_bytes(), record.body());
            self.place = Place::after(record);
        }
        let Place { study, seq, prev, .. } = self.place;
        let last = seq - 1;
        let checkpoint = Checkpoint::sign(&self.key, study, last, prev, last, waymark_desk::now_ms());
        Item::Checkpoint(Box::new(checkpoint)).write(&mut body);
        let kind = format!("content-type: {}\r\n", wire::CONTENT_TYPE);
        request("POST", "/v1/device/records", &self.token, &kind, &body)
    }
}
