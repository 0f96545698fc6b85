//! The sweep while phones push and a desk reads: they wait for it and lose nothing, and what was erased is gone all the same.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use memchr::memmem;
use waymark_protocol::record::wire::RawItem;

use super::Running;
use crate::support::Phone;

const SWEEPS: usize = 3;

#[test]
fn phones_push_and_a_desk_reads_through_sweeps_and_what_was_erased_before_them_is_gone() {
    let (server, desk) = Running::with_desk();
    let mut phones: Vec<Phone> = (0..4).map(|_| Phone::join(&desk)).collect();
    let canaries: Vec<Vec<u8>> = (phones.iter_mut())
        .map(|phone| {
            let (record, _) = phone.write(&"erased before the sweep ".repeat(200));
            phone.sync();
            phone.erase(Some(record.as_target()));
            phone.sync();
            record.body()[200..240].to_vec()
        })
        .collect();
    let before = server.data.all_bytes();
    assert!(canaries.iter().all(|canary| memmem::find(&before, canary).is_some()), "nothing to sweep");
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        for phone in &mut phones {
            scope.spawn(|| {
                while !done.load(Ordering::SeqCst) {
                    phone.write("through a sweep");
                    phone.sync();
                }
            });
        }
        scope.spawn(|| {
            while !done.load(Ordering::SeqCst) {
                desk.pull(0);
            }
        });
        let swept = scope.spawn(|| (0..SWEEPS).for_each(|_| server.data.sweep())).join();
        done.store(true, Ordering::SeqCst);
        swept.unwrap();
    });
    let items = desk.pull(0);
    assert!(items.windows(2).all(|pair| pair[0].server_seq < pair[1].server_seq));
    for phone in &phones {
        for (at, record) in phone.log.iter().enumerate() {
            let there = items.iter().filter(|item| match &item.item {
                RawItem::Record(header, ..) | RawItem::Tombstone(header, ..) => header == record.header_bytes(),
                RawItem::Checkpoint(_) => false,
            });
            assert_eq!(there.count(), 1, "place {}", at + 1);
        }
        assert!(phone.log.len() > 3, "nothing was pushed meanwhile");
    }
    let bytes = server.data.all_bytes();
    assert!(
        canaries.iter().all(|canary| memmem::find(&bytes, canary).is_none()),
        "erased bytes are still in the files"
    );
}
