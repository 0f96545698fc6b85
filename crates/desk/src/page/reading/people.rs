//! Who takes part, and when they shared something.

use std::collections::{BTreeMap, HashSet};

use chrono::{Datelike, Days, NaiveDate};
use waymark_protocol::ParticipantId;
use waymark_protocol::proof::State;
use waymark_protocol::study::Plan;

use super::super::types::*;
use super::count;
use crate::account::{Account, Class, PersonAccount};
use crate::export::rows::joined_on;
use crate::judged::JudgedPerson;
use crate::participants::Labels;
use crate::people::Person;
use crate::verify::{is_alarming, rfc3339};

/// How many weeks the strips show at most: the newest.
const MOST_WEEKS: u64 = 26;

pub(super) fn view(
    account: &Account<'_>,
    invited: Vec<Person>,
    labels: &Labels,
    plan: &Plan,
    today: NaiveDate,
) -> PeopleView {
    let sent: BTreeMap<ParticipantId, (&JudgedPerson<'_>, &PersonAccount<'_>)> = account
        .judged
        .iter()
        .zip(&account.people)
        .filter_map(|(judged, person)| Some((person.participant?, (judged, person))))
        .collect();
    let first = account.people.iter().filter_map(joined_on).min().unwrap_or(today);
    let weeks = weeks(first, today);
    let known: HashSet<ParticipantId> = invited.iter().map(|person| person.number).collect();
    let mut people: Vec<PersonView> = invited
        .into_iter()
        .map(|person| PersonView {
            participant: person.participant,
            number: person.number.to_string(),
            invitation: Some(person.invitation),
            until: person.until,
            ..of(sent.get(&person.number), &weeks, plan, today)
        })
        .collect();
    people.extend(sent.iter().filter(|(id, _)| !known.contains(id)).map(|(id, found)| PersonView {
        participant: labels.of(id),
        number: id.to_string(),
        ..of(Some(found), &weeks, plan, today)
    }));
    people.sort_by(|a, b| (&a.participant, &a.number).cmp(&(&b.participant, &b.number)));
    PeopleView { people, weeks: weeks.iter().map(ToString::to_string).collect() }
}

fn of(
    found: Option<&(&JudgedPerson<'_>, &PersonAccount<'_>)>,
    weeks: &[NaiveDate],
    plan: &Plan,
    today: NaiveDate,
) -> PersonView {
    let mut view = PersonView { strip: vec![0; weeks.len()], ..PersonView::default() };
    let Some((judged, person)) = found else { return view };
    let joined = joined_on(person);
    // An entry counts once, for the day that its newest revision is about.
    let mut days = BTreeMap::new();
    for line in &person.lines {
        if let Class::Opened(entry) = &line.class {
            let newest = days.entry(entry.entry).or_insert((entry.written_at, entry.about));
            *newest = (*newest).max((entry.written_at, entry.about));
        }
    }
    for (_, about) in days.values() {
        let week = weeks.partition_point(|monday| monday <= about);
        if let Some(shared) = week.checked_sub(1).and_then(|week| view.strip.get_mut(week)) {
            *shared += 1;
        }
    }
    let proven = judged.devices.iter().filter(|device| device.state != State::Unproven);
    view.phones = count(proven.count());
    view.joined = joined.map(|day| day.to_string());
    view.phase = phase_now(person, joined, plan, today);
    view.shared = count(days.len());
    view.last_about = days.values().map(|(_, about)| *about).max().map(|day| day.to_string());
    view.last_seen = judged.devices.iter().map(|device| device.as_of).max().and_then(rfc3339);
    view.needs_a_look = judged.devices.iter().any(|device| is_alarming(device.state));
    let shown = weeks.first().copied().unwrap_or(today);
    let off = person.told.time_off.iter().filter(|off| off.until.is_none_or(|until| until >= shown));
    view.time_off = off
        .map(|off| TimeOffView { from: off.from.to_string(), until: off.until.map(|until| until.to_string()) })
        .collect();
    view
}

/// As the participant says, else as it is counted from the day of joining.
fn phase_now(person: &PersonAccount<'_>, joined: Option<NaiveDate>, plan: &Plan, today: NaiveDate) -> Option<String> {
    let said = person.told.corrections(plan, joined);
    let said = said.iter().rev().find(|(since, _)| *since <= today).map(|(_, phase)| *phase);
    let id = said.or_else(|| Some(plan.phase_at(joined?, today).id.as_str()))?;
    Some(super::entries::phase_title(plan, id))
}

/// The Mondays from the week of `first` to this week, as far as they are shown.
fn weeks(first: NaiveDate, today: NaiveDate) -> Vec<NaiveDate> {
    let this = monday(today);
    let earliest = this.checked_sub_days(Days::new(7 * (MOST_WEEKS - 1))).unwrap_or(this);
    let begin = monday(first).max(earliest).min(this);
    begin.iter_weeks().take_while(|monday| *monday <= this).collect()
}

fn monday(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday()))).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weeks_begin_on_mondays_and_end_with_this_one() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let mondays = weeks(day("2026-11-11"), day("2026-11-29"));
        assert_eq!(mondays, ["2026-11-09", "2026-11-16", "2026-11-23"].map(day));
        assert_eq!(weeks(day("2020-01-01"), day("2026-11-29")).len(), 26);
        // A phone whose clock is ahead.
        assert_eq!(weeks(day("2027-01-01"), day("2026-11-29")), [day("2026-11-23")]);
    }
}
