//! Erasing by the study's signed order, for a participant who asks in another way than by the phone.
//!
//! ```text
//! pull ──► prepare: which records ──► carry out: orders signed and kept ──► destroyed here ──► given to the server
//! ```
//!
//! An order names one record, so what a phone sends later is not erased by it. What the participant has agreed to stays, and so does
//! the word that somebody has left: without it, what was written after leaving would open. A header, a time and a size stay of
//! every erased record, so that the rest can still be proved complete.

use std::collections::HashSet;

use rand_core::Rng;
use serde::Serialize;
use waymark_protocol::api::Orders;
use waymark_protocol::content::{Notice, What};
use waymark_protocol::order::{ErasureOrder, OrderId};
use waymark_protocol::proof::Standing;
use waymark_protocol::record::{Kind, Record, Target};
use waymark_protocol::seal::open_body;
use waymark_protocol::{EntryId, ParticipantId};
use waymark_vault::{SystemRng, Table};

use crate::account::{Account, Class, PersonAccount};
use crate::collection::{Collection, CollectionError};
use crate::desk::Desk;
use crate::destroy::Doomed;
use crate::judged::{JudgedPerson, JudgedRecord, judge_all};
use crate::keys::StudyKeys;
use crate::orders;
use crate::participants::{self, Unknown};
use crate::progress::Progress;
use crate::pull::{PullError, pull};
use crate::transcripts;
use crate::transport::TransportError;
use crate::verify::Report;

/// Entries that were ordered away by name: nothing else here would still know them.
const ENTRIES: Table = Table::new("ordered entries");
const LONGEST_REASON: usize = 500;

/// Why nothing was erased, or not everywhere.
#[derive(Debug, thiserror::Error)]
pub enum EraseError {
    /// There is nobody of this name.
    #[error(transparent)]
    Unknown(#[from] Unknown),
    /// Not a reason.
    #[error("a reason is one line of at most {LONGEST_REASON} bytes")]
    Reason,
    /// The participant has shared no such entry.
    #[error("the participant has shared no entry {0}: an export in csv or jsonl names each entry")]
    NoEntry(EntryId),
    /// What must be known before anything is ordered could not be fetched.
    #[error("{0}; nothing was ordered")]
    Pull(#[source] PullError),
    /// The desk's file.
    #[error(transparent)]
    Collection(#[from] CollectionError),
    /// The server did not hear of it.
    #[error("{0}; it is destroyed here and the orders are kept: the next `pull` gives them to the server")]
    NotSent(#[source] TransportError),
}

/// How far an erasure reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// These entries, each with all its revisions.
    Entries(Vec<EntryId>),
    /// Everything that the study was given.
    Shared,
    /// That, and the sealed copies on the server of what the writer keeps private.
    PrivateToo,
}

/// What an erasure is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// Shared entries, each revision counted.
    pub entries: usize,
    /// Notices: time off, phases.
    pub notices: usize,
    /// Sealed copies of what the writer keeps private.
    pub private: usize,
}

/// An erasure that has not been ordered yet.
#[derive(Debug)]
pub struct Prepared {
    /// The participant's label.
    pub participant: String,
    /// What there is to erase.
    pub counts: Counts,
    /// How much of the same was erased before: entries that were named, else records of all kinds.
    pub before: usize,
    /// How many interviews of the participant are at the desk, which no order reaches; none is counted where single entries are erased.
    pub transcripts: usize,
    /// What the pull before it has proved.
    pub report: Report,
    id: ParticipantId,
    reason: String,
    targets: Vec<Target>,
    entries: Vec<EntryId>,
}

/// An erasure that was ordered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Erased {
    /// The participant's label.
    pub participant: String,
    /// What was erased now.
    pub erased: Counts,
    /// See [`Prepared::before`].
    pub before: usize,
    /// See [`Prepared::transcripts`]. They are still there.
    #[serde(skip_serializing_if = "is_none")]
    pub transcripts: usize,
}

fn is_none(number: &usize) -> bool {
    *number == 0
}

/// Pulls, and says what an erasure would take. Nothing is ordered yet. The participant is named by label or number; the server and
/// the participant's phones get to know the reason as it stands.
///
/// # Errors
///
/// Somebody unknown, an entry that was not shared, a reason that is too long, no connection, or the desk's file; see [`EraseError`].
pub async fn prepare(
    desk: &mut Desk,
    name: &str,
    reach: &Reach,
    reason: &str,
    now_ms: u64,
    progress: &Progress,
) -> Result<Prepared, EraseError> {
    let (id, participant) = participants::find(participants::load_known(desk)?, name)?;
    if reason.len() > LONGEST_REASON || reason.chars().any(char::is_control) {
        return Err(EraseError::Reason);
    }
    let report = pull(desk, now_ms, progress).await.map_err(EraseError::Pull)?.report;
    let collection = Collection::load(desk.vault.reader())?;
    let account = Account::of_records(&desk.identity, &desk.keys, &collection);
    let person = account.judged.iter().zip(&account.people).find(|(judged, _)| judged.participant == Some(id));
    let mut prepared = Prepared {
        participant: participant.label,
        counts: Counts::default(),
        before: 0,
        transcripts: match reach {
            Reach::Entries(_) => 0,
            Reach::Shared | Reach::PrivateToo => {
                transcripts::all(desk.vault.reader())?.iter().filter(|each| each.participant == id).count()
            }
        },
        report,
        id,
        reason: reason.to_owned(),
        targets: Vec::new(),
        entries: Vec::new(),
    };
    match (reach, person) {
        (Reach::Entries(entries), person) => {
            for entry in entries {
                prepared.add_entry(desk, person.map(|(_, account)| account), *entry)?;
            }
        }
        (_, None) => {}
        (Reach::Shared, Some((judged, _))) => prepared.add_all(judged, &desk.keys, false),
        (Reach::PrivateToo, Some((judged, _))) => prepared.add_all(judged, &desk.keys, true),
    }
    Ok(prepared)
}

/// Signs the orders, keeps them, destroys here what they name, and gives them to the server.
///
/// # Errors
///
/// The desk's file, or a server that did not hear of it; see [`EraseError`].
pub async fn carry_out(desk: &mut Desk, prepared: Prepared, now_ms: u64) -> Result<Erased, EraseError> {
    let Prepared { participant, counts, before, transcripts, id, reason, targets, entries, .. } = prepared;
    let erased = Erased { participant, erased: counts, before, transcripts };
    if targets.is_empty() {
        return Ok(erased);
    }
    let sign = |target| {
        let mut order = OrderId([0; 16]);
        SystemRng.fill_bytes(&mut order.0);
        ErasureOrder::sign(&desk.keys.signing, order, desk.identity.study, target, now_ms, reason.clone())
    };
    let erasures: Vec<ErasureOrder> = targets.into_iter().map(sign).collect();
    let mut collection = Collection::load(desk.vault.reader())?;
    let changes = collection.add_orders(erasures.clone(), Vec::new());
    desk.vault.write(|tx| {
        for entry in &entries {
            tx.put(ENTRIES, &entry_key(&id, entry), &now_ms.to_be_bytes())?;
        }
        collection.store(tx, &changes)
    })?;
    let doomed = Doomed::among(&judge_all(&desk.identity, &collection));
    doomed.destroy(&mut desk.vault, &mut collection)?;
    let server = desk.server().map_err(EraseError::NotSent)?;
    let given = orders::give(&server, &desk.identity, Orders { erasures, revocations: Vec::new() }).await;
    given.map_err(EraseError::NotSent)?;
    Ok(erased)
}

impl Prepared {
    /// Whether nothing is left to erase.
    pub fn is_empty(&self) -> bool {
        self.targets.is_empty()
    }

    fn add_entry(&mut self, desk: &Desk, person: Option<&PersonAccount<'_>>, entry: EntryId) -> Result<(), EraseError> {
        let lines = person.iter().flat_map(|person| &person.lines);
        let revisions = lines.filter(|line| matches!(&line.class, Class::Opened(opened) if opened.entry == entry));
        let targets: Vec<Target> = revisions.map(|line| *line.target).collect();
        let known = desk.vault.reader().get(ENTRIES, &entry_key(&self.id, &entry)).map_err(CollectionError::from)?;
        match (targets.is_empty(), known.is_some()) {
            (true, false) => return Err(EraseError::NoEntry(entry)),
            (true, true) => self.before += 1,
            (false, _) if self.entries.contains(&entry) => {}
            (false, _) => {
                self.counts.entries += targets.len();
                self.targets.extend(targets);
                self.entries.push(entry);
            }
        }
        Ok(())
    }

    fn add_all(&mut self, person: &JudgedPerson<'_>, keys: &StudyKeys, private_too: bool) {
        // What no checkpoint covers anybody may have written: no order is signed for it, nor because of it.
        let covered = |record: &JudgedRecord<'_>| record.standing == Standing::Covered;
        let grants = person.records().filter(|record| record.seen.header.kind == Kind::Grant && covered(record));
        let granted: HashSet<Target> = grants.filter_map(|grant| grant.seen.header.target).collect();
        for record in person.records().filter(|record| record.seen.header.kind.is_erasable()) {
            if person.erased.contains(&record.seen) {
                self.before += 1;
                continue;
            }
            if !covered(record) {
                continue;
            }
            let count = match what(record, &granted, keys) {
                Is::Leaving => continue,
                Is::Private if !private_too => continue,
                Is::Private => &mut self.counts.private,
                Is::Entry => &mut self.counts.entries,
                Is::Notice => &mut self.counts.notices,
            };
            *count += 1;
            self.targets.push(*record.target);
        }
    }
}

/// What an erasable record is to an erasure.
enum Is {
    Entry,
    Notice,
    Leaving,
    Private,
}

fn what(record: &JudgedRecord<'_>, granted: &HashSet<Target>, keys: &StudyKeys) -> Is {
    let whole = record.stored.whole();
    let to_study = whole.is_some_and(|whole| whole.slots().has_study());
    match record.seen.header.kind {
        Kind::Entry if to_study || granted.contains(record.target) => Is::Entry,
        Kind::Notice if whole.is_none_or(|notice| to_study && may_be_leaving(notice, keys)) => Is::Leaving,
        Kind::Notice if to_study => Is::Notice,
        _ => Is::Private,
    }
}

/// One whose contents are withheld, or that does not open with the keys that this desk has, may be the word of leaving.
fn may_be_leaving(notice: &Record, keys: &StudyKeys) -> bool {
    let plain = keys.open(notice).and_then(|content| open_body(notice, &content));
    let read = plain.ok().and_then(|plain| Notice::parse(&plain).ok());
    read.is_none_or(|notice| matches!(notice.what, What::Left { .. }))
}

fn entry_key(participant: &ParticipantId, entry: &EntryId) -> [u8; 32] {
    let mut key = [0; 32];
    key[..16].copy_from_slice(&participant.0);
    key[16..].copy_from_slice(&entry.0);
    key
}
