//! Parts of voice notes: which are due, and what is written down when one has arrived.

use std::collections::BTreeSet;

use waymark_protocol::Hash;

use super::machine::Event;
use crate::Error;
use crate::diary::Diary;
use crate::store::{self, PART, PART_LET_GO, PART_TO_FETCH, PART_TO_SEND, RecordRef, ToFetch};

impl Diary {
    /// The parts that are to be sent and to be fetched, without those that wait for their writer. Of those to be sent, the ones
    /// that a record lists which the server has.
    pub(super) fn parts_due(&self) -> Result<Event, Error> {
        let membership = self.membership()?;
        let (device, receipted) = (membership.device()?, membership.receipted_through());
        let mut unsent = self.parts_going_out()?;
        let mut send = Vec::new();
        for revision in self.entries.values().flatten() {
            // What another device recorded is on the server, or would not be here.
            let there = |record: &RecordRef| record.target.device != device || record.target.seq <= receipted;
            if revision.record.as_ref().is_some_and(there) {
                send.extend(revision.entry.parts().into_iter().filter(|part| unsent.remove(part)));
            }
        }
        let fetch = self.parts_coming_in()?;
        Ok(Event::Parts { send, fetch: fetch.into_iter().map(|(hash, _)| hash).collect() })
    }

    /// A part's bytes, as they are sent.
    pub(super) fn part_bytes(&self, part: &Hash) -> Result<Option<Vec<u8>>, Error> {
        Ok(store::part(&self.vault.reader(), part)?.map(|bytes| bytes.to_vec()))
    }

    /// The server has a part, or nobody has it any more.
    pub(super) fn part_arrived(&mut self, part: &Hash) -> Result<Event, Error> {
        self.vault.write(|tx| {
            tx.delete(PART_TO_SEND, &part.0)?;
            tx.delete(PART_LET_GO, &part.0)
        })?;
        Ok(Event::Settled)
    }

    /// The server gave a part, or said that it has not got it. What was taken back meanwhile is not kept.
    pub(super) fn part_came(&mut self, part: &Hash, bytes: Option<Vec<u8>>) -> Result<Event, Error> {
        self.vault.write(|tx| match (store::get::<ToFetch>(tx, PART_TO_FETCH, &part.0)?, bytes) {
            (None, _) => Ok(()),
            (Some(_), Some(bytes)) => {
                tx.put(PART, &part.0, &bytes)?;
                tx.delete(PART_TO_FETCH, &part.0)?;
                tx.delete(PART_LET_GO, &part.0)?;
                Ok::<_, Error>(())
            }
            (Some(ToFetch { missing: true }), None) => Ok(()),
            (Some(_), None) => store::put(tx, PART_TO_FETCH, &part.0, &ToFetch { missing: true }),
        })?;
        Ok(Event::Settled)
    }

    /// The server has lost records that it had receipted, so perhaps parts too: each is asked about again.
    pub(super) fn offer_parts_again(&mut self) -> Result<(), Error> {
        let recorded = self.entries.values().flatten().filter(|revision| revision.record.is_some());
        let parts: BTreeSet<Hash> = recorded.flat_map(|revision| revision.entry.parts()).collect();
        let reader = self.vault.reader();
        let mut missing = BTreeSet::new();
        for part in &parts {
            if !reader.has(PART, &part.0)? {
                missing.insert(*part);
            }
        }
        self.vault.write(|tx| parts.difference(&missing).try_for_each(|part| store::send_part(tx, part)))
    }
}
