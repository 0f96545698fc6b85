//! Every record of a study: its link from the bytes that are there, and its place in its phone's log.

use std::collections::BTreeSet;

use rusqlite::{Connection, Row};
use waymark_protocol::genesis::Genesis;
use waymark_protocol::record::{Header, Kind, Target, link};
use waymark_protocol::{DeviceId, Hash, ParticipantId, StudyId};

use super::findings::{Fault, Findings};
use super::logs::Devices;
use crate::store::sqlite::{column, erasing};

const SQL: &str =
    "SELECT id, device, seq, participant, kind, link, slots_hash, body_hash, target_device, target_seq, target_link,
                       header, slots, body FROM record WHERE study = ?1 ORDER BY device, seq";

/// A record as it is kept.
struct Kept<'a> {
    id: i64,
    study: StudyId,
    device: DeviceId,
    seq: u64,
    participant: ParticipantId,
    kind: u64,
    link: Hash,
    slots_hash: Hash,
    body_hash: Hash,
    target: Option<Target>,
    header: &'a [u8],
    slots: Option<&'a [u8]>,
    body: Option<&'a [u8]>,
}

/// Where the last record of a log was.
struct Last {
    device: DeviceId,
    seq: u64,
    link: Hash,
}

/// Checks all of a study's.
pub fn check(
    connection: &Connection,
    study: StudyId,
    devices: &Devices,
    findings: &mut Findings,
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare(SQL)?;
    let mut rows = statement.query([study.0])?;
    let mut last: Option<Last> = None;
    while let Some(row) = rows.next()? {
        let kept = Kept::of(row, study)?;
        let before = last.take().filter(|last| last.device == kept.device);
        let mut wrong = |fault, what: &str| {
            let place = format!("phone {}, record {}: {what}", kept.device, kept.seq);
            findings.add(fault, Some(study), place);
        };
        kept.check_log(before.as_ref(), &mut wrong);
        kept.check_content(&mut wrong);
        match Header::parse(kept.header) {
            Err(why) => wrong(Fault::Record, &format!("the header cannot be read: {why}")),
            Ok(header) => {
                kept.check_header(&header, before.as_ref(), devices, &mut wrong);
                kept.check_erasure(connection, &header, &mut wrong)?;
                kept.check_parts(connection, &header, &mut wrong)?;
            }
        }
        last = Some(Last { device: kept.device, seq: kept.seq, link: kept.link });
    }
    Ok(())
}

impl<'a> Kept<'a> {
    fn of(row: &'a Row<'_>, study: StudyId) -> rusqlite::Result<Self> {
        let target = match column::bytes(row, 8)? {
            None => None,
            Some(_) => Some(Target {
                device: column::device(row, 8)?,
                seq: column::unsigned(row, 9)?,
                link: column::hash(row, 10)?,
            }),
        };
        Ok(Self {
            id: row.get(0)?,
            study,
            device: column::device(row, 1)?,
            seq: column::unsigned(row, 2)?,
            participant: column::participant(row, 3)?,
            kind: column::unsigned(row, 4)?,
            link: column::hash(row, 5)?,
            slots_hash: column::hash(row, 6)?,
            body_hash: column::hash(row, 7)?,
            target,
            header: column::bytes(row, 11)?.unwrap_or_default(),
            slots: column::bytes(row, 12)?,
            body: column::bytes(row, 13)?,
        })
    }

    fn check_log(&self, before: Option<&Last>, wrong: &mut impl FnMut(Fault, &str)) {
        let expected = before.map_or(1, |last| last.seq + 1);
        if self.seq != expected {
            wrong(Fault::Log, &format!("record {expected} of this phone is missing"));
        }
    }

    fn check_content(&self, wrong: &mut impl FnMut(Fault, &str)) {
        if self.slots.is_some_and(|slots| Hash::of(slots) != self.slots_hash) {
            wrong(Fault::Content, "the slots are not those that were sent");
        }
        if self.body.is_some_and(|body| Hash::of(body) != self.body_hash) {
            wrong(Fault::Content, "the body is not the one that was sent");
        }
        if self.slots.is_some() != self.body.is_some() {
            wrong(Fault::Content, "only one of body and slots is there");
        }
        if link(self.header, &self.slots_hash, &self.body_hash) != self.link {
            wrong(Fault::Record, "header, slots and body do not give the link that was signed");
        }
    }

    fn check_header(
        &self,
        header: &Header,
        before: Option<&Last>,
        devices: &Devices,
        wrong: &mut impl FnMut(Fault, &str),
    ) {
        let filed = (self.study, self.participant, self.device, self.seq, self.kind, self.target);
        let kind = u64::from(header.kind.number());
        if filed != (header.study, header.participant, header.device, header.seq, kind, header.target) {
            wrong(Fault::Record, "it is filed under something else than its header says");
        }
        let follows = before.is_none_or(|last| last.seq + 1 != self.seq || last.link == header.prev);
        if !follows {
            wrong(Fault::Log, "it does not link to the record before");
        }
        if self.body.is_some_and(|body| body.len() as u64 != header.body_len) {
            wrong(Fault::Content, "the body has another length than the header says");
        }
        match devices.get(&self.device) {
            None => wrong(Fault::Device, "there is no such phone"),
            Some((participant, _)) if *participant != self.participant => {
                wrong(Fault::Device, "the phone is another person's");
            }
            Some((_, key)) if header.kind == Kind::Genesis => {
                let genesis = self.body.and_then(|body| Genesis::parse(body).ok());
                if genesis.is_none_or(|genesis| genesis.device_key != *key) {
                    wrong(Fault::Device, "the first record does not carry the phone's key");
                }
            }
            Some(_) => {}
        }
    }

    fn check_erasure(
        &self,
        connection: &Connection,
        header: &Header,
        wrong: &mut impl FnMut(Fault, &str),
    ) -> rusqlite::Result<()> {
        let there = self.slots.is_some() || self.body.is_some();
        match (erasing::is_erased(connection, header, &self.link)?, there) {
            (true, true) => wrong(Fault::Erasure, "it was erased, and its bytes are here"),
            (false, false) => wrong(Fault::Content, "body and slots are missing, and nobody has erased them"),
            _ => {}
        }
        Ok(())
    }

    /// The parts that it lists are those that its header lists.
    fn check_parts(
        &self,
        connection: &Connection,
        header: &Header,
        wrong: &mut impl FnMut(Fault, &str),
    ) -> rusqlite::Result<()> {
        let mut statement =
            connection.prepare_cached("SELECT hash, study, participant FROM record_part WHERE record = ?1")?;
        let listed = statement.query_map([self.id], |row| {
            Ok((column::hash(row, 0)?, column::study(row, 1)?, column::participant(row, 2)?))
        })?;
        let listed: BTreeSet<_> = listed.collect::<Result<_, _>>()?;
        let own = header.parts.iter().map(|hash| (*hash, header.study, header.participant)).collect();
        if listed != own {
            wrong(Fault::Part, "the parts that the server has noted are not those that the header lists");
        }
        Ok(())
    }
}
