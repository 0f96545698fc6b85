//! `waymark-simulation`: runs schedules and tells what came of them.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::Instant;

use waymark_simulation::run::{Failed, Simulation};
use waymark_simulation::schedule::Schedule;

const HELP: &str = "\
Usage: cargo xtask simulate --seed S | --seeds N [--from S]

  --seed S              runs the schedule of seed S and tells it
  --seeds N [--from S]  runs N schedules, from seed S (0 when it is left out); stops at the first that fails and tells its shortest form";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let number = |word: &str| word.parse::<u64>().ok();
    let done = match words.as_slice() {
        ["--seed", seed] => number(seed).map(tell),
        ["--seeds", count] => number(count).map(|count| run(0, count)),
        ["--seeds", count, "--from", from] => number(count).zip(number(from)).map(|(count, from)| run(from, count)),
        _ => None,
    };
    match done {
        Some(Ok(true)) => ExitCode::SUCCESS,
        Some(Ok(false)) => ExitCode::FAILURE,
        Some(Err(error)) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
        None => {
            eprintln!("{HELP}");
            ExitCode::from(2)
        }
    }
}

/// Tells one schedule; says whether everything held.
fn tell(seed: u64) -> Result<bool, String> {
    let simulation = Simulation::new()?;
    let schedule = Schedule::of(seed);
    match simulation.run(&schedule) {
        Ok(ran) => {
            ran.story.iter().for_each(|line| println!("{line}"));
            println!("Everything held.");
            Ok(true)
        }
        Err(failed) => {
            tell_failure(&simulation, &schedule, failed);
            Ok(false)
        }
    }
}

/// Runs many; says whether everything held.
fn run(from: u64, count: u64) -> Result<bool, String> {
    let simulation = Simulation::new()?;
    let mut happened: BTreeMap<&'static str, u64> = BTreeMap::new();
    let start = Instant::now();
    for seed in from..from.saturating_add(count) {
        let schedule = Schedule::of(seed);
        match simulation.run(&schedule) {
            Ok(ran) => ran.happened.into_iter().for_each(|(what, times)| *happened.entry(what).or_default() += times),
            Err(failed) => {
                println!("{} schedules held before this one.", seed - from);
                tell_failure(&simulation, &schedule, failed);
                return Ok(false);
            }
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    for (what, times) in happened {
        println!("{times:>9}  {what}");
    }
    let each = seconds * 1000.0 / f64::from(u32::try_from(count.max(1)).unwrap_or(u32::MAX));
    println!("{count} schedules, from seed {from}: everything held. {seconds:.1} s, {each:.1} ms each.");
    Ok(true)
}

fn tell_failure(simulation: &Simulation, schedule: &Schedule, failed: Box<Failed>) {
    println!("Seed {} fails: {} ({}).", schedule.seed, failed.broken.says, failed.broken.property);
    let (shortest, failed) = simulation.shrink(schedule, failed);
    println!("The shortest form of it has {} of {} steps:", shortest.steps.len(), schedule.steps.len());
    failed.story.iter().for_each(|line| println!("  {line}"));
    println!("  Then: {} ({}).", failed.broken.says, failed.broken.property);
    shortest.steps.iter().for_each(|step| println!("    {step:?}"));
}
