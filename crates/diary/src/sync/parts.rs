//! Parts of voice notes: which are due, and what is written down when one has arrived.

use std::collections::BTreeSet;

use waymark_protocol::Hash;

use super::machine::Event;
use crate::Error;
use crate::diary::{Diary, Revision};
use crate::store::{self, PART, PART_TO_FETCH, PART_TO_SEND, ToFetch, ToSend};

impl Diary {
    /// The parts that are to be sent and to be fetched. Of those to be sent, the ones whose record the server has.
    pub(super) fn parts_due(&self) -> Result<Event, Error> {
        let reader = self.vault.reader();
        let receipted = self.membership()?.receipted_through();
        let send = store::parts_to_send(&reader)?.into_iter().filter(|(_, part)| part.listed_by <= receipted);
        let fetch = store::parts_to_fetch(&reader)?.into_iter();
        Ok(Event::Parts { send: send.map(|(hash, _)| hash).collect(), fetch: fetch.map(|(hash, _)| hash).collect() })
    }

    /// A part's bytes, as they are sent.
    pub(super) fn part_bytes(&self, part: &Hash) -> Result<Option<Vec<u8>>, Error> {
        Ok(store::part(&self.vault.reader(), part)?.map(|bytes| bytes.to_vec()))
    }

    /// The server has a part, or nobody has it any more.
    pub(super) fn part_arrived(&mut self, part: &Hash) -> Result<Event, Error> {
        self.vault.write(|tx| tx.delete(PART_TO_SEND, &part.0))?;
        Ok(Event::Settled)
    }

    /// The server gave a part, or said that it has not got it. What was taken back meanwhile is not kept.
    pub(super) fn part_came(&mut self, part: &Hash, bytes: Option<Vec<u8>>) -> Result<Event, Error> {
        self.vault.write(|tx| match (store::get::<ToFetch>(tx, PART_TO_FETCH, &part.0)?, bytes) {
            (None, _) => Ok(()),
            (Some(_), Some(bytes)) => {
                tx.put(PART, &part.0, &bytes)?;
                tx.delete(PART_TO_FETCH, &part.0)?;
                Ok::<_, Error>(())
            }
            (Some(ToFetch { missing: true }), None) => Ok(()),
            (Some(_), None) => store::put(tx, PART_TO_FETCH, &part.0, &ToFetch { missing: true }),
        })?;
        Ok(Event::Settled)
    }

    /// The server has lost records that it had receipted, so perhaps parts too: each is asked about again.
    pub(super) fn offer_parts_again(&mut self) -> Result<(), Error> {
        let device = self.membership()?.device()?;
        let listed_by = |revision: &Revision| match &revision.record {
            Some(record) if record.target.device == device => Some(record.target.seq),
            // Another device's record: the server has it, or nobody here can give it back.
            Some(_) => Some(0),
            None => None,
        };
        let mut offered = BTreeSet::new();
        let reader = self.vault.reader();
        for revision in self.entries.values().flatten() {
            let Some(listed_by) = listed_by(revision) else { continue };
            for part in revision.entry.parts() {
                if reader.get(PART_TO_FETCH, &part.0)?.is_none() {
                    offered.insert((part, listed_by));
                }
            }
        }
        if offered.is_empty() {
            return Ok(());
        }
        self.vault.write(|tx| {
            offered.iter().try_for_each(|(part, listed_by)| {
                store::put(tx, PART_TO_SEND, &part.0, &ToSend { listed_by: *listed_by })
            })
        })
    }
}
