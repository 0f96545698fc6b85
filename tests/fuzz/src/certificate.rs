//! A desk's certificate, as whoever checks it reads it: nothing is believed of it that the phones have not signed.

use std::collections::BTreeSet;

use waymark_desk::certificate::{Certificate, check};
use waymark_protocol::DeviceId;
use waymark_protocol::proof::State;
use waymark_protocol::record::wire::{RawItem, read_feed};
use waymark_simulation::template::temporary;

use crate::script::Script;
use crate::stand::{self, Stand};

/// Checks any file, or the desk's certificate after it was changed.
pub fn run(bytes: &[u8]) {
    let mut script = Script::new(bytes);
    stand::with(|stand| match script.byte() % 2 {
        0 => checked(stand, script.rest()),
        _ => checked(stand, &script.edited(&stand.certificate)),
    });
}

/// The certificate, and changes of it.
pub fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("whole", vec![1]),
        ("another-version", vec![0, b'{', b'}']),
        ("a-digit-changed", vec![1, 1, 0, 4, 0, b'9']),
        ("a-piece-taken-out", vec![1, 3, 0, 2, 0, 60]),
        ("cut", vec![1, 6, 0, 9, 0]),
        ("a-newer-version", [&[0], br#"{"waymark_certificate":2}"#.as_slice()].concat()),
    ]
}

fn checked(stand: &Stand, bytes: &[u8]) {
    let folder = temporary().expect("a temporary folder");
    let path = folder.path().join("certificate.json");
    std::fs::write(&path, bytes).expect("a small file is written");
    let Ok(checked) = check(&path) else {
        assert!(bytes != stand.certificate, "the desk's own certificate is refused");
        return;
    };
    let honest: Certificate = serde_json::from_slice(&stand.certificate).expect("a certificate");
    assert_eq!(checked.certificate.study, honest.study, "another study's certificate without its keys");
    let signed = signed(&honest);
    for device in &checked.certificate.statement.devices {
        let proven = device.state != State::Complete || signed.contains(&(device.device, device.seq));
        assert!(proven, "complete up to where no phone has signed");
    }
}

/// Every place that a phone has signed for.
fn signed(honest: &Certificate) -> BTreeSet<(DeviceId, u64)> {
    let items = honest.logs.iter().flat_map(|log| read_feed(&log.checkpoints.0).expect("checkpoints"));
    let checkpoints = items.filter_map(|item| match item.item {
        RawItem::Checkpoint(checkpoint) => Some((checkpoint.device, checkpoint.seq)),
        _ => None,
    });
    checkpoints.collect()
}
