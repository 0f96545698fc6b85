//! Which phase someone is in, and which prompt sets are on offer. Pure: dates come in as arguments.

use chrono::{Days, NaiveDate};

use super::{Phase, Plan, PromptSet, When};

/// How many days after its day a weekly set is still on offer.
const WEEKLY_GRACE_DAYS: u64 = 2;

impl Plan {
    /// The phase on `today` of someone who joined on `joined`. Before joining (a clock set back) it is the first.
    pub fn phase_at(&self, joined: NaiveDate, today: NaiveDate) -> &Phase {
        let day = today.signed_duration_since(joined).num_days().max(0);
        self.phases.on_day(u32::try_from(day).unwrap_or(u32::MAX))
    }

    /// The prompt sets on offer on `today` to someone who joined on `joined` and whose phases are where the study puts them.
    pub fn sets_on(&self, joined: NaiveDate, today: NaiveDate) -> Vec<&PromptSet> {
        let phase = self.phase_at(joined, today);
        let began = joined.checked_add_days(Days::new(phase.from.days().into())).unwrap_or(NaiveDate::MAX);
        self.sets_in(&phase.id, began, today)
    }

    /// The prompt sets on offer on `today` to someone in phase `phase` since `phase_began` (the writer may have corrected it).
    ///
    /// Day and event sets are always on offer in their phases; weekly sets on the days of their schedules and the two days after,
    /// as long as the phase lasts.
    pub fn sets_in(&self, phase: &str, phase_began: NaiveDate, today: NaiveDate) -> Vec<&PromptSet> {
        let in_phase = |phases: &[String]| phases.iter().any(|id| id == phase);
        let recent = (0..=WEEKLY_GRACE_DAYS).filter_map(|days| today.checked_sub_days(Days::new(days)));
        let recent: Vec<NaiveDate> = recent.collect();
        let recently_due = |set: &PromptSet| {
            let mut schedules = self.schedules.iter().filter(|it| it.set == set.id && in_phase(&it.phases));
            schedules.any(|schedule| recent.iter().any(|date| schedule.is_due(phase_began, *date)))
        };
        let on_offer = |set: &&PromptSet| {
            in_phase(&set.phases)
                && match set.when {
                    When::Day | When::Event => true,
                    When::Weekly => recently_due(set),
                }
        };
        self.prompt_sets.iter().filter(on_offer).collect()
    }
}
