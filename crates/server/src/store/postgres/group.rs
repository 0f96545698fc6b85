//! One group of pushes in one transaction: what they touch is read at once, they are decided in order in memory, and what they
//! bring is written at once.

use std::collections::{BTreeMap, HashMap, HashSet};

use deadpool_postgres::GenericClient;
use futures_util::try_join;
use waymark_protocol::api::{Epoch, Head, Receipt};
use waymark_protocol::record::{Kind, Target};
use waymark_protocol::{DeviceId, Hash, ParticipantId, StudyId};

use super::super::erasing::falls_with;
use super::super::error::StoreError;
use super::super::ingesting::IngestError;
use super::super::tokens::action;
use super::ending::{self, Late};
use super::erasing::{self, Columns, Erased};
use super::{counting, logs, parts, sql, tokens};
use crate::ingest::{self, DeviceScope, Hashed, Log, MOST_CHECKPOINTS, Push};

mod rows;

use rows::{Checkpoints, Records};

/// A push and who brings it.
pub struct Asked {
    /// Whose log it is.
    pub scope: DeviceScope,
    /// The push.
    pub push: Push,
    /// How many bytes of records its participant may have; none for as many as fit.
    pub quota: Option<u64>,
    /// When it came, in milliseconds since 1970.
    pub now: u64,
}

/// What became of a group. Nothing of it is so before the commit.
pub struct Taken {
    /// To each push in order.
    pub answers: Vec<Result<Receipt, IngestError>>,
    /// The study's head, if it has grown.
    pub head: Option<u64>,
    /// Whether parts are to be deleted.
    pub doomed: bool,
}

/// Takes a group, all of the same study.
pub async fn take(tx: &impl GenericClient, study: &StudyId, group: &[Asked]) -> Result<Taken, StoreError> {
    // Each later statement sees what was committed before the lock was given.
    let before = logs::lock(tx, study).await?;
    let before = before.ok_or_else(|| StoreError::Damaged("a device's study is not there".to_owned()))?;
    let mut standing = Standing::read(tx, study, group).await?;
    let mut writing = Writing {
        tx,
        study,
        head: before,
        records: Records::default(),
        brought: HashMap::new(),
        erasing: None,
        doomed: false,
    };
    let mut checkpoints = Checkpoints::default();
    let mut answers = Vec::with_capacity(group.len());
    let mut erased_at = Vec::new();
    for asked in group {
        let log = standing.logs.entry(asked.scope.device).or_insert_with(nothing);
        let replayed = match ingest::follow(log, &asked.push) {
            Ok(replayed) => replayed,
            Err(error) => {
                answers.push(Err(error.into()));
                continue;
            }
        };
        let new = &asked.push.records[replayed..];
        let stored = standing.stored.entry(asked.scope.participant).or_default();
        if let Err(error) = ingest::has_room(*stored, new, asked.quota) {
            answers.push(Err(error.into()));
            continue;
        }
        let late = standing.late.is(&asked.scope.participant);
        for hashed in new {
            *stored += hashed.stored_len(false) as u64;
            writing.keep(&mut standing.erasures, asked, hashed, late).await?;
            log.head = Head { seq: hashed.record.header().seq, link: hashed.link };
            log.links.insert(log.head.seq, log.head.link);
        }
        if new.iter().any(Hashed::erases) {
            erased_at.push(asked.now);
        }
        let Head { seq, link } = log.head;
        if standing.takes(asked) {
            checkpoints.add(asked, writing.next(), late);
        }
        answers.push(Ok(Receipt { accepted_through: seq, link, epoch: standing.epoch, time: asked.now }));
    }
    writing.erase(&mut standing.erasures).await?;
    let head = writing.head;
    // They touch different tables, and go out together.
    let brought = std::mem::take(&mut writing.brought);
    try_join!(
        writing.flush(),
        checkpoints.insert(tx, study),
        counting::add(tx, study, brought),
        set_head(tx, study, before, head),
    )?;
    for at in erased_at {
        tokens::audit_phone(tx, study, action::ERASED, at).await?;
    }
    Ok(Taken { answers, head: (head > before).then_some(head), doomed: writing.doomed })
}

async fn set_head(tx: &impl GenericClient, study: &StudyId, before: u64, head: u64) -> Result<(), StoreError> {
    if head > before {
        let sql = "UPDATE study SET head = $2 WHERE study = $1";
        sql::execute(tx, sql, &[&sql::bytes(&study.0), &sql::signed(head)]).await?;
    }
    Ok(())
}

fn nothing() -> Log {
    Log { head: Head { seq: 0, link: Hash::ZERO }, links: BTreeMap::new(), revoked_after: None }
}

/// What is there of whatever the group touches.
struct Standing {
    epoch: Epoch,
    logs: HashMap<DeviceId, Log>,
    checkpoints: HashSet<(DeviceId, [u8; 64])>,
    /// How many checkpoints of a place there are.
    kept: HashMap<(DeviceId, u64), u64>,
    erasures: Erasures,
    late: Late,
    /// How many bytes of records each participant has; what is erased here still counts.
    stored: HashMap<ParticipantId, u64>,
}

/// What has been erased, and by whom; nobody: by the study's order.
#[derive(Default)]
struct Erasures(HashSet<(Target, Option<ParticipantId>)>);

impl Erasures {
    fn hit(&self, target: &Target, participant: &ParticipantId) -> bool {
        self.0.contains(&(*target, None)) || self.0.contains(&(*target, Some(*participant)))
    }

    fn add(&mut self, targets: &[Target], by: &ParticipantId) {
        self.0.extend(targets.iter().map(|target| (*target, Some(*by))));
    }
}

impl Standing {
    /// The statements go out together. Each looks up single places by index, however long the logs are.
    async fn read(tx: &impl GenericClient, study: &StudyId, group: &[Asked]) -> Result<Self, StoreError> {
        let pushes = || group.iter().map(|asked| &asked.push);
        let (id, study) = (study, sql::bytes(&study.0));
        let devices: Vec<&[u8]> = group.iter().map(|asked| sql::bytes(&asked.scope.device.0)).collect();
        let first: Vec<i64> = pushes().map(|push| sql::signed(push.first_seq())).collect();
        let last: Vec<i64> = pushes().map(|push| sql::signed(push.checkpoint.seq)).collect();
        let signatures: Vec<&[u8]> = pushes().map(|push| sql::bytes(&push.checkpoint.signature.0)).collect();
        let named: Vec<Target> = pushes().flat_map(|push| &push.records).filter_map(Hashed::falls_with).collect();
        let named = Columns::of(&named);
        let participants: Vec<&[u8]> = group.iter().map(|asked| sql::bytes(&asked.scope.participant.0)).collect();

        let heads = "SELECT p.device, r.seq, r.link FROM unnest($2::bytea[]) AS p(device)
                     CROSS JOIN LATERAL (SELECT seq, link FROM record WHERE study = $1 AND device = p.device
                                         ORDER BY seq DESC LIMIT 1) r";
        let links = "SELECT p.device, r.seq, r.link FROM unnest($2::bytea[], $3::bigint[], $4::bigint[]) AS p(device, first, last)
                     CROSS JOIN LATERAL (SELECT seq, link FROM record
                                         WHERE study = $1 AND device = p.device AND seq BETWEEN p.first AND p.last
                                         ORDER BY seq LIMIT 1000) r";
        let revoked = "SELECT device, seq FROM revocation WHERE study = $1 AND device = ANY($2)";
        let checkpoints = "SELECT p.device, p.signature, p.seq, c.kept, c.known
                           FROM unnest($2::bytea[], $3::bigint[], $4::bytea[]) AS p(device, seq, signature)
                           CROSS JOIN LATERAL (SELECT count(*) AS kept, coalesce(bool_or(c.signature = p.signature), false) AS known
                                               FROM checkpoint c
                                               WHERE c.study = $1 AND c.device = p.device AND c.seq = p.seq) c";
        let erasures = "SELECT p.device, p.seq, p.link, e.participant
                        FROM unnest($2::bytea[], $3::bigint[], $4::bytea[]) AS p(device, seq, link)
                        CROSS JOIN LATERAL (SELECT participant FROM erasure e WHERE e.study = $1 AND e.device = p.device
                                              AND e.seq = p.seq AND e.link = p.link LIMIT 1000) e";
        let (head_params, link_params) =
            ([&study as _, &devices as _], [&study as _, &devices as _, &first as _, &last as _]);
        let checkpoint_params = [&study as _, &devices as _, &last as _, &signatures as _];
        let erasure_params = [&study as _, &named.devices as _, &named.seqs as _, &named.links as _];
        let (epoch, late, stored, heads, links, revoked, checkpoints, erasures) = try_join!(
            logs::epoch(tx),
            ending::late(tx, id, &participants),
            counting::stored(tx, id, &participants),
            sql::query(tx, heads, &head_params),
            sql::query(tx, links, &link_params),
            sql::query(tx, revoked, &head_params),
            sql::query(tx, checkpoints, &checkpoint_params),
            sql::query(tx, erasures, &erasure_params),
        )?;

        let mut logs: HashMap<DeviceId, Log> = HashMap::new();
        for row in &heads {
            let log = logs.entry(sql::device(row, 0)?).or_insert_with(nothing);
            log.head = Head { seq: sql::unsigned(row, 1)?, link: sql::hash(row, 2)? };
        }
        for row in &links {
            let log = logs.entry(sql::device(row, 0)?).or_insert_with(nothing);
            log.links.insert(sql::unsigned(row, 1)?, sql::hash(row, 2)?);
        }
        for row in &revoked {
            let (log, seq) = (logs.entry(sql::device(row, 0)?).or_insert_with(nothing), sql::unsigned(row, 1)?);
            log.revoked_after = Some(log.revoked_after.map_or(seq, |lowest| lowest.min(seq)));
        }
        let (checkpoints_known, kept) = (HashSet::new(), HashMap::new());
        let mut standing =
            Self { epoch, logs, checkpoints: checkpoints_known, kept, erasures: Erasures::default(), late, stored };
        for row in &checkpoints {
            let device = sql::device(row, 0)?;
            if row.try_get(4)? {
                standing.checkpoints.insert((device, sql::fixed(row, 1)?));
            }
            standing.kept.insert((device, sql::unsigned(row, 2)?), sql::unsigned(row, 3)?);
        }
        for row in &erasures {
            let target = Target { device: sql::device(row, 0)?, seq: sql::unsigned(row, 1)?, link: sql::hash(row, 2)? };
            let by = ParticipantId::from_slice(row.try_get(3)?);
            standing.erasures.0.insert((target, by));
        }
        Ok(standing)
    }

    /// Whether a push's checkpoint is new and has room; it is counted then.
    fn takes(&mut self, asked: &Asked) -> bool {
        let (device, checkpoint) = (asked.scope.device, &asked.push.checkpoint);
        let kept = self.kept.entry((device, checkpoint.seq)).or_default();
        let takes = *kept < MOST_CHECKPOINTS && self.checkpoints.insert((device, checkpoint.signature.0));
        *kept += u64::from(takes);
        takes
    }
}

impl Hashed {
    fn falls_with(&self) -> Option<Target> {
        falls_with(self.record.header(), &self.link)
    }
}

/// What is to be written, and the numbers given so far.
struct Writing<'a, C> {
    tx: &'a C,
    study: &'a StudyId,
    head: u64,
    records: Records<'a>,
    /// How many bytes each phone has brought.
    brought: HashMap<DeviceId, u64>,
    /// What the last records name that erase one record each, all of the same participant. They hit nothing of each other: they go
    /// to the database together, before the next record that they could hit.
    erasing: Option<(ParticipantId, Vec<Target>)>,
    doomed: bool,
}

impl<'a, C: GenericClient> Writing<'a, C> {
    fn next(&mut self) -> u64 {
        self.head += 1;
        self.head
    }

    async fn keep(
        &mut self,
        erasures: &mut Erasures,
        asked: &'a Asked,
        hashed: &'a Hashed,
        late: bool,
    ) -> Result<(), StoreError> {
        let DeviceScope { participant, device, .. } = &asked.scope;
        let header = hashed.record.header();
        let target = header.target.filter(|_| header.kind == Kind::Erase);
        if target.is_none() || self.erasing.as_ref().is_some_and(|(by, _)| by != participant) {
            self.erase(erasures).await?;
        }
        let erased = hashed.falls_with().is_some_and(|target| erasures.hit(&target, participant));
        let server_seq = self.next();
        *self.brought.entry(*device).or_default() += hashed.stored_len(erased) as u64;
        self.records.add(asked, hashed, server_seq, erased, late);
        if let Some(target) = target {
            self.erasing.get_or_insert_with(|| (*participant, Vec::new())).1.push(target);
        } else if header.kind == Kind::Erase {
            // It hits what came before it in this group too.
            self.flush().await?;
            let erased = erasing::erase_all(self.tx, self.study, participant, device).await?;
            self.note(erasures, participant, &erased);
        }
        Ok(())
    }

    /// Erases what has been named: of this group too, as far as it has come.
    async fn erase(&mut self, erasures: &mut Erasures) -> Result<(), StoreError> {
        let Some((participant, targets)) = self.erasing.take() else {
            return Ok(());
        };
        self.flush().await?;
        let erased = erasing::erase(self.tx, self.study, Some(&participant), &targets).await?;
        self.note(erasures, &participant, &erased);
        Ok(())
    }

    fn note(&mut self, erasures: &mut Erasures, by: &ParticipantId, erased: &Erased) {
        erasures.add(&erased.targets, by);
        self.doomed |= erased.doomed;
    }

    async fn flush(&mut self) -> Result<(), StoreError> {
        let records = std::mem::take(&mut self.records);
        let tombstones = records.insert(self.tx, self.study).await?;
        self.doomed |= parts::doom(self.tx, self.study, &tombstones).await?;
        Ok(())
    }
}
