//! This device's log: records are appended in the same transaction as what they record, and never changed.

use waymark_protocol::Hash;
use waymark_protocol::content::Entry;
use waymark_protocol::keys::{BackupKey, ContentKey, SealingKey};
use waymark_protocol::record::{Kind, Record, Target};
use waymark_protocol::seal::{self, Place, Sealer};
use waymark_vault::{Reader, SystemRng, Tx};

use crate::Error;
use crate::store::{self, LOG, Membership, load_record, log_id, record_bytes};

/// The last record's place and link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LogHead {
    pub seq: u64,
    pub link: Hash,
}

impl LogHead {
    pub const EMPTY: Self = Self { seq: 0, link: Hash::ZERO };
}

/// Reads the last record's place and link.
pub(crate) fn head(reader: &Reader<'_>) -> Result<LogHead, Error> {
    let Some(id) = reader.last(LOG)? else {
        return Ok(LogHead::EMPTY);
    };
    let seq = u64::from_be_bytes(id.try_into().map_err(|_| Error::Stored("the log"))?);
    let record = load_record(reader, seq)?.ok_or(Error::Stored("the log"))?;
    Ok(LogHead { seq, link: record.link() })
}

/// The link at `seq`; zeros at 0; none beyond the head.
pub(crate) fn link_at(reader: &Reader<'_>, seq: u64) -> Result<Option<Hash>, Error> {
    if seq == 0 {
        return Ok(Some(Hash::ZERO));
    }
    Ok(load_record(reader, seq)?.map(|record| record.link()))
}

/// Appends sealed records, one after the other, inside a transaction.
pub(crate) struct Appender<'t, 'v> {
    pub tx: &'t mut Tx<'v>,
    place: Place,
    backup: BackupKey,
}

impl<'t, 'v> Appender<'t, 'v> {
    pub fn new(tx: &'t mut Tx<'v>, membership: &Membership, backup: BackupKey, head: LogHead) -> Result<Self, Error> {
        let place = Place {
            study: membership.study,
            participant: membership.participant,
            device: membership.device()?,
            seq: head.seq + 1,
            prev: head.link,
        };
        Ok(Self { tx, place, backup })
    }

    /// Where the next record goes.
    pub fn place(&self) -> Place {
        self.place
    }

    /// The head as it will be once the transaction is committed.
    pub fn head(&self) -> LogHead {
        LogHead { seq: self.place.seq - 1, link: self.place.prev }
    }

    /// Appends a record that was made for [`Self::place`].
    pub fn append(&mut self, record: &Record) -> Result<Target, Error> {
        self.tx.put(LOG, &log_id(record.header().seq), &record_bytes(record))?;
        self.place = Place::after(record);
        Ok(record.as_target())
    }

    /// A revision of an entry, sealed to its writer alone. The parts of its voice notes follow their record.
    pub fn entry(&mut self, entry: &Entry) -> Result<(Target, ContentKey), Error> {
        let parts = entry.parts();
        let sealer = Sealer::new(self.place, Kind::Entry).parts(parts.clone());
        let (target, content_key) = self.seal(sealer, &entry.to_bytes())?;
        for hash in parts {
            store::send_part(self.tx, &hash)?;
        }
        Ok((target, content_key))
    }

    /// Any sealed record with a backup slot.
    pub fn sealed(
        &mut self,
        kind: Kind,
        target: Option<Target>,
        plain: &[u8],
        study: Option<&SealingKey>,
    ) -> Result<(Target, ContentKey), Error> {
        let mut sealer = Sealer::new(self.place, kind).target(target);
        if let Some(key) = study {
            sealer = sealer.to_study(key);
        }
        self.seal(sealer, plain)
    }

    fn seal(&mut self, sealer: Sealer<'_>, plain: &[u8]) -> Result<(Target, ContentKey), Error> {
        let (record, content_key) = sealer.to_writer(&self.backup).seal(plain, &mut SystemRng)?;
        // Before "saved" shows, the record is opened again as a new phone would.
        let reopened = seal::open_with_backup(&record, &self.backup).and_then(|key| seal::open_body(&record, &key));
        if reopened.as_ref().map(|body| body.as_slice()) != Ok(plain) {
            return Err(Error::Stored("a record just sealed"));
        }
        Ok((self.append(&record)?, content_key))
    }

    /// Lets the study read a revision.
    pub fn grant(&mut self, target: Target, content_key: &ContentKey, study: &SealingKey) -> Result<Target, Error> {
        let record = seal::seal_grant(self.place, target, content_key, study, &mut SystemRng)?;
        self.append(&record)
    }
}
