//! Who takes part, and when they shared something.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, Datelike, Days, Local, NaiveDate};
use waymark_protocol::ParticipantId;
use waymark_protocol::proof::State;
use waymark_protocol::study::Plan;

use super::super::types::*;
use super::consent;
use super::count;
use super::life::Life;
use crate::account::{Account, PersonAccount};
use crate::ending::joined_since;
use crate::export::rows::joined_on;
use crate::judged::JudgedPerson;
use crate::participants::Labels;
use crate::people::Person;
use crate::verify::{is_alarming, rfc3339};

/// How many weeks the strips show at most: the newest.
const MOST_WEEKS: u64 = 26;

/// Everybody, before it is known which days their entries are about.
pub(super) struct People<'p> {
    people: Vec<PersonView>,
    /// Of those who have joined.
    lives: BTreeMap<String, Life>,
    plan: &'p Plan,
    today: NaiveDate,
}

impl<'p> People<'p> {
    /// `left`: of whom this desk has said that they have left, and when.
    pub fn of(
        account: &Account<'_>,
        invited: Vec<Person>,
        labels: &Labels,
        left: &BTreeMap<ParticipantId, u64>,
        plan: &'p Plan,
        today: NaiveDate,
    ) -> Self {
        let sent: BTreeMap<ParticipantId, (&JudgedPerson<'_>, &PersonAccount<'_>)> = account
            .judged
            .iter()
            .zip(&account.people)
            .filter_map(|(judged, person)| Some((person.participant?, (judged, person))))
            .collect();
        let known: HashSet<ParticipantId> = invited.iter().map(|person| person.number).collect();
        let mut people: Vec<PersonView> = invited
            .into_iter()
            .map(|person| PersonView {
                participant: person.participant,
                number: person.number.to_string(),
                invitation: Some(person.invitation),
                until: person.until,
                ..of(sent.get(&person.number), left.get(&person.number), today)
            })
            .collect();
        people.extend(sent.iter().filter(|(id, _)| !known.contains(id)).map(|(id, found)| PersonView {
            participant: labels.of(id),
            number: id.to_string(),
            ..of(Some(found), left.get(id), today)
        }));
        people.sort_by(|a, b| (&a.participant, &a.number).cmp(&(&b.participant, &b.number)));
        let lives = sent.iter().filter_map(|(id, (judged, person))| {
            let said = left.get(id).filter(|at| !joined_since(judged, **at)).and_then(|at| day_of(*at));
            Some((labels.of(id), Life { said_left: said, ..Life::of(person, plan)? }))
        });
        Self { people, lives: lives.collect(), plan, today }
    }

    /// With the day that each entry is about now, whose each interview is, and how many entries each person wants to talk about.
    pub fn with_days<'d>(
        self,
        days: impl Iterator<Item = (&'d str, NaiveDate)>,
        interviews: impl Iterator<Item = &'d str>,
        talk: &BTreeMap<&str, u32>,
    ) -> PeopleView {
        let mut talked: BTreeMap<&str, u32> = BTreeMap::new();
        interviews.for_each(|participant| *talked.entry(participant).or_default() += 1);
        let mut shared: BTreeMap<&str, Vec<NaiveDate>> = BTreeMap::new();
        for (participant, day) in days {
            shared.entry(participant).or_default().push(day);
        }
        let joined = self.lives.values().map(|life| life.joined);
        let first = shared.values().flatten().copied().chain(joined).min();
        let weeks = weeks(first.unwrap_or(self.today), self.today);
        let mut people = self.people;
        for person in &mut people {
            let days = shared.get(person.participant.as_str()).map(Vec::as_slice).unwrap_or_default();
            person.strip =
                weeks.iter().map(|week| count(days.iter().filter(|day| monday(**day) == *week).count())).collect();
            person.shared = count(days.len());
            person.interviews = talked.get(person.participant.as_str()).copied().unwrap_or_default();
            person.talk = talk.get(person.participant.as_str()).copied().unwrap_or_default();
            person.last_about = days.iter().max().map(ToString::to_string);
            person.hoped_for = vec![0; weeks.len()];
            let Some(life) = self.lives.get(&person.participant) else { continue };
            person.hoped_for = weeks.iter().map(|week| life.hoped_for(self.plan, *week, self.today)).collect();
            let shown = life.time_off.iter().filter(|off| off.until.is_none_or(|until| until >= weeks[0]));
            person.time_off = shown
                .map(|off| TimeOffView { from: off.from.to_string(), until: off.until.map(|until| until.to_string()) })
                .collect();
            person.phase = Some(super::entries::phase_title(self.plan, life.phase_on(self.plan, self.today).0));
            person.left = life.left.map(|day| day.to_string());
            if life.is_off(self.today) || life.left.or(life.said_left).is_some() {
                person.silent_days = None;
            }
        }
        let consent = consent::items(self.plan, people.iter().filter_map(|person| person.agreed.as_ref()));
        PeopleView { people, weeks: weeks.iter().map(ToString::to_string).collect(), consent }
    }
}

fn of(found: Option<&(&JudgedPerson<'_>, &PersonAccount<'_>)>, left: Option<&u64>, today: NaiveDate) -> PersonView {
    let Some((judged, person)) = found else { return PersonView::default() };
    let said_left = left.filter(|at| !joined_since(judged, **at)).and_then(|at| rfc3339(*at));
    let joined = joined_on(person);
    let proven = judged.devices.iter().filter(|device| device.state != State::Unproven);
    // A clock that is ahead says nothing later than when the server had it.
    let seen = judged.devices.iter().map(|device| {
        let received = device.records.iter().map(|record| record.stored.received_at).max();
        device.as_of.min(received.filter(|received| *received > 0).unwrap_or(device.as_of))
    });
    let last_seen = seen.max().and_then(rfc3339);
    PersonView {
        phones: count(proven.count()),
        joined: joined.map(|day| day.to_string()),
        said_left,
        silent_days: last_seen.as_deref().and_then(|seen| days_since(seen, today)),
        last_seen,
        agreed: consent::newest(&person.consents),
        needs_a_look: judged.devices.iter().any(|device| is_alarming(device.state)),
        ..PersonView::default()
    }
}

/// The day of the researcher's calendar.
fn day_of(ms: u64) -> Option<NaiveDate> {
    let at = DateTime::from_timestamp_millis(i64::try_from(ms).ok()?)?;
    Some(at.with_timezone(&Local).date_naive())
}

/// A clock that is ahead was heard of today.
fn days_since(seen: &str, today: NaiveDate) -> Option<u32> {
    let seen = DateTime::parse_from_rfc3339(seen).ok()?.with_timezone(&Local).date_naive();
    u32::try_from(today.signed_duration_since(seen).num_days().max(0)).ok()
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
    use waymark_protocol::content::TimeOff;

    use super::*;

    #[test]
    fn an_entry_is_in_the_week_that_it_is_about_and_in_none_that_has_not_come() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let person = |label: &str| PersonView { participant: label.to_owned(), ..PersonView::default() };
        let text = include_str!("../../../../../studies/transitions.toml");
        let Ok(file) = waymark_protocol::study::StudyFile::parse(text) else { panic!("the example study is right") };
        let life =
            |off| Life { joined: day("2026-11-11"), left: None, said_left: None, said: Vec::new(), time_off: off };
        let off = TimeOff { from: day("2026-11-10"), until: None };
        let people = People {
            people: vec![person("P01"), person("P02")],
            lives: [("P01", life(Vec::new())), ("P02", life(vec![off]))]
                .map(|(who, life)| (who.to_owned(), life))
                .into(),
            plan: &file.plan,
            today: day("2026-11-29"),
        };
        // The first one is about a day before joining; the last one was written by a clock that is ahead.
        let days = ["2026-11-08", "2026-11-09", "2026-11-15", "2026-11-29", "2026-12-24"];
        let days = days.map(|text| ("P01", day(text))).into_iter();
        let view = people.with_days(days, ["P02", "P02"].into_iter(), &BTreeMap::from([("P01", 1)]));
        assert_eq!(view.weeks, ["2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23"]);
        let [first, second] = &view.people[..] else { panic!("two people") };
        assert_eq!((&first.strip[..], first.shared), (&[1, 2, 0, 1][..], 5));
        assert_eq!((first.interviews, second.interviews), (0, 2));
        assert_eq!(first.last_about.as_deref(), Some("2026-12-24"));
        assert_eq!(first.hoped_for, [0, 3, 4, 4]);
        assert_eq!((&second.strip[..], second.time_off.len()), (&[0; 4][..], 1));
        assert_eq!(second.hoped_for, [0; 4], "nothing is hoped for from somebody who is off");
    }

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
