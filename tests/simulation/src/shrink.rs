//! From a schedule that failed to the shortest that still does.

use crate::run::{Failed, Simulation};
use crate::schedule::Schedule;

impl Simulation {
    /// Takes steps and troubles away for as long as the same property is broken.
    pub fn shrink(&self, schedule: &Schedule, failed: Box<Failed>) -> (Schedule, Box<Failed>) {
        let mut shortest = (schedule.clone(), failed);
        let mut chunk = schedule.steps.len().max(1).div_ceil(2);
        loop {
            let mut shorter = false;
            let mut from = 0;
            while from < shortest.0.steps.len() {
                let mut fewer = shortest.0.clone();
                fewer.steps.drain(from..(from + chunk).min(fewer.steps.len()));
                match self.still_fails(&fewer, &shortest.1) {
                    Some(failed) => (shortest, shorter) = ((fewer, failed), true),
                    None => from += chunk,
                }
            }
            if chunk == 1 && !shorter {
                break;
            }
            chunk = if chunk > 1 { chunk.div_ceil(2).min(chunk - 1) } else { 1 };
        }
        for step in 0..shortest.0.steps.len() {
            let mut at = 0;
            while at < shortest.0.steps[step].troubles().len() {
                let mut troubles = shortest.0.steps[step].troubles().to_vec();
                troubles.remove(at);
                let mut fewer = shortest.0.clone();
                fewer.steps[step] = fewer.steps[step].with_troubles(troubles);
                match self.still_fails(&fewer, &shortest.1) {
                    Some(failed) => shortest = (fewer, failed),
                    None => at += 1,
                }
            }
        }
        shortest
    }

    fn still_fails(&self, schedule: &Schedule, before: &Failed) -> Option<Box<Failed>> {
        let failed = self.run(schedule).err()?;
        (failed.broken.property == before.broken.property).then_some(failed)
    }
}
