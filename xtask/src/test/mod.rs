//! Everything that must hold before a change lands: steps, fast ones first, until one fails.
//!
//! A step is there when what it checks is there. The last line is `N passed, N failed`, over all runners; a check that
//! is not a test runner counts as one.

mod counts;
mod failures;
mod steps;

use std::time::{Duration, Instant};

use crate::failure::Failure;
use crate::setup::{self, Purpose};
use counts::Counts;
use steps::Step;

/// How a step ended.
struct Outcome {
    counts: Counts,
    /// What to show of a step that failed.
    trouble: Option<String>,
}

/// Prints the steps' names and what each does.
pub fn list() -> Result<(), Failure> {
    for step in steps::all() {
        println!("{:14} {}", step.name, step.about);
    }
    Ok(())
}

/// Runs all steps, or those named.
pub fn run(only: Option<&str>) -> Result<(), Failure> {
    let steps = chosen(steps::all(), only)?;
    let mut times: Vec<(&str, Duration)> = Vec::new();
    let mut total = Counts::default();

    let start = Instant::now();
    setup::run(Purpose::Test)?;
    times.push(("setup", start.elapsed()));

    for step in steps {
        println!("{}: {} …", step.name, step.about);
        let start = Instant::now();
        let outcome = (step.run)(step.name)?;
        let time = start.elapsed();
        times.push((step.name, time));
        total = total + outcome.counts;
        if let Some(trouble) = outcome.trouble {
            println!("{trouble}\n{} failed after {}\n", step.name, clock(time));
            report(&times, total);
            return Err(Failure::Told);
        }
        println!("    {} passed, {}", outcome.counts.passed, clock(time));
    }
    println!();
    report(&times, total);
    if total.failed == 0 { Ok(()) } else { Err(Failure::Told) }
}

fn chosen(mut steps: Vec<Step>, only: Option<&str>) -> Result<Vec<Step>, Failure> {
    let Some(only) = only else { return Ok(steps) };
    let names: Vec<&str> = only.split(',').collect();
    for name in &names {
        if !steps.iter().any(|step| step.name == *name) {
            let known: Vec<&str> = steps.iter().map(|step| step.name).collect();
            return Err(Failure::because(format!("There is no step `{name}`. Steps: {}.", known.join(", "))));
        }
    }
    steps.retain(|step| names.contains(&step.name));
    Ok(steps)
}

fn report(times: &[(&str, Duration)], total: Counts) {
    for (name, time) in times {
        println!("{name:14} {:>8}", clock(*time));
    }
    let all = times.iter().map(|(_, time)| *time).sum();
    println!("{:14} {:>8}\n", "together", clock(all));
    println!("{} passed, {} failed", total.passed, total.failed);
}

/// `m:ss`.
fn clock(time: Duration) -> String {
    let seconds = time.as_secs_f64().round() as u64;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_does_not_exist_is_refused_and_the_others_are_named() {
        let Err(Failure::Because(sentence)) = chosen(steps::all(), Some("fmt,nonsense")) else {
            panic!("accepted");
        };
        assert!(sentence.contains("nonsense") && sentence.contains("clippy"), "{sentence}");
    }

    #[test]
    fn chosen_steps_keep_their_order() {
        let steps = chosen(steps::all(), Some("rules,fmt")).unwrap_or_default();
        assert_eq!(steps.iter().map(|step| step.name).collect::<Vec<_>>(), ["fmt", "rules"]);
    }

    #[test]
    fn times_read_as_minutes_and_seconds() {
        assert_eq!(clock(Duration::from_millis(400)), "0:00");
        assert_eq!(clock(Duration::from_secs(61)), "1:01");
        assert_eq!(clock(Duration::from_secs(3600)), "60:00");
    }
}
