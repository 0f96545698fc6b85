//! What one push holds.

use waymark_protocol::api::Limits;
use waymark_protocol::checkpoint::Checkpoint;
use waymark_protocol::record::wire::{self, MAX_PUSH_RECORDS};

use crate::diary::Diary;
use crate::store::load_record;
use crate::{Error, Now};

/// Room for the checkpoint at the end.
const CHECKPOINT_BYTES: usize = 512;
/// As much as goes through a connection of 5 kB/s before a server gives up waiting; one long record may be more.
const PUSH_BYTES: usize = 256 * 1024;

impl Diary {
    /// Records from `from` on, as many as fit, and the checkpoint over them.
    pub(super) fn push_from(&self, from: u64, limits: Limits, now: Now) -> Result<Vec<u8>, Error> {
        let max_records = (limits.push_records as usize).clamp(1, MAX_PUSH_RECORDS);
        let max_bytes = (limits.push_bytes as usize).min(PUSH_BYTES);
        let reader = self.vault.reader();
        let mut push = Vec::new();
        let mut last = None;
        for seq in (from..=self.head.seq).take(max_records) {
            let record = load_record(&reader, seq)?.ok_or(Error::Stored("the log"))?;
            let mut bytes = Vec::new();
            wire::write_record(&mut bytes, record.header_bytes(), record.slots_bytes(), record.body());
            let too_much = push.len() + bytes.len() + CHECKPOINT_BYTES > max_bytes;
            if last.is_some() && too_much {
                break;
            }
            push.extend_from_slice(&bytes);
            last = Some((seq, record.link()));
        }
        let (seq, link) = last.ok_or(Error::Stored("the log"))?;
        let membership = self.membership()?;
        let key = membership.device_key()?;
        let checkpoint = Checkpoint::sign(&key, membership.study, seq, link, self.head.seq, now.millis());
        wire::write_checkpoint(&mut push, &checkpoint);
        Ok(push)
    }
}
