//! Leaving a study: the diary stays, the study gets nothing more, and what it had can go with it.

use crate::canary;
use crate::database::Database;
use crate::desk::count;
use crate::pilot::Pilot;
use crate::verdicts::one_diary;

const NO_STUDY: &str = "has not joined a study";

#[test]
fn who_stops_leaves_what_was_shared_and_nothing_more_arrives() {
    let (world, pilot) = one_diary();
    pilot.shared(&canary::text("heldatleaving", 1));
    pilot.on(7).run(&["leave"]).ok();
    pilot.on(7).start(&["write", "--share"], b"too late").end().fails(NO_STUDY);
    pilot.on(8).private(&canary::text("afterwards", 1));
    pilot.on(12).run(&["sync"]).ok();
    world.desk.pulled(0);
    assert_eq!(world.desk.texts().len(), 4);
    assert_eq!(world.desk.words(0), ["complete"]);
    let calls = world.proxy.calls().len();
    pilot.on(13).run(&["sync"]).fails(NO_STUDY);
    assert_eq!(world.proxy.calls().len(), calls, "the server hears no more of this phone");
    assert_eq!(pilot.texts().len(), 7);
}

#[test]
fn who_stops_and_erases_leaves_no_words_anywhere_and_keeps_all_of_them() {
    let (world, pilot) = one_diary();
    world.desk.pulled(0);
    let before = pilot.texts();
    pilot.run(&["leave", "--erase"]).ok();
    // The study is told by the next connection, and not before.
    assert_eq!(world.desk.texts().len(), 4);
    world.stop_server();
    pilot.on(7).sync().fails("can't be reached");
    world.start_server();
    pilot.on(7).run(&["sync"]).ok();
    let totals = world.desk.pulled(0);
    assert_eq!((count(&totals, "opened"), count(&totals, "erased"), count(&totals, "private")), (0, 5, 0), "{totals}");
    assert_eq!(world.desk.words(0), ["complete"], "the chain still proves itself");
    let left = "SELECT count(*) FROM RECORDS WHERE kind IN (1, 2) AND (body IS NOT NULL OR slots IS NOT NULL)";
    assert_eq!(Database::open(&world.data()).number(left), 0);
    assert_eq!(pilot.texts(), before);
}

#[test]
fn a_phone_that_was_lost_after_leaving_comes_back_as_a_private_diary() {
    let (world, pilot) = one_diary();
    pilot.run(&["leave"]).ok();
    pilot.on(7).run(&["sync"]).ok();
    let new = Pilot::new(&world.path("new")).on(20);
    new.restore(&world.url(), &pilot.words()).ok();
    assert_eq!(new.texts(), pilot.texts());
    new.start(&["write", "--share"], b"nobody asked").end().fails(NO_STUDY);
}

#[test]
fn another_invitation_is_followed_once_the_study_knows() {
    let (world, pilot) = one_diary();
    pilot.run(&["leave", "--erase"]).ok();
    let again = world.desk.invite("Ana again");
    pilot.join(&again).fails("has not been told yet");
    pilot.on(7).run(&["sync"]).ok();
    pilot.on(7).join(&again).ok();
    let text = canary::text("startedanew", 1);
    pilot.on(7).shared(&text);
    pilot.on(10).synced();
    world.desk.pulled(0);
    assert_eq!(world.desk.texts(), [text], "nothing from before is shared by joining again");
    assert_eq!(world.desk.words(0), ["complete", "complete"]);
}
