//! Made-up participants, against a real desk.

use crate::desk::count;
use crate::pilot::{Pilot, day};
use crate::process::{PASSPHRASE, program, start};
use crate::world::World;

#[test]
fn what_simulated_participants_say_that_they_shared_is_what_the_desk_opens() {
    let world = World::new();
    let plain = |path: &std::path::Path| path.to_str().expect("a plain name").to_owned();
    let (desk, out) = (plain(&world.desk.dir), plain(&world.path("people")));
    let now = day(60).to_rfc3339();
    let arguments = ["simulate", "--participants", "3", "--days", "60", "--seed", "7", "--json", "--now", &now];
    let arguments = [&arguments[..], &["--desk", &desk, "--out", &out]].concat();
    let people = start(&program("WAYMARK_PILOT", "waymark-pilot"), &arguments, PASSPHRASE, &[]).end().json();
    let people = people.as_array().expect("a list of people");
    assert_eq!(people.len(), 3);

    let totals = world.desk.pulled(0);
    let read = world.desk.read();
    for person in people {
        let label = person["participant"].as_str().expect("a label");
        let [written, shared, private, withdrawn] =
            ["written", "shared", "private", "withdrawn"].map(|name| count(person, name));
        assert_eq!(written, shared + private + withdrawn, "{person}");
        assert!(shared > 0 && private > 0, "{person}");
        let at_the_desk = read.iter().filter(|read| read.participant == label).count();
        assert_eq!(at_the_desk as u64, shared, "{person}");
        let vault = std::path::PathBuf::from(person["vault"].as_str().expect("a folder"));
        assert_eq!(Pilot::new(&vault).list().len() as u64, written);
    }
    let sum = |name| people.iter().map(|person| count(person, name)).sum::<u64>();
    assert_eq!(count(&totals, "opened"), sum("shared"));
    assert!(sum("withdrawn") > 0, "the seed lets somebody withdraw something");
    assert_eq!(count(&totals, "erased"), sum("withdrawn"));
    assert_eq!(world.desk.words(0), ["complete"; 3]);
}
