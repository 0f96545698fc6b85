//! How long a large collection takes: run with `cargo test -p waymark-desk --release -- --ignored --nocapture`.

use std::time::{Duration, Instant};

use waymark_desk::export::{Format, export};
use waymark_desk::verify::verify;
use waymark_protocol::record::wire::Item;

use crate::phone::To;
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a benchmark: it means something in release alone"]
async fn ten_thousand_entries_are_pulled_verified_and_opened_in_two_seconds() {
    let mut world = World::new().await;
    world.server.with(|script| script.page = 2_500);
    for person in 0..4 {
        let mut phone = world.join(&format!("P{person}")).await;
        for _ in 0..2_500 {
            let entry = phone.entry(&"A day with people, of about a hundred and fifty words. ".repeat(15));
            let written = phone.write_entry(&entry, To::Writer);
            phone.grant(written);
        }
        let items = phone.items();
        for (place, item) in items.iter().enumerate() {
            world.server.receive(std::slice::from_ref(item));
            if place > 0 && place % 500 == 0 {
                world.server.receive(&[Item::Checkpoint(Box::new(phone.checkpoint_at(place + 1, 5_002)))]);
            }
        }
    }
    let start = Instant::now();
    let pulled = world.pull().await;
    let first = start.elapsed();
    assert_eq!(pulled.totals.opened, 10_000);
    assert!(!pulled.report.needs_attention());
    let start = Instant::now();
    world.pull().await;
    let second = start.elapsed();
    let start = Instant::now();
    verify(&world.desk).unwrap();
    let verified = start.elapsed();
    let start = Instant::now();
    export(&world.desk, Format::Jsonl, &world.folder.join("out.jsonl")).unwrap();
    eprintln!(
        "10,000 entries and their grants: pull, verify and open {first:?}; again with nothing new {second:?}; verify alone {verified:?}; \
         export {:?}",
        start.elapsed()
    );
    assert!(first <= Duration::from_secs(2), "{first:?}");
}
