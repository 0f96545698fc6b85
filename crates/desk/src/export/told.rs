//! What participants have told besides entries, in words: time off, and the phase that they say they are in.

use std::collections::BTreeMap;

use waymark_protocol::content::TimeOff;
use waymark_protocol::study::Plan;

use super::rows::joined_on;
use crate::account::Account;
use crate::participants::Labels;

/// A line for each thing that was told, by the participant's label. Who told nothing is not in it.
pub(super) fn lines(account: &Account<'_>, labels: &Labels, plan: &Plan) -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for person in &account.people {
        let Some(participant) = person.participant else { continue };
        let off = person.told.time_off.iter().map(time_off);
        let phases = person.told.corrections(plan, joined_on(person)).into_iter();
        let said = phases.map(|(since, phase)| format!("Since {since} in phase: {phase} (said by the writer)"));
        let lines: Vec<String> = off.chain(said).collect();
        if !lines.is_empty() {
            all.entry(labels.of(&participant)).or_default().extend(lines);
        }
    }
    all
}

fn time_off(TimeOff { from, until }: &TimeOff) -> String {
    match until {
        Some(until) if until == from => format!("Time off: {from}"),
        Some(until) => format!("Time off: {from} to {until}"),
        None => format!("Time off: from {from} on"),
    }
}
