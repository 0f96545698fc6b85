//! Somebody's time in the study: since when, in which phases, when off; and how many entries the study hoped for meanwhile.

use chrono::{DateTime, Datelike, Days, NaiveDate};
use waymark_protocol::content::{Consent, TimeOff};
use waymark_protocol::study::{Plan, Schedule};

use crate::account::PersonAccount;
use crate::export::rows::joined_on;

/// One person's time in the study, by their own clock.
pub(super) struct Life {
    pub joined: NaiveDate,
    /// The day on which they left, if they did not come back.
    pub left: Option<NaiveDate>,
    /// The day on which the study said that they have left, if they did not join again.
    pub said_left: Option<NaiveDate>,
    /// Phases that they said to be in, each from its day on.
    pub said: Vec<(NaiveDate, String)>,
    pub time_off: Vec<TimeOff>,
}

impl Life {
    /// None of somebody who has not joined, as far as is known here.
    pub fn of(person: &PersonAccount<'_>, plan: &Plan) -> Option<Self> {
        let joined = joined_on(person)?;
        let said = person.told.corrections(plan, Some(joined)).into_iter();
        let said = said.map(|(since, phase)| (since, phase.to_owned())).collect();
        let came_back = |left: &NaiveDate| {
            let agreed = |consent: &Consent| DateTime::parse_from_rfc3339(&consent.agreed_at).ok();
            person.consents.iter().filter_map(agreed).any(|agreed| agreed.date_naive() > *left)
        };
        let left = person.told.left.filter(|left| !came_back(left));
        Some(Self { joined, left, said_left: None, said, time_off: person.told.time_off.clone() })
    }

    pub fn is_off(&self, day: NaiveDate) -> bool {
        self.time_off.iter().any(|off| off.from <= day && off.until.is_none_or(|until| day <= until))
    }

    /// Whether something is hoped for on a day.
    fn is_there(&self, day: NaiveDate) -> bool {
        let left = self.left.into_iter().chain(self.said_left).min();
        self.joined <= day && left.is_none_or(|left| day < left) && !self.is_off(day)
    }

    /// How many entries the study hopes for in the seven days from `monday` on, as far as they are over on `today`: as many as it aims
    /// for, else one for each day on which something is due; in part, where somebody was there in part.
    pub fn hoped_for(&self, plan: &Plan, monday: NaiveDate, today: NaiveDate) -> u32 {
        let days: Vec<NaiveDate> = (0..7).filter_map(|day| monday.checked_add_days(Days::new(day))).collect();
        let hoped: f64 = plan
            .schedules
            .iter()
            .map(|schedule| {
                let asked = |day: &&NaiveDate| schedule.days.iter().any(|due| due.weekday() == day.weekday());
                let there = |day: &&NaiveDate| **day < today && self.is_there(**day);
                let due = |day: &&NaiveDate| self.is_due(plan, schedule, **day);
                let there = days.iter().filter(there).filter(due).count() as f64;
                let asked = days.iter().filter(asked).count() as f64;
                match schedule.aim_per_week {
                    Some(aim) if asked > 0.0 => f64::from(aim).min(asked) * there / asked,
                    _ => there,
                }
            })
            .sum();
        // At most a few a day.
        hoped.round() as u32
    }

    /// The phase of a day, and its first day: as they said, else as the plan counts it. A phase that the plan has no more counts as not
    /// said, as it does in the diary.
    pub fn phase_on<'a>(&'a self, plan: &'a Plan, day: NaiveDate) -> (&'a str, NaiveDate) {
        let holds = |said: &&(NaiveDate, String)| said.0 <= day && plan.phases.get(&said.1).is_some();
        if let Some((since, phase)) = self.said.iter().rfind(holds) {
            return (phase, *since);
        }
        let phase = plan.phase_at(self.joined, day);
        let began = self.joined.checked_add_days(Days::new(phase.from.days().into())).unwrap_or(NaiveDate::MAX);
        (&phase.id, began)
    }

    fn is_due(&self, plan: &Plan, schedule: &Schedule, day: NaiveDate) -> bool {
        let (phase, began) = self.phase_on(plan, day);
        schedule.phases.iter().any(|id| id == phase) && schedule.is_due(began, day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Daily on working days with an aim of three, and a look-back on Fridays.
    fn plan() -> Plan {
        let text = include_str!("../../../../../studies/transitions.toml");
        let Ok(file) = waymark_protocol::study::StudyFile::parse(text) else { panic!("the example study is right") };
        file.plan
    }

    #[test]
    fn a_week_is_hoped_for_as_far_as_somebody_was_there() {
        let mut life =
            Life { joined: day("2026-03-02"), left: None, said_left: None, said: Vec::new(), time_off: Vec::new() };
        let (plan, today) = (plan(), day("2026-12-31"));
        let hoped = |life: &Life, monday: &str| life.hoped_for(&plan, day(monday), today);
        assert_eq!(hoped(&life, "2026-03-02"), 4, "three, and the look-back");
        assert_eq!(hoped(&life, "2026-02-23"), 0, "before joining");
        assert_eq!(life.hoped_for(&plan, day("2026-03-02"), day("2026-03-04")), 1, "two of five days are over");
        life.left = Some(day("2026-03-11"));
        assert_eq!((hoped(&life, "2026-03-09"), hoped(&life, "2026-03-16")), (1, 0), "left on a Wednesday");
        life.left = None;
        life.joined = day("2026-03-05");
        assert_eq!(hoped(&life, "2026-03-02"), 2, "joined on a Thursday: two of five days, and the look-back");
        life.time_off = vec![TimeOff { from: day("2026-03-09"), until: Some(day("2026-03-15")) }];
        assert_eq!((hoped(&life, "2026-03-09"), hoped(&life, "2026-03-16")), (0, 4));
        life.time_off = vec![TimeOff { from: day("2026-03-12"), until: None }];
        assert_eq!((hoped(&life, "2026-03-09"), hoped(&life, "2026-03-16")), (2, 0));
    }

    #[test]
    fn the_phase_that_somebody_says_counts_instead_of_the_one_that_is_counted() {
        let (plan, today) = (plan(), day("2026-12-31"));
        let mut life =
            Life { joined: day("2026-03-02"), left: None, said_left: None, said: Vec::new(), time_off: Vec::new() };
        life.said = vec![(day("2026-03-09"), "through".to_owned())];
        assert_eq!(life.hoped_for(&plan, day("2026-03-09"), today), 3, "two, and the look-back");
        life.said.push((day("2026-03-16"), "gone".to_owned()));
        assert_eq!(
            life.hoped_for(&plan, day("2026-03-16"), today),
            3,
            "a phase that the study has no more is not said"
        );
        assert_eq!(life.phase_on(&plan, day("2026-03-16")), ("through", day("2026-03-09")));
        assert_eq!(life.phase_on(&plan, day("2026-03-08")), ("into", day("2026-03-02")));
    }
}
