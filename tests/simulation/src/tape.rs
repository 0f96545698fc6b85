//! What went over the wire, for the checks: what phones gave away, and what the server has receipted.

use std::collections::BTreeMap;

use waymark_protocol::api::Receipt;
use waymark_protocol::record::Record;
use waymark_protocol::record::wire::read_push;
use waymark_protocol::{DeviceId, Hash};

/// The bytes of a record: header, slots, body.
pub type Bytes = (Vec<u8>, Vec<u8>, Vec<u8>);

/// What went over the wire.
#[derive(Default)]
pub struct Tape {
    /// Every record that left a phone, whether it arrived or not.
    pub left: BTreeMap<(DeviceId, u64, Hash), Record>,
    /// What the server has receipted and not lost with an old backup since.
    pub receipted: BTreeMap<(DeviceId, u64), Bytes>,
    /// Every place up to which the server has ever receipted a device's log.
    pub receipts: BTreeMap<DeviceId, Vec<u64>>,
    /// What must never have happened.
    pub wrong: Vec<String>,
}

impl Tape {
    /// A push has left a phone.
    pub fn push_left(&mut self, body: &[u8]) {
        match read_push(body) {
            Ok((records, _)) => {
                for record in records {
                    let header = record.header();
                    self.left.insert((header.device, header.seq, record.link()), record);
                }
            }
            Err(error) => self.wrong.push(format!("a phone pushed what is no push: {error}")),
        }
    }

    /// The server has answered a push.
    pub fn push_answered(&mut self, body: &[u8], status: u16, reply: &[u8]) {
        if status != 200 {
            return;
        }
        let (Ok((records, checkpoint)), Ok(receipt)) = (read_push(body), serde_json::from_slice::<Receipt>(reply))
        else {
            self.wrong.push("the server receipted what is no push, or gave no receipt".into());
            return;
        };
        self.receipts.entry(checkpoint.device).or_default().push(receipt.accepted_through);
        for record in records {
            let header = record.header();
            let (device, seq) = (header.device, header.seq);
            let bytes = (record.header_bytes().to_vec(), record.slots_bytes().to_vec(), record.body().to_vec());
            let known = self.receipted.entry((device, seq)).or_insert_with(|| bytes.clone());
            if *known != bytes {
                self.wrong.push(format!("two records were receipted at place {seq} of one log"));
            }
        }
    }
}
