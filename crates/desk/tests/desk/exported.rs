//! Which exports hold what was withdrawn since.

use waymark_desk::export::{Format, export, export_with_proofs};
use waymark_desk::exported::{Made, all};

use crate::phone::To;
use crate::world::World;

#[tokio::test]
async fn what_was_withdrawn_is_named_in_every_export_that_held_it_and_is_still_there() {
    let mut world = World::new().await;
    let mut phone = world.join("P01").await;
    let written = phone.entry("Taken back later");
    let taken_back = phone.write_entry(&written, To::Study);
    phone.write("Stays", To::Study);
    world.server.receive(&phone.items());
    world.pull().await;
    let [first, second, third] = ["first.csv", "second.jsonl", "third.md"].map(|name| world.folder.join(name));
    export(&mut world.desk, Format::Csv, &first).unwrap();
    export_with_proofs(&mut world.desk, &second).unwrap();
    let made = all(&world.desk).unwrap();
    let told = |made: &[Made]| made.iter().map(|made| (made.format.clone(), made.revisions)).collect::<Vec<_>>();
    assert_eq!(told(&made), [("csv".to_owned(), 2), ("jsonl".to_owned(), 2)]);
    assert!(made.iter().all(|made| made.there && made.at.is_some() && !made.needs_attention()));

    let entry = written.entry;
    phone.withdraw(taken_back);
    world.server.receive(&phone.items()[3..]);
    world.pull().await;
    export(&mut world.desk, Format::Md, &third).unwrap();
    let made = all(&world.desk).unwrap();
    assert_eq!(told(&made)[2], ("md".to_owned(), 1));
    let withdrawn: Vec<Vec<_>> = made.iter().map(|made| made.withdrawn.iter().copied().collect()).collect();
    assert_eq!(withdrawn, [vec![entry], vec![entry], vec![]]);
    assert!(made[0].needs_attention() && made[1].needs_attention() && !made[2].needs_attention());

    std::fs::remove_file(&first).unwrap();
    let made = all(&world.desk).unwrap();
    assert!(!made[0].there && !made[0].needs_attention(), "nobody has to look through what is not there");

    // What lies beside the file holds something too.
    std::fs::remove_file(&second).unwrap();
    assert!(all(&world.desk).unwrap()[1].needs_attention(), "the proofs are still there");
    export(&mut world.desk, Format::Jsonl, &second).unwrap();
    let made = all(&world.desk).unwrap();
    assert_eq!(made.len(), 4);
    assert!(!made[1].there && made[3].there && !made.iter().any(Made::needs_attention), "a later one took its place");
}

#[tokio::test]
async fn an_export_that_was_not_written_and_a_codebook_are_in_no_list() {
    let mut world = World::new().await;
    let nowhere = world.folder.join("no such folder").join("out.csv");
    export(&mut world.desk, Format::Csv, &nowhere).unwrap_err();
    assert_eq!(all(&world.desk).unwrap(), []);
    let codes = world.folder.join("codes.qdc");
    export(&mut world.desk, Format::Qdc, &codes).unwrap();
    assert_eq!(all(&world.desk).unwrap(), []);
}
