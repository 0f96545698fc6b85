//! Schedules in every run of the tests: always the same, so that a change that breaks one is told from one that does not.

use std::collections::BTreeMap;

use waymark_simulation::fault::Fault;
use waymark_simulation::run::{Failed, Simulation};
use waymark_simulation::schedule::Schedule;
use waymark_simulation::step;

const SCHEDULES: u64 = 3000;
/// Each thread has a simulation of its own.
const THREADS: u64 = 2;

/// How often each thing happened.
type Counts = BTreeMap<&'static str, u64>;

#[test]
fn everything_holds_in_every_schedule_and_everything_that_can_happen_has_happened() {
    let happened = std::thread::scope(|scope| {
        let threads = [0, 1].map(|thread| scope.spawn(move || run_each(thread)));
        let mut all = Counts::new();
        for counts in threads.map(|thread| thread.join().expect("every schedule holds")) {
            counts.into_iter().for_each(|(what, times)| *all.entry(what).or_default() += times);
        }
        all
    });
    let all = step::NAMES.iter().copied().chain(Fault::ALL.map(Fault::name));
    let never: Vec<&str> = all.filter(|what| !happened.contains_key(what)).collect();
    assert!(never.is_empty(), "never happened: {never:?}");
    let times = |what: &str| happened.get(what).copied().unwrap_or(0);
    let [shared, own, either] =
        ["revisions: with the study", "revisions: nobody else's", "revisions: either is right"].map(times);
    assert!(shared > 1000, "too little reaches the study: {shared} revisions");
    assert!(shared + own > 4 * either, "too little is demanded: {shared} and {own} revisions, of {either} nothing");
}

/// Every other schedule.
fn run_each(first: u64) -> Counts {
    let simulation = Simulation::new().expect("a template");
    let mut happened = Counts::new();
    for seed in (first..SCHEDULES).step_by(THREADS.try_into().expect("small")) {
        let schedule = Schedule::of(seed);
        match simulation.run(&schedule) {
            Ok(ran) => ran.happened.into_iter().for_each(|(what, times)| *happened.entry(what).or_default() += times),
            Err(failed) => tell(&simulation, &schedule, failed),
        }
    }
    happened
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
