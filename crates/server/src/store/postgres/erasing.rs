//! Erasing in the transaction of whatever says so, under the study's lock. The old rows stay in the files until the sweep, see
//! [`super::sweeping`].

use deadpool_postgres::GenericClient;
use waymark_protocol::record::Target;
use waymark_protocol::{DeviceId, ParticipantId, StudyId};

use super::super::erasing::{Standing, erasable_kinds, hits};
use super::super::error::StoreError;
use super::{counting, parts, sql};

/// What an erasure did.
#[derive(Debug, Default)]
pub struct Erased {
    /// What it hits, now or when it comes.
    pub targets: Vec<Target>,
    /// Whether parts are to be deleted.
    pub doomed: bool,
}

/// Erases `targets`, now or when they arrive. `by` is the participant whose record says so; none for an order of the study.
pub async fn erase(
    tx: &impl GenericClient,
    study: &StudyId,
    by: Option<&ParticipantId>,
    targets: &[Target],
) -> Result<Erased, StoreError> {
    let (hit, standing) = hit(tx, study, by, targets).await?;
    if hit.is_empty() {
        return Ok(Erased::default());
    }
    let study_bytes = sql::bytes(&study.0);
    let by: &[u8] = by.map_or(&[], |by| &by.0);
    let columns = Columns::of(&hit);
    let (devices, seqs, links) = (&columns.devices, &columns.seqs, &columns.links);
    let sql = "INSERT INTO erasure (study, device, seq, link, participant)
               SELECT $1, t.device, t.seq, t.link, $5 FROM unnest($2::bytea[], $3::bigint[], $4::bytea[]) AS t(device, seq, link)
               ON CONFLICT DO NOTHING";
    sql::execute(tx, sql, &[&study_bytes, devices, seqs, links, &by]).await?;
    let which = format!(
        "record.study = $1 AND record.device = t.device AND record.seq = t.seq AND record.link = t.link AND kind IN ({})",
        erasable_kinds()
    );
    empty(tx, &which, &[&study_bytes, devices, seqs, links]).await?;
    let grants = "record.study = $1 AND target_device = t.device AND target_seq = t.seq AND target_link = t.link
                  AND kind = 2 AND ($5 = ''::bytea OR participant = $5)";
    empty(tx, grants, &[&study_bytes, devices, seqs, links, &by]).await?;
    let doomed = parts::doom(tx, study, &standing).await?;
    Ok(Erased { targets: hit, doomed })
}

/// Takes bodies and slots from the records that this condition is true of, for one of the targets `t`.
async fn empty(tx: &impl GenericClient, which: &str, params: sql::Params<'_>) -> Result<(), StoreError> {
    counting::free(tx, which, params).await?;
    let sql = format!(
        "UPDATE record SET slots = NULL, body = NULL
         FROM unnest($2::bytea[], $3::bigint[], $4::bytea[]) AS t(device, seq, link)
         WHERE {which}"
    );
    sql::execute(tx, &sql, params).await.map(drop)
}

/// Which of the targets an erasure hits, and the `server_seq` of those that are there.
async fn hit(
    tx: &impl GenericClient,
    study: &StudyId,
    by: Option<&ParticipantId>,
    targets: &[Target],
) -> Result<(Vec<Target>, Vec<i64>), StoreError> {
    let sql = "SELECT r.kind, r.participant, r.server_seq
               FROM unnest($2::bytea[], $3::bigint[], $4::bytea[]) WITH ORDINALITY AS t(device, seq, link, place)
               LEFT JOIN record r ON r.study = $1 AND r.device = t.device AND r.seq = t.seq AND r.link = t.link
               ORDER BY t.place";
    let columns = Columns::of(targets);
    let params: sql::Params<'_> = &[&sql::bytes(&study.0), &columns.devices, &columns.seqs, &columns.links];
    let rows = sql::query(tx, sql, params).await?;
    let (mut hit, mut there) = (Vec::new(), Vec::new());
    for (row, target) in rows.iter().zip(targets) {
        let kind: Option<i64> = row.try_get(0)?;
        let standing = match kind {
            Some(kind) => Some(Standing { kind: kind.cast_unsigned(), owner: sql::participant(row, 1)? }),
            None => None,
        };
        if hits(standing, by) {
            hit.push(*target);
            there.extend(row.try_get::<_, Option<i64>>(2)?);
        }
    }
    Ok((hit, there))
}

/// Erases all entries and notices so far of one device's log: what "so far" means is provable only there.
pub async fn erase_all(
    tx: &impl GenericClient,
    study: &StudyId,
    participant: &ParticipantId,
    device: &DeviceId,
) -> Result<Erased, StoreError> {
    let sql = "SELECT device, seq, link FROM record
               WHERE study = $1 AND participant = $2 AND device = $3 AND kind IN (1, 5) AND body IS NOT NULL";
    let params: sql::Params<'_> = &[&sql::bytes(&study.0), &sql::bytes(&participant.0), &sql::bytes(&device.0)];
    let mut targets = Vec::new();
    for row in sql::query(tx, sql, params).await? {
        let (device, seq, link) = (sql::device(&row, 0)?, sql::unsigned(&row, 1)?, sql::hash(&row, 2)?);
        targets.push(Target { device, seq, link });
    }
    erase(tx, study, Some(participant), &targets).await
}

/// Targets, column by column.
pub struct Columns<'a> {
    /// Their devices.
    pub devices: Vec<&'a [u8]>,
    /// Their places.
    pub seqs: Vec<i64>,
    /// Their links.
    pub links: Vec<&'a [u8]>,
}

impl<'a> Columns<'a> {
    /// Of these.
    pub fn of(targets: &'a [Target]) -> Self {
        Self {
            devices: targets.iter().map(|target| sql::bytes(&target.device.0)).collect(),
            seqs: targets.iter().map(|target| sql::signed(target.seq)).collect(),
            links: targets.iter().map(|target| sql::bytes(&target.link.0)).collect(),
        }
    }
}
