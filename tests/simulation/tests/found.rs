//! What the simulation has found, each in its shortest form: it failed until it was mended.

use waymark_simulation::fault::{Fault, Trouble};
use waymark_simulation::run::Simulation;
use waymark_simulation::schedule::Schedule;
use waymark_simulation::step::Step;

#[track_caller]
fn holds(people: u32, steps: Vec<Step>) {
    let simulation = Simulation::new().expect("a template");
    let schedule = Schedule { seed: 0, people, steps, hours_at_end: 0 };
    if let Err(failed) = simulation.run(&schedule) {
        panic!("{}\n{} ({})", failed.story.join("\n"), failed.broken.says, failed.broken.property);
    }
}

fn joined() -> Step {
    Step::Join { person: 0, back_up: false, troubles: Vec::new() }
}

fn synced(troubles: Vec<Trouble>) -> Step {
    Step::Sync { phone: 0, troubles }
}

/// The wait that the server had asked for was kept by the phone's clock, and lasted three days longer.
#[test]
fn a_clock_that_is_set_back_does_not_lengthen_the_wait_that_a_server_asked_for() {
    let busy = vec![Trouble { call: 0, fault: Fault::Busy, at: 0 }];
    holds(1, vec![joined(), synced(busy), Step::JumpClock { phone: 0, hours: -72 }]);
}

/// A backup was made by a connection that does not overwrite: a page kept a copy of rows that had moved off it.
#[test]
fn what_is_erased_on_a_server_that_was_restored_is_gone_from_its_file() {
    let write = |share| Step::Write { phone: 0, share, crash: false, spoken: false };
    holds(
        1,
        vec![
            joined(),
            write(true),
            Step::Edit { phone: 0, entry: 0, share: true },
            synced(Vec::new()),
            Step::BackUpServer,
            Step::Delete { phone: 0, entry: 0 },
            Step::RestoreServer,
        ],
    );
}

/// The receipt's time was held down to the phone's own clock and a day, so that each sighting looked later than the receipt.
#[test]
fn a_phone_whose_clock_is_days_behind_accuses_nobody_of_withholding() {
    holds(1, vec![Step::JumpClock { phone: 0, hours: -72 }]);
}

/// The phone that had recorded it threw its voice note away with the entry, and the copy had been made by one that had never heard it.
#[test]
fn what_was_spoken_is_not_lost_when_a_phone_takes_it_back_that_has_never_heard_it() {
    let dies = vec![Trouble { call: 1, fault: Fault::ServerDiesAfter, at: 0 }];
    holds(
        1,
        vec![
            joined(),
            Step::Write { phone: 0, share: true, crash: false, spoken: true },
            synced(dies),
            Step::Restore { person: 0, lost: false, troubles: Vec::new() },
            Step::Sync { phone: 1, troubles: Vec::new() },
            Step::Withdraw { phone: 1, entry: 0 },
        ],
    );
}

/// The hold had begun before the phone had ever looked at the server's clock, and was over when its own was set right.
#[test]
fn a_hold_does_not_end_when_a_clock_is_set_right_before_the_first_look() {
    holds(
        1,
        vec![
            joined(),
            Step::JumpClock { phone: 0, hours: -72 },
            Step::Write { phone: 0, share: true, crash: false, spoken: false },
            Step::JumpClock { phone: 0, hours: 0 },
            synced(Vec::new()),
        ],
    );
}

/// As above, where the clock was days behind already when the phone joined: the server's is in the reply.
#[test]
fn a_hold_does_not_end_when_a_clock_is_set_right_that_was_wrong_at_the_joining() {
    holds(
        1,
        vec![
            Step::JumpClock { phone: 0, hours: -72 },
            joined(),
            Step::Write { phone: 0, share: true, crash: false, spoken: false },
            Step::JumpClock { phone: 0, hours: 0 },
            synced(Vec::new()),
        ],
    );
}

/// The other phone had never read anything of it, and one reply was cut: so nothing that it had shared counted any more.
#[test]
fn what_a_phone_has_shared_still_counts_when_it_is_stopped_by_one_that_could_not_read_it() {
    stopped_unread(vec![Trouble { call: 1, fault: Fault::ReplyCut, at: 3 }], Vec::new());
}

/// As above, where its first record had been damaged on the way to the other phone, which never asked for it again.
#[test]
fn what_a_phone_has_shared_still_counts_when_its_first_record_was_damaged_on_the_way() {
    stopped_unread(Vec::new(), vec![Trouble { call: 1, fault: Fault::ReplyChanged, at: 300 }]);
}

/// A second phone shares something, and the first one stops it: with such troubles while it does, and while it synced before.
#[track_caller]
fn stopped_unread(while_stopping: Vec<Trouble>, before: Vec<Trouble>) {
    holds(
        1,
        vec![
            joined(),
            synced(Vec::new()),
            Step::Restore { person: 0, lost: false, troubles: Vec::new() },
            synced(Vec::new()),
            Step::Write { phone: 1, share: true, crash: false, spoken: false },
            Step::Wait { hours: 60 },
            Step::Sync { phone: 1, troubles: Vec::new() },
            synced(before),
            Step::Stop { phone: 0, troubles: while_stopping },
        ],
    );
}

/// The place in the server's order was another one in the reply, and from then on nothing came after it any more.
#[test]
fn a_damaged_place_in_the_servers_order_hides_nothing_for_ever() {
    let write = Step::Write { phone: 1, share: true, crash: false, spoken: false };
    for at in (0..2048).step_by(32) {
        let changed = vec![Trouble { call: 1, fault: Fault::ReplyChanged, at }];
        holds(
            1,
            vec![
                joined(),
                synced(Vec::new()),
                Step::Restore { person: 0, lost: false, troubles: Vec::new() },
                Step::Sync { phone: 1, troubles: Vec::new() },
                synced(changed),
                write.clone(),
                Step::Sync { phone: 1, troubles: Vec::new() },
            ],
        );
    }
}

/// A revision that was damaged on the way was not on the new phone, which took the entry back without it.
#[test]
fn what_is_damaged_while_a_diary_comes_back_comes_once_more() {
    let write = Step::Write { phone: 0, share: true, crash: false, spoken: false };
    for at in (0..8192).step_by(128) {
        let changed = vec![Trouble { call: 3, fault: Fault::ReplyChanged, at }];
        holds(
            1,
            vec![
                joined(),
                write.clone(),
                Step::Wait { hours: 60 },
                synced(Vec::new()),
                Step::Edit { phone: 0, entry: 0, share: true },
                Step::Wait { hours: 60 },
                synced(Vec::new()),
                Step::Restore { person: 0, lost: true, troubles: changed },
                Step::KeepPrivate { phone: 0, entry: 0 },
            ],
        );
    }
}
