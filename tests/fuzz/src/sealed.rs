//! Sealed bodies and slots: what opens is what was sealed, whatever was changed, cut, or put in from another record.

use waymark_protocol::keys::{BackupKey, ContentKey, OpeningKey};
use waymark_protocol::record::{Kind, Record};
use waymark_protocol::seal::{OpenError, Place, open_body, open_grant, open_with_backup, open_with_study};

use crate::script::Script;
use crate::world::{World, entry_with_voice};

/// Opens a record with every key that there is.
pub fn run(bytes: &[u8]) {
    SEALED.with(|sealed| opens(sealed, Script::new(bytes)));
}

fn opens(study: &Sealed, mut script: Script<'_>) {
    let number = script.byte();
    let (record, content, plain) = &study.records[usize::from(number) % study.records.len()];
    // Slots and body may be another record's.
    let other = |script: &mut Script<'_>| match script.byte() % 8 {
        0..4 => record,
        at => &study.records[usize::from(at) % study.records.len()].0,
    };
    let (slots_of, body_of) = (other(&mut script), other(&mut script));
    let header = script.edited(record.header_bytes());
    let slots = script.edited(slots_of.slots_bytes());
    let body = script.edited(body_of.body());
    let (same_header, same_slots) = (header == record.header_bytes(), slots == record.slots_bytes());
    let same_body = body == record.body();
    let Ok(read) = Record::parse(header, slots, body) else { return };

    let opened = [
        open_with_study(&read, &study.opening),
        open_with_backup(&read, &study.backup),
        open_grant(&read, &study.opening),
    ];
    for opened in opened {
        match opened {
            Ok(key) => {
                assert!(same_header, "a slot opens under another header");
                assert!(key.dangerously_bytes() == content.dangerously_bytes(), "a slot opens to another key");
            }
            Err(OpenError::NoSlot) => {}
            Err(error) => assert!(!(same_header && same_slots), "a whole slot does not open: {error}"),
        }
    }
    match open_body(&read, content) {
        Ok(text) => {
            assert!(same_header && same_body, "a body opens that nobody sealed");
            assert!(**text == **plain, "a body opens to another text");
        }
        Err(error) => assert!(!(same_header && same_body), "a whole body does not open: {error}"),
    }
}

/// Each record as it is, and with one thing exchanged.
pub fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("shared", vec![0]),
        ("private", vec![1]),
        ("with-a-voice", vec![2]),
        ("erase", vec![3]),
        ("another-s-slots", vec![0, 6]),
        ("another-s-body", vec![0, 0, 5]),
        ("a-bit-of-the-header", vec![0, 0, 0, 2, 0, 0, 40, 1, 0]),
        ("a-bit-of-the-body", vec![0, 0, 0, 0, 0, 2, 0, 0, 9, 1, 0]),
    ]
}

thread_local! {
    static SEALED: Sealed = Sealed::new();
}

struct Sealed {
    opening: OpeningKey,
    backup: BackupKey,
    records: Vec<(Record, ContentKey, Vec<u8>)>,
}

impl Sealed {
    fn new() -> Self {
        let mut world = World::new("fuzz sealed");
        let mut last = world.genesis();
        let mut records = Vec::new();
        for (kind, shared, plain) in [
            (Kind::Entry, true, b"shared with the study".to_vec()),
            (Kind::Entry, false, b"the writer's alone".to_vec()),
            (Kind::Notice, true, entry_with_voice().to_bytes()),
            (Kind::Erase, true, Vec::new()),
        ] {
            let (record, content) = world.seal(Place::after(&last), kind, &plain, shared);
            last = record.clone();
            records.push((record, content, plain));
        }
        Self { opening: world.opening.clone(), backup: world.backup(), records }
    }
}
