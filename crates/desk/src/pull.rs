//! Pulling: what is new is stored page by page, then everything is judged again.
//!
//! ```text
//! after = cursor ──► page ──► one transaction: its records and the cursor ──► … ──► empty page
//! epoch changed, or the server's head lies before the cursor       ─┐
//! or something is missing, withheld, refused, waiting or malformed  ─┴► one look at everything from 0
//! ```
//!
//! The server is told what it has not heard, or what it may have forgotten with a restore (`telling.rs`). Then come the parts of shared recordings.
//!
//! A crash repeats nothing that was stored and loses nothing. The full look lets the desk mend by itself what a broken answer
//! or a server restored from a backup has left behind; and only it can tell that the server shows less than before.

use std::collections::HashSet;

use waymark_protocol::api::Epoch;
use waymark_protocol::genesis::GenesisProof;
use waymark_protocol::proof::{Standing, State};
use waymark_protocol::record::Target;
use waymark_protocol::sighting::{MAX_HEADS, Sighting};

use crate::account::{Account, Totals};
use crate::collection::{Change, Collection, CollectionError, Cursor, Look};
use crate::desk::Desk;
use crate::destroy::Doomed;
use crate::judged::{JudgedPerson, JudgedRecord, judge_all};
use crate::orders;
use crate::participants::Labels;
use crate::progress::{Progress, Step};
use crate::recordings;
use crate::telling::{self, Which};
use crate::transport::{Page, Server, TransportError};
use crate::verify::Report;

/// Why a pull did not come to its end. What was stored by then stays.
#[derive(Debug, thiserror::Error)]
pub enum PullError {
    /// The server.
    #[error(transparent)]
    Server(#[from] TransportError),
    /// The desk's file.
    #[error(transparent)]
    Collection(#[from] CollectionError),
}

impl From<waymark_vault::Error> for PullError {
    fn from(error: waymark_vault::Error) -> Self {
        Self::Collection(error.into())
    }
}

/// What a pull ends with.
#[derive(Debug)]
pub struct Pulled {
    /// The account over the whole collection.
    pub totals: Totals,
    /// What is said of the devices.
    pub report: Report,
}

/// Pulls what is new, destroys what was withdrawn, and accounts for everything.
pub async fn pull(desk: &mut Desk, now_ms: u64, progress: &Progress) -> Result<Pulled, PullError> {
    let server = desk.server()?;
    pull_over(&server, desk, now_ms, progress).await
}

/// As [`pull`], from a server that is given.
pub async fn pull_over(
    server: &Server,
    desk: &mut Desk,
    now_ms: u64,
    progress: &Progress,
) -> Result<Pulled, PullError> {
    let mut collection = Collection::load(desk.vault.reader())?;
    let mut pull = Pull { desk, server, collection: &mut collection, now_ms, progress };
    pull.pull().await?;
    desk.note_collected(now_ms)?;
    progress.say(Step::Opening);
    let account = Account::of(&desk.identity, &desk.keys, &collection);
    let pulled = Pulled { totals: account.totals(), report: Report::of(&account, &Labels::load(desk.vault.reader())?) };
    // A sighting helps phones; without it nothing is lost here, and the next pull sends a newer one.
    let _ = post_sighting(desk, server, &account.judged, now_ms).await;
    Ok(pulled)
}

struct Pull<'p> {
    desk: &'p mut Desk,
    server: &'p Server,
    collection: &'p mut Collection,
    now_ms: u64,
    progress: &'p Progress,
}

/// Where reading on ended.
struct ReadOn {
    /// False when the server is not where it was: another epoch, or a head before the cursor.
    all_seen: bool,
    /// The server's, then.
    epoch: Epoch,
}

impl Pull<'_> {
    async fn pull(&mut self) -> Result<(), PullError> {
        let cursor = Cursor::load(self.desk.vault.reader())?;
        if cursor.is_none() {
            // By what could it know the server again? Once there is a cursor, it has been told everything.
            telling::tell::<PullError>(self.desk, self.server, self.collection, Which::All, self.now_ms).await?;
        }
        let ReadOn { all_seen, epoch } = self.read_on(cursor).await?;
        // What was withdrawn is destroyed also when the server takes nothing.
        let told = self.tell(if all_seen { Which::Unheard } else { Which::All }).await;
        let mendable = self.destroy()?;
        told?;
        if !all_seen || mendable {
            self.look_at_all(epoch).await?;
            self.destroy()?;
        }
        self.collect_parts().await
    }

    async fn tell(&mut self, which: Which) -> Result<(), PullError> {
        telling::tell::<PullError>(self.desk, self.server, self.collection, which, self.now_ms).await?;
        self.exchange_orders().await
    }

    /// Reads on from the cursor.
    async fn read_on(&mut self, cursor: Option<Cursor>) -> Result<ReadOn, PullError> {
        let mut after = cursor.map_or(0, |cursor| cursor.after);
        let mut epoch = cursor.map(|cursor| cursor.epoch);
        loop {
            let page = self.page(after).await?;
            if *epoch.get_or_insert(page.epoch) != page.epoch || page.head < after {
                return Ok(ReadOn { all_seen: false, epoch: page.epoch });
            }
            let Some(last) = last_of(&page, after)? else {
                // Also a desk that has nothing yet knows the server again.
                if cursor.is_none() && after == 0 {
                    self.store(&[], Some(Cursor { epoch: page.epoch, after }))?;
                }
                return Ok(ReadOn { all_seen: true, epoch: page.epoch });
            };
            let changes = self.collection.admit(page.items, None);
            self.store(&changes, Some(Cursor { epoch: page.epoch, after: last }))?;
            after = last;
        }
    }

    /// Reads everything from the beginning. What is new is stored page by page; what the server no longer shows is known, and
    /// the cursor moves, only when the end is reached. A server that is no longer in the epoch that it was told in has been restored
    /// meanwhile and counts anew: what was read so far says nothing of what it shows from here on. The next pull tells it
    /// everything, and looks again.
    async fn look_at_all(&mut self, epoch: Epoch) -> Result<(), PullError> {
        let mut look = Look::default();
        let mut after = 0;
        loop {
            let page = self.page(after).await?;
            if page.epoch != epoch {
                return Err(TransportError::Restored.into());
            }
            let Some(last) = last_of(&page, after)? else { break };
            let changes = self.collection.admit(page.items, Some(&mut look));
            self.store(&changes, None)?;
            after = last;
        }
        let forgettable = self.forgettable();
        let changes = self.collection.end_look(&look, |target| forgettable.contains(target));
        self.store(&changes, Some(Cursor { epoch, after }))
    }

    async fn page(&self, after: u64) -> Result<Page, PullError> {
        self.progress.say(Step::Records(self.collection.records().count()));
        Ok(self.server.records(self.desk.identity.study, after).await?)
    }

    /// Reads orders, and gives those that the server does not show: it lost them with a restore, or never heard of them.
    async fn exchange_orders(&mut self) -> Result<(), PullError> {
        let identity = &self.desk.identity;
        let mut orders = self.server.orders(identity.study).await?;
        orders::give(self.server, identity, orders::missing(identity, self.collection, &orders)).await?;
        let keys = &identity.document.signing_keys;
        orders.erasures.retain(|order| order.verify(&identity.study, keys).is_ok());
        orders.revocations.retain(|revocation| revocation.study == identity.study);
        let changes = self.collection.add_orders(orders.erasures, orders.revocations);
        self.store(&changes, None)
    }

    /// Collects the parts of recordings that the study may hear, one after the other: each is stored before the next is asked
    /// for. What the server does not have, the next pull asks for again.
    async fn collect_parts(&mut self) -> Result<(), PullError> {
        let study = self.desk.identity.study;
        if !recordings::may_lack(&judge_all(&self.desk.identity, self.collection), self.collection) {
            return Ok(());
        }
        let account = Account::of_records(&self.desk.identity, &self.desk.keys, self.collection);
        let needed = recordings::needed(&account.people, self.collection);
        drop(account);
        for (at, part) in needed.iter().enumerate() {
            self.progress.say(Step::Part { part: at + 1, of: needed.len() });
            let bytes = match self.server.part(study, part.id.participant, part.id.hash).await {
                Ok(Some(bytes)) => bytes,
                // One that the server cannot give now does not keep the others; the account says what is missing.
                Ok(None) | Err(TransportError::Trouble(_) | TransportError::Garbage(_)) => continue,
                Err(error) => return Err(error.into()),
            };
            self.collection.note_part(part.id, part.state_of(&bytes));
            let collection = &*self.collection;
            self.desk.vault.write(|tx| collection.store_part(tx, &part.id, &bytes))?;
        }
        Ok(())
    }

    fn store(&mut self, changes: &[Change], cursor: Option<Cursor>) -> Result<(), PullError> {
        if changes.is_empty() && cursor.is_none() {
            return Ok(());
        }
        let collection = &*self.collection;
        self.desk.vault.write(|tx| {
            collection.store(tx, changes)?;
            cursor.map_or(Ok(()), |cursor| cursor.store(tx))
        })?;
        Ok(())
    }

    /// Destroys what was withdrawn; says whether reading everything again could mend something.
    fn destroy(&mut self) -> Result<bool, PullError> {
        let judged = judge_all(&self.desk.identity, self.collection);
        let mendable = self.collection.malformed().len() > 0 || judged.iter().any(lacks_something);
        let doomed = Doomed::among(&judged);
        drop(judged);
        doomed.destroy(&mut self.desk.vault, self.collection)?;
        Ok(mendable)
    }

    /// Records that never counted: to be forgotten when the server no longer shows them. A genesis that an invitation proves is
    /// not among them: hiding it again must not make another device under the same code believed.
    fn forgettable(&self) -> HashSet<Target> {
        let identity = &self.desk.identity;
        let judged = judge_all(identity, self.collection);
        let refused = judged.iter().flat_map(JudgedPerson::records);
        refused
            .filter(|record| matches!(record.standing, Standing::Refused(_)))
            .filter(|record| {
                !record.seen.genesis.as_ref().is_some_and(|genesis| {
                    let keys = &identity.document.signing_keys;
                    matches!(genesis.proof, GenesisProof::Invitation { .. })
                        && genesis.verify_invitation(&identity.study, &record.seen.header.participant, keys).is_ok()
                })
            })
            .map(|record| *record.target)
            .collect()
    }
}

/// Whether something of this participant is missing, withheld or refused; or waits for its checkpoint, which a server has with every
/// push: one that does not come was lost or changed on the way. What a stopped phone has after its last record that counts stays as it
/// is.
fn lacks_something(person: &JudgedPerson<'_>) -> bool {
    let is_mendable = |record: &JudgedRecord<'_>| matches!(record.standing, Standing::Refused(_) | Standing::Waiting);
    person.devices.iter().any(|device| match device.state {
        State::Gap | State::Withheld | State::Unproven => true,
        State::Revoked => device.records.iter().any(|record| record.target.seq <= device.seq && is_mendable(record)),
        State::Complete | State::Behind | State::Fork | State::RolledBack => device.records.iter().any(is_mendable),
    })
}

/// The greatest `server_seq` of a page; none when it is empty.
fn last_of(page: &Page, after: u64) -> Result<Option<u64>, TransportError> {
    match page.items.iter().map(|item| item.server_seq).max() {
        Some(last) if last <= after => Err(TransportError::Garbage("it repeats records that were not asked for")),
        last => Ok(last),
    }
}

async fn post_sighting(
    desk: &Desk,
    server: &Server,
    judged: &[JudgedPerson<'_>],
    now_ms: u64,
) -> Result<(), TransportError> {
    let devices = judged.iter().flat_map(|person| &person.devices);
    let heads = devices.filter_map(|device| {
        let covered = device.records.iter().filter(|record| record.standing == Standing::Covered);
        covered.map(|record| *record.target).max_by_key(|target| target.seq)
    });
    let heads: Vec<Target> = heads.take(MAX_HEADS).collect();
    if heads.is_empty() {
        return Ok(());
    }
    let sighting = Sighting::sign(&desk.keys.signing, desk.identity.study, now_ms, heads);
    server.post_sighting(desk.identity.study, &sighting).await
}
