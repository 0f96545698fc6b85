//! What was receipted is on the server.

use std::collections::BTreeMap;

use axum::http::Method;
use waymark_protocol::record::wire::{RawItem, read_feed};
use waymark_protocol::record::{Kind, Record};
use waymark_protocol::{DeviceId, Hash};

use super::erased;
use crate::world::{Broken, World, broken, trouble};

const RECEIPTED: &str = "2: a receipted record is on the server, once, byte for byte";

impl World {
    pub(super) async fn what_was_receipted_is_on_the_server(&self) -> Result<(), Broken> {
        let held = self.server_holds().await?;
        let receipted = self.wire.tape(|tape| tape.receipted.clone());
        let erased = self.wire.tape(|tape| erased(&tape.left));
        for ((device, seq), (header, slots, body)) in receipted {
            let place = format!("place {seq} of {}", self.device_name(&device));
            let items = held.get(&(device, seq)).map(Vec::as_slice).unwrap_or_default();
            let [item] = items else {
                return broken(RECEIPTED, format!("{place} is there {} times", items.len()));
            };
            let same = match item {
                RawItem::Record(h, s, b) => (h, s, b) == (&header, &slots, &body),
                RawItem::Tombstone(h, s, b) => {
                    let record = Record::parse(header.clone(), slots.clone(), body.clone()).map_err(trouble)?;
                    let hashes = (*s, *b) == (Hash::of(&slots), Hash::of(&body));
                    let rightly = erased.contains(&record.as_target())
                        || record
                            .header()
                            .target
                            .is_some_and(|target| record.header().kind == Kind::Grant && erased.contains(&target));
                    *h == header && hashes && rightly
                }
                RawItem::Checkpoint(_) => false,
            };
            if !same {
                return broken(RECEIPTED, format!("{place} is not what was receipted"));
            }
        }
        Ok(())
    }

    /// What a desk that had nothing yet would get.
    pub(super) async fn server_holds(&self) -> Result<BTreeMap<(DeviceId, u64), Vec<RawItem>>, Broken> {
        let desk = self.desk.as_ref().ok_or_else(|| trouble("the desk is not open"))?;
        let mut held: BTreeMap<_, Vec<RawItem>> = BTreeMap::new();
        let mut after = 0;
        loop {
            let path = format!("/v1/studies/{}/records?after={after}", desk.identity.study);
            let (_, body) = self.wire.ask(Method::GET, path, desk.dangerously_token(), None).await;
            let items = read_feed(&body).or_else(|error| broken(RECEIPTED, format!("the feed: {error}")))?;
            let Some(last) = items.last() else { return Ok(held) };
            after = last.server_seq;
            for item in items {
                let header = match &item.item {
                    RawItem::Record(header, slots, body) => {
                        let record = Record::parse(header.clone(), slots.clone(), body.clone()).map_err(trouble)?;
                        (record.header().device, record.header().seq)
                    }
                    RawItem::Tombstone(header, slots, body) => {
                        let left = waymark_protocol::record::Tombstone::parse(header.clone(), *slots, *body);
                        let left = left.map_err(trouble)?;
                        (left.header().device, left.header().seq)
                    }
                    RawItem::Checkpoint(_) => continue,
                };
                held.entry(header).or_default().push(item.item);
            }
        }
    }
}
