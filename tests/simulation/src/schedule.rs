//! From a seed to the steps of a schedule. Nothing is run here: so a schedule can be read, and cut.

use crate::chance::Chance;
use crate::fault::{Fault, Trouble};
use crate::step::Step;

/// How many people there are at most.
pub const PEOPLE: u32 = 2;

/// A schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// From which it was made; also what the phones' randomness follows from.
    pub seed: u64,
    /// How many people there are.
    pub people: u32,
    /// What happens, in order.
    pub steps: Vec<Step>,
    /// How long after the last fault everything is looked at: no time, or longer than any hold.
    pub hours_at_end: u32,
}

impl Schedule {
    /// The schedule of a seed.
    pub fn of(seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        // Most schedules are about one person: what two do apart is rarer, and what one does is checked more sharply.
        let people = if chance.percent(25) { PEOPLE } else { 1 };
        let mut steps = Vec::new();
        if chance.percent(20) {
            steps.push(Step::Write { phone: 0, share: false, crash: false, spoken: chance.percent(20) });
        }
        for person in 0..people {
            steps.push(Step::Join { person, back_up: chance.percent(50), troubles: troubles(&mut chance, 15) });
        }
        let length = 8 + chance.below(16);
        while u64::try_from(steps.len()).expect("a length") < length {
            match chance.below(40) {
                0..4 => shared_and_taken_back(&mut chance, &mut steps),
                4 => held_and_kept(&mut chance, &mut steps),
                5..7 => server_set_back(&mut chance, people, &mut steps),
                7 => phone_set_back(&mut chance, people, &mut steps),
                8 => two_phones_part(&mut chance, people, &mut steps),
                _ => steps.push(step(&mut chance, people)),
            }
        }
        Self { seed, people, steps, hours_at_end: if chance.percent(60) { 100 } else { 0 } }
    }
}

/// An entry that the study has, and that is then taken back or kept from it.
fn shared_and_taken_back(chance: &mut Chance, steps: &mut Vec<Step>) {
    let (phone, entry) = (number(chance), number(chance));
    steps.push(Step::Write { phone, share: true, crash: false, spoken: chance.percent(20) });
    steps.push(Step::Wait { hours: 60 });
    steps.push(Step::Sync { phone, troubles: troubles(chance, 30) });
    if chance.percent(50) {
        steps.push(Step::Pull { troubles: troubles(chance, 30) });
    }
    steps.push(match chance.below(4) {
        0 => Step::KeepPrivate { phone, entry },
        1 => Step::Edit { phone, entry, share: true },
        2 => Step::Delete { phone, entry },
        _ => Step::Withdraw { phone, entry },
    });
}

/// An entry that is to be shared, and is kept from the study before anybody had it.
fn held_and_kept(chance: &mut Chance, steps: &mut Vec<Step>) {
    let (phone, entry) = (number(chance), number(chance));
    steps.push(Step::Write { phone, share: true, crash: false, spoken: chance.percent(20) });
    if chance.percent(50) {
        steps.push(Step::Sync { phone, troubles: troubles(chance, 30) });
    }
    steps.push(match chance.below(3) {
        0 => Step::Edit { phone, entry, share: false },
        _ => Step::KeepPrivate { phone, entry },
    });
    steps.push(Step::Wait { hours: 60 });
    steps.push(Step::Sync { phone, troubles: troubles(chance, 30) });
}

/// A backup, something that comes after it, and the server as it was then.
fn server_set_back(chance: &mut Chance, people: u32, steps: &mut Vec<Step>) {
    steps.push(Step::BackUpServer);
    for _ in 0..chance.below(4) {
        steps.push(step(chance, people));
    }
    if chance.percent(70) {
        steps.push(Step::Sync { phone: number(chance), troubles: troubles(chance, 30) });
    }
    steps.push(Step::RestoreServer);
}

/// A copy of a phone's file, something that comes after it, and the phone as it was then.
fn phone_set_back(chance: &mut Chance, people: u32, steps: &mut Vec<Step>) {
    let phone = number(chance);
    steps.push(Step::CopyPhone { phone });
    for _ in 0..chance.below(4) {
        steps.push(step(chance, people));
    }
    steps.push(Step::OldCopy { phone });
}

/// A second phone, something that both do, and an end of their being together.
fn two_phones_part(chance: &mut Chance, people: u32, steps: &mut Vec<Step>) {
    let person = number(chance) % people;
    steps.push(Step::Restore { person, lost: false, troubles: troubles(chance, 20) });
    for _ in 0..chance.below(6) {
        steps.push(step(chance, people));
    }
    let phone = number(chance);
    steps.push(match chance.percent(60) {
        true => Step::Stop { phone, troubles: troubles(chance, 40) },
        false => Step::Leave { phone, erase: chance.percent(50) },
    });
    for _ in 0..chance.below(4) {
        steps.push(step(chance, people));
    }
}

fn number(chance: &mut Chance) -> u32 {
    u32::try_from(chance.below(16)).expect("small")
}

fn step(chance: &mut Chance, people: u32) -> Step {
    let phone = number(chance);
    let entry = number(chance);
    match chance.below(100) {
        0..18 => Step::Write { phone, share: chance.percent(60), crash: chance.percent(8), spoken: chance.percent(20) },
        18..25 => Step::Edit { phone, entry, share: chance.percent(50) },
        25..30 => Step::Share { phone, entry },
        30..34 => Step::KeepPrivate { phone, entry },
        34..39 => Step::Withdraw { phone, entry },
        39..42 => Step::Delete { phone, entry },
        42..62 => Step::Sync { phone, troubles: troubles(chance, 50) },
        62..70 => Step::Wait { hours: chance.of(&[1, 6, 30, 49, 60, 100, 24 * 90]) },
        70..76 => Step::Pull { troubles: troubles(chance, 35) },
        76..80 => {
            Step::Restore { person: number(chance) % people, lost: chance.percent(50), troubles: troubles(chance, 40) }
        }
        80..82 => Step::Publish,
        82..84 => Step::ChangeLock { phone },
        84..87 => Step::CrashPhone { phone },
        87..90 => Step::JumpClock { phone, hours: chance.of(&[0, 0, -72, -5, 3, 72]) },
        90..93 => Step::KillServer,
        93 => Step::Leave { phone, erase: chance.percent(50) },
        _ => {
            Step::Join { person: number(chance) % people, back_up: chance.percent(50), troubles: troubles(chance, 40) }
        }
    }
}

/// Troubles of one connection; none in most.
fn troubles(chance: &mut Chance, percent: u64) -> Vec<Trouble> {
    let mut troubles = Vec::new();
    while troubles.len() < 3 && chance.percent(percent) {
        let call = u32::try_from(chance.below(4)).expect("small");
        troubles.push(Trouble {
            call,
            fault: chance.of(&Fault::ALL),
            at: u32::try_from(chance.below(4096)).expect("small"),
        });
    }
    troubles
}
