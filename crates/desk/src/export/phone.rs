//! The phone that wrote an entry, as an export names it.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use serde::{Serialize, Serializer};
use waymark_protocol::DeviceId;

use super::Row;

/// A phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phone {
    /// By its id, under which the study's server knows it too.
    Id(DeviceId),
    /// By its number among those of its person of which something is in an export of copies.
    Number(u32),
}

impl From<DeviceId> for Phone {
    fn from(device: DeviceId) -> Self {
        Self::Id(device)
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(device) => device.fmt(f),
            Self::Number(number) => number.fmt(f),
        }
    }
}

impl Serialize for Phone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Gives each person's phones numbers from 1 on, in the order of what they wrote, and numbers what each wrote from 1 on: the places in its log that
/// are left out would tell how much its writer keeps private or took back.
pub(super) fn number(rows: &mut [Row]) {
    let mut phones: BTreeMap<String, Vec<DeviceId>> = BTreeMap::new();
    let mut places: HashMap<DeviceId, Vec<u64>> = HashMap::new();
    for row in &*rows {
        let Phone::Id(device) = row.device else { continue };
        let own = phones.entry(row.participant.clone()).or_default();
        if !own.contains(&device) {
            own.push(device);
        }
        places.entry(device).or_default().push(row.seq);
    }
    places.values_mut().for_each(|places| places.sort_unstable());
    let place = |all: &[u64], one: u64| all.iter().position(|each| *each == one).map_or(0, |place| place as u64 + 1);
    for row in rows {
        let Phone::Id(device) = row.device else { continue };
        let number = phones[&row.participant].iter().position(|each| *each == device).map_or(0, |place| place + 1);
        row.device = Phone::Number(u32::try_from(number).unwrap_or(u32::MAX));
        row.seq = place(&places[&device], row.seq);
    }
}
