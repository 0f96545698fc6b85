//! Phones, what they have signed of their logs, and the server's order.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};
use waymark_protocol::checkpoint::Checkpoint;
use waymark_protocol::keys::{Signature, VerifyingKey};
use waymark_protocol::{DeviceId, Hash, ParticipantId, StudyId};

use super::findings::{Fault, Findings};
use crate::store::sqlite::column::{self, signed};

/// Each phone's person and key.
pub type Devices = BTreeMap<DeviceId, (ParticipantId, VerifyingKey)>;

/// A study's phones, each with the name that its key gives it.
pub fn devices(connection: &Connection, study: StudyId, findings: &mut Findings) -> rusqlite::Result<Devices> {
    let mut statement = connection.prepare("SELECT device, participant, device_key FROM device WHERE study = ?1")?;
    let mut rows = statement.query([study.0])?;
    let mut devices = Devices::new();
    while let Some(row) = rows.next()? {
        let (device, participant) = (column::device(row, 0)?, column::participant(row, 1)?);
        let key = VerifyingKey(column::fixed(row, 2)?);
        if DeviceId::of(&key) != device {
            findings.add(Fault::Device, Some(study), format!("phone {device}: its name is not that of its key"));
        }
        devices.insert(device, (participant, key));
    }
    Ok(devices)
}

/// Every checkpoint is its phone's signature over what is there; every log is covered to its end.
pub fn check_checkpoints(
    connection: &Connection,
    study: StudyId,
    devices: &Devices,
    findings: &mut Findings,
) -> rusqlite::Result<()> {
    let sql =
        "SELECT device, participant, seq, link, local_head, device_time, signature FROM checkpoint WHERE study = ?1";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([study.0])?;
    let mut covered: BTreeMap<DeviceId, u64> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let checkpoint = Checkpoint {
            study,
            device: column::device(row, 0)?,
            seq: column::unsigned(row, 2)?,
            link: column::hash(row, 3)?,
            local_head: column::unsigned(row, 4)?,
            device_time: column::unsigned(row, 5)?,
            signature: Signature(column::fixed(row, 6)?),
        };
        let (device, seq) = (checkpoint.device, checkpoint.seq);
        let mut wrong = |what: &str| {
            findings.add(Fault::Checkpoint, Some(study), format!("phone {device}, checkpoint at {seq}: {what}"));
        };
        match devices.get(&device) {
            None => wrong("there is no such phone"),
            Some((participant, key)) => {
                if checkpoint.verify(key).is_err() {
                    wrong("the phone has not signed it");
                }
                if *participant != column::participant(row, 1)? {
                    wrong("it is filed under another person");
                }
            }
        }
        if link_at(connection, &study, &device, seq)? != Some(checkpoint.link) {
            wrong("the record there is not the one that the phone has signed for");
        }
        let furthest = covered.entry(device).or_default();
        *furthest = seq.max(*furthest);
    }
    let sql = "SELECT device, max(seq) FROM record WHERE study = ?1 GROUP BY device";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([study.0])?;
    while let Some(row) = rows.next()? {
        let (device, last) = (column::device(row, 0)?, column::unsigned(row, 1)?);
        let covered = covered.get(&device).copied().unwrap_or_default();
        if covered < last {
            let what = format!("phone {device}: no checkpoint covers the records {}…{last}", covered + 1);
            findings.add(Fault::Checkpoint, Some(study), what);
        }
    }
    Ok(())
}

fn link_at(connection: &Connection, study: &StudyId, device: &DeviceId, seq: u64) -> rusqlite::Result<Option<Hash>> {
    if seq == 0 {
        return Ok(Some(Hash::ZERO));
    }
    let sql = "SELECT link FROM record WHERE study = ?1 AND device = ?2 AND seq = ?3";
    let mut statement = connection.prepare_cached(sql)?;
    statement.query_row((study.0, device.0, signed(seq)), |row| column::hash(row, 0)).optional()
}

/// Each phone's records have as many bytes as the server counts.
pub fn check_counts(connection: &Connection, study: StudyId, findings: &mut Findings) -> rusqlite::Result<()> {
    let sql = "SELECT device, record_bytes,
                   (SELECT coalesce(sum(length(r.header) + coalesce(length(r.slots), 0) + coalesce(length(r.body), 0)), 0)
                    FROM record r WHERE r.study = device.study AND r.device = device.device)
               FROM device WHERE study = ?1 ORDER BY device";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([study.0])?;
    while let Some(row) = rows.next()? {
        let (counted, there): (i64, i64) = (row.get(1)?, row.get(2)?);
        if counted != there {
            let device = column::device(row, 0)?;
            let what = format!("phone {device}: its records have {there} bytes, and {counted} are counted");
            findings.add(Fault::Count, Some(study), what);
        }
    }
    Ok(())
}

/// The server's numbers go from 1 to the study's head, each once.
pub fn check_order(
    connection: &Connection,
    study: StudyId,
    head: u64,
    findings: &mut Findings,
) -> rusqlite::Result<()> {
    let sql = "SELECT server_seq FROM record WHERE study = ?1
               UNION ALL SELECT server_seq FROM checkpoint WHERE study = ?1 ORDER BY 1";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([study.0])?;
    let mut last = 0;
    while let Some(row) = rows.next()? {
        let number = column::unsigned(row, 0)?;
        if number != last + 1 {
            let what = if number <= last {
                format!("the server's number {number} was given twice")
            } else {
                format!("the server's numbers {}…{} are missing", last + 1, number - 1)
            };
            findings.add(Fault::Order, Some(study), what);
        }
        last = number;
    }
    if last != head {
        findings.add(
            Fault::Order,
            Some(study),
            format!("the server has given {head} numbers, the last one here is {last}"),
        );
    }
    Ok(())
}
