//! "What must hold", line by line, after everything has come to rest.

mod desk;
mod files;
mod phones;
mod server;

use std::collections::{BTreeMap, BTreeSet};

use waymark_protocol::record::{Kind, Record, Target};
use waymark_protocol::{DeviceId, Hash};

use crate::phone::Phone;
use crate::world::{Broken, World};

impl World {
    /// Checks everything.
    pub async fn check(&mut self) -> Result<(), Broken> {
        self.what_was_saved_is_there()?;
        self.what_was_receipted_is_on_the_server().await?;
        self.the_desk_opens_what_was_shared()?;
        self.nothing_that_left_a_phone_opens_unless_it_was_granted()?;
        self.the_desk_knows_what_is_complete()?;
        self.wire.stop_server();
        self.the_server_has_ended().await?;
        self.what_was_erased_is_gone()?;
        self.no_file_holds_what_was_written()
    }

    pub(super) fn device_name(&self, device: &DeviceId) -> String {
        let phone = self.phones.iter().find(|phone| phone.device() == Some(*device));
        phone.map_or_else(|| format!("device {}", &device.to_string()[..8]), Phone::name)
    }
}

/// What an erasure among these records destroys: what it names, or all entries and notices before it in its own log.
pub(super) fn erased(records: &BTreeMap<(DeviceId, u64, Hash), Record>) -> BTreeSet<Target> {
    let mut erased = BTreeSet::new();
    for erasure in records.values().map(Record::header).filter(|header| header.kind == Kind::Erase) {
        match erasure.target {
            Some(target) => {
                erased.insert(target);
            }
            None => erased.extend(
                records
                    .values()
                    .filter(|record| matches!(record.header().kind, Kind::Entry | Kind::Notice))
                    .filter(|record| record.header().device == erasure.device && record.header().seq < erasure.seq)
                    .map(Record::as_target),
            ),
        }
    }
    erased
}
