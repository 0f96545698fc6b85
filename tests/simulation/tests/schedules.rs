//! Schedules in every run of the tests: always the same, so that a change that breaks one is told from one that does not.

use std::collections::BTreeMap;

use waymark_simulation::run::{Failed, Simulation};
use waymark_simulation::schedule::Schedule;
use waymark_simulation::step;
use waymark_simulation::wire::Fault;

const SCHEDULES: u64 = 300;

/// Of one property in all of its ways, with everything that must have happened at least once for that to mean something.
#[test]
fn everything_holds_in_every_schedule_and_everything_that_can_happen_has_happened() {
    let simulation = Simulation::new().expect("a template");
    let mut happened: BTreeMap<&str, u64> = BTreeMap::new();
    for seed in 0..SCHEDULES {
        let schedule = Schedule::of(seed);
        match simulation.run(&schedule) {
            Ok(ran) => ran.happened.into_iter().for_each(|(what, times)| *happened.entry(what).or_default() += times),
            Err(failed) => tell(&simulation, &schedule, failed),
        }
    }
    let all = step::NAMES.iter().copied().chain(Fault::ALL.map(Fault::name));
    let never: Vec<&str> = all.filter(|what| !happened.contains_key(what)).collect();
    assert!(never.is_empty(), "never happened: {never:?}");
    let times = |what: &str| happened.get(what).copied().unwrap_or(0);
    let (sure, either) = (times("revisions: with the study"), times("revisions: either is right"));
    assert!(
        sure > 2 * either,
        "too little is demanded: {sure} revisions must be with the study, of {either} either is right"
    );
}

#[test]
fn a_seed_is_the_same_story_each_time() {
    let simulation = Simulation::new().expect("a template");
    for seed in [3, 11, 19] {
        let [first, second] = [0, 1].map(|_| simulation.run(&Schedule::of(seed)).expect("everything holds").story);
        assert_eq!(first, second, "seed {seed}");
    }
}

fn tell(simulation: &Simulation, schedule: &Schedule, failed: Box<Failed>) -> ! {
    let (shortest, failed) = simulation.shrink(schedule, failed);
    let story = failed.story.join("\n  ");
    let (seed, steps) = (schedule.seed, shortest.steps.len());
    panic!("seed {seed}, in {steps} steps:\n  {story}\n  {} ({})", failed.broken.says, failed.broken.property);
}
