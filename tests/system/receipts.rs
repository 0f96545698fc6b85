//! What the server has receipted, as the way to it saw that, against what is in its database.

use std::collections::BTreeMap;

use serde_json::Value;
use waymark_protocol::record::wire;

use crate::database::Database;
use crate::world::World;

const PUSH: &str = "POST /v1/device/records";

/// Every receipted record is in the database, once, byte for byte as it was pushed. Says how many there are.
///
/// A receipt is one that the phone can believe: for its own bytes. Not to be asked once something has been withdrawn: then the
/// contents of a record are rightly gone.
#[track_caller]
pub fn all_are_kept(world: &World) -> usize {
    let mut pushed = BTreeMap::new();
    let mut links = BTreeMap::new();
    let mut receipted: BTreeMap<Vec<u8>, i64> = BTreeMap::new();
    for call in world.proxy.calls().iter().filter(|call| call.line.starts_with(PUSH)) {
        let (records, checkpoint) = wire::read_push(&call.body).expect("a phone pushes what a push is");
        let device = checkpoint.device.0.to_vec();
        for record in records {
            let place = (device.clone(), i64::try_from(record.header().seq).expect("a place"));
            let parts = (record.header_bytes().to_vec(), record.slots_bytes().to_vec(), record.body().to_vec());
            links.insert(place.clone(), record.link().to_string());
            let before = pushed.insert(place, parts.clone());
            assert!(before.is_none_or(|before| before == parts), "a record is sealed once and sent as it is");
        }
        let receipt = call.reply.as_ref().and_then(|reply| serde_json::from_slice::<Value>(reply).ok());
        let through = receipt.as_ref().and_then(|receipt| receipt["accepted_through"].as_i64());
        if let (Some(receipt), Some(through)) = (receipt, through)
            && links.get(&(device.clone(), through)).is_some_and(|link| receipt["link"] == link.as_str())
        {
            let known = receipted.entry(device).or_default();
            *known = through.max(*known);
        }
    }
    let mut stored = BTreeMap::new();
    for record in Database::open(&world.data()).all_records() {
        let parts = (record.header, record.slots.unwrap_or_default(), record.body.unwrap_or_default());
        let before = stored.insert((record.device, record.seq), parts);
        assert!(before.is_none(), "a record is there once");
    }
    let mut kept = 0;
    for (device, through) in receipted {
        for seq in 1..=through {
            let place = (device.clone(), seq);
            assert!(stored.contains_key(&place), "record {seq} was receipted and is gone");
            assert!(stored[&place] == pushed[&place], "record {seq} is not as it was pushed");
            kept += 1;
        }
    }
    kept
}
