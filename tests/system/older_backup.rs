//! The server is restored from a backup made before somebody joined.

use crate::pilot::Pilot;
use crate::world::World;

const LOST: &str = "had lost records that it had receipted";

fn copied() -> World {
    let world = World::new();
    world.back_up();
    world
}

#[test]
fn somebody_who_joined_after_the_backup_is_known_again_by_the_next_sync_and_nothing_is_lost() {
    let world = copied();
    let pilot = world.person("Ana");
    let (private, shared) = (pilot.private("for me"), pilot.shared("for the study"));
    pilot.on(3).synced();
    pilot.on(3).synced();
    world.desk.pulled(0);
    assert_eq!(world.desk.words(0), ["complete"]);
    let before = pilot.texts();
    world.restore();
    pilot.on(4).sync().warns(LOST);
    pilot.on(4).synced();
    assert_eq!(pilot.texts(), before);
    assert_eq!((pilot.on(4).place(&private), pilot.on(4).place(&shared)), ("backed-up".into(), "with-study".into()));
    world.desk.pulled(0);
    assert_eq!(world.desk.words(0), ["complete"]);
    assert_eq!(world.desk.texts(), ["for the study"]);
    pilot.on(5).shared("and on");
    pilot.on(8).synced();
    world.desk.pulled(0);
    assert_eq!(world.desk.texts().len(), 2);
}

#[test]
fn a_phone_that_cannot_be_known_again_says_so_and_keeps_everything() {
    let world = copied();
    let pilot = world.person("Ana");
    pilot.private("for me");
    pilot.synced();
    // The words brought a second phone, which was never invited.
    let second = Pilot::new(&world.path("second")).on(20);
    second.restore(&world.url(), &pilot.words()).ok();
    second.private("on the second phone");
    second.synced();
    world.restore();
    second.sync().fails("does not know this phone any more");
    assert_eq!(second.texts().len(), 2);
    pilot.on(20).sync().warns(LOST);
    assert_eq!(second.sync().code, 1, "still");
}

#[test]
fn an_invitation_that_was_made_after_the_backup_still_lets_somebody_join_once_the_desk_has_pulled() {
    // A desk that has pulled before knows the server again, though nobody takes part yet; one that has not cannot know.
    for pulled in [true, false] {
        joins_by_an_invitation_made_after_the_backup(pulled);
    }
}

#[track_caller]
fn joins_by_an_invitation_made_after_the_backup(pulled: bool) {
    let world = World::new();
    if pulled {
        world.desk.pulled(0);
    }
    world.back_up();
    let (anas, bens) = (world.desk.invite("Ana"), world.desk.invite("Ben"));
    world.desk.run(&["revoke", "--participant", "Ben"]).ok();
    world.restore();
    let ana = Pilot::new(&world.path("ana"));
    ana.join(&anas).fails("does not know this invitation");
    world.desk.pulled(0);
    ana.join(&anas).ok();
    Pilot::new(&world.path("ben")).join(&bens).fails("too old");
    ana.shared("for the study");
    ana.on(3).synced();
    world.desk.pulled(0);
    assert_eq!(world.desk.words(0), ["complete"]);
}
