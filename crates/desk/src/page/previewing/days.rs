//! Which days of a study are worth a look: those on which something is asked that was not asked in this way before.

use std::collections::HashSet;

use chrono::{Days, NaiveDate};
use waymark_protocol::study::{Plan, PromptSet, When};

use super::types::PreviewDay;

/// The last day that can be looked at: ten years and some days.
pub(super) const LAST_DAY: u32 = 3_660;
/// So long the last phase is looked through: what comes every so many weeks has come by then.
const LAST_PHASE_DAYS: u32 = 366;
/// The most days that are named.
const MOST: usize = 60;

/// Those of `plan` for somebody who joins on `joined`, with titles in its first language.
pub(super) fn days(plan: &Plan, joined: NaiveDate) -> Vec<PreviewDay> {
    let language = plan.languages.first().map_or("", String::as_str);
    let last = plan.phases.iter().map(|phase| phase.from.days()).max().unwrap_or(0);
    let mut seen = HashSet::new();
    let every = (0..LAST_DAY.min(last.saturating_add(LAST_PHASE_DAYS))).filter_map(|past| {
        let date = joined.checked_add_days(Days::new(past.into()))?;
        let (phase, sets) = (plan.phase_at(joined, date), plan.sets_on(joined, date));
        let ids: Vec<&str> = sets.iter().map(|set| set.id.as_str()).collect();
        seen.insert((phase.id.as_str(), ids)).then(|| PreviewDay {
            day: past + 1,
            date: date.to_string(),
            phase: phase.title.get(language).to_owned(),
            weekly: sets.into_iter().filter(|set| set.when == When::Weekly).map(|set| title(set, language)).collect(),
        })
    });
    every.take(MOST).collect()
}

fn title(set: &PromptSet, language: &str) -> String {
    set.title.as_ref().map_or(set.id.as_str(), |title| title.get(language)).to_owned()
}

#[cfg(test)]
mod tests {
    use waymark_protocol::study::StudyFile;

    use super::*;
    use crate::draft::EXAMPLE;

    #[test]
    fn each_phase_begins_among_them_and_each_weekly_set_comes_up() {
        let plan = StudyFile::parse(EXAMPLE).unwrap().plan;
        let monday = "2026-03-02".parse().unwrap();
        let days = days(&plan, monday);
        assert_eq!((days[0].day, days[0].date.as_str(), days[0].weekly.len()), (1, "2026-03-02", 0));
        for phase in plan.phases.iter() {
            assert!(days.iter().any(|day| day.day == phase.from.days() + 1), "{}", phase.id);
        }
        let on = |day: &PreviewDay| plan.sets_on(monday, day.date.parse().unwrap());
        for set in plan.prompt_sets.iter().filter(|set| set.when == When::Weekly) {
            let title = title(set, "en");
            let day = days.iter().find(|day| on(day).iter().any(|on_offer| on_offer.id == set.id));
            assert!(day.expect("it comes up").weekly.contains(&title), "{}", set.id);
        }
        assert!(days.windows(2).all(|pair| pair[0].day < pair[1].day) && days.len() < 20, "{days:?}");
    }
}
