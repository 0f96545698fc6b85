//! What differs between two drafts, part by part, as numbers that a page can put into words.

use serde::Serialize;
use ts_rs::TS;

use super::StudyDraft;

/// What became of one part of a study.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct Change {
    /// The part.
    pub part: ChangedPart,
    /// How many are new.
    pub added: u32,
    /// How many say something else.
    pub changed: u32,
    /// How many are gone.
    pub removed: u32,
    /// Whether those that stayed stand in another order.
    pub moved: bool,
}

/// A part of a study.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum ChangedPart {
    Title,
    About,
    RunBy,
    Contact,
    Languages,
    Hold,
    AboutDaysBack,
    ReviewAfter,
    JoinPage,
    Phases,
    Sets,
    Prompts,
    Schedules,
    Consent,
    Support,
    Codes,
}

/// What phones and the desk's codebook would have anew with `after`. Interviews are left out: a published version does not know them.
pub fn changes(before: &StudyDraft, after: &StudyDraft) -> Vec<Change> {
    use ChangedPart as Part;
    let (before, after) = (resolved(before), resolved(after));
    let one = |part, changed: bool| Change { part, added: 0, changed: changed.into(), removed: 0, moved: false };
    let all = [
        one(Part::Title, before.title != after.title),
        one(Part::About, before.about != after.about),
        one(Part::RunBy, before.run_by != after.run_by),
        one(Part::Contact, before.contact != after.contact),
        list(Part::Languages, &before.languages, &after.languages, String::clone),
        one(Part::Hold, before.hold != after.hold),
        one(Part::AboutDaysBack, before.about_days_back != after.about_days_back),
        one(Part::ReviewAfter, before.review_after != after.review_after),
        one(Part::JoinPage, before.join_page != after.join_page),
        list(Part::Phases, &before.phase, &after.phase, |each| each.id.clone()),
        list(Part::Sets, &before.prompt_set, &after.prompt_set, |each| each.id.clone()),
        list(Part::Prompts, &before.prompt, &after.prompt, |each| each.id.clone()),
        list(Part::Schedules, &before.schedule, &after.schedule, |each| each.set.clone()),
        list(Part::Consent, &before.consent, &after.consent, |each| each.id.clone()),
        list(Part::Support, &before.support, &after.support, |each| each.tel.clone()),
        list(Part::Codes, &before.code, &after.code, |each| each.name.clone()),
    ];
    let says = |change: &Change| change.moved || change.added + change.changed + change.removed > 0;
    all.into_iter().filter(says).collect()
}

/// A draft that names what another one leaves to be understood.
fn resolved(draft: &StudyDraft) -> StudyDraft {
    let mut draft = draft.clone().tidied();
    let all: Vec<String> = draft.phase.iter().map(|phase| phase.id.clone()).collect();
    for set in &mut draft.prompt_set {
        set.phases.get_or_insert_with(|| all.clone());
    }
    for schedule in &mut draft.schedule {
        let of_set = draft.prompt_set.iter().find(|set| set.id == schedule.set).and_then(|set| set.phases.clone());
        schedule.phases = schedule.phases.take().or(of_set);
    }
    draft
}

/// Those of the same name are the same one, the first with the first.
fn list<T: PartialEq>(part: ChangedPart, before: &[T], after: &[T], name: impl Fn(&T) -> String) -> Change {
    let mut left: Vec<Option<&T>> = before.iter().map(Some).collect();
    let mut places = Vec::new();
    let (mut added, mut changed) = (0, 0);
    for item in after {
        let called = name(item);
        // The very same one before another one of its name.
        let same = left.iter().position(|each| *each == Some(item));
        let found = same.or_else(|| left.iter().position(|each| each.is_some_and(|each| name(each) == called)));
        match found.and_then(|place| Some((place, left.get_mut(place)?.take()?))) {
            Some((place, old)) => {
                places.push(place);
                changed += u32::from(old != item);
            }
            None => added += 1,
        }
    }
    let removed = u32::try_from(left.into_iter().flatten().count()).unwrap_or(u32::MAX);
    Change { part, added, changed, removed, moved: !places.is_sorted() }
}

#[cfg(test)]
mod tests {
    use super::super::EXAMPLE;
    use super::*;

    fn example() -> StudyDraft {
        StudyDraft::parse(EXAMPLE).unwrap()
    }

    #[test]
    fn what_says_the_same_in_other_words_is_no_change() {
        let mut said = example();
        said.prompt_set[0].phases = Some(vec!["into".to_owned(), "through".to_owned(), "beyond".to_owned()]);
        said.schedule[2].phases = Some(vec!["into".to_owned()]);
        said.time_point.clear();
        said.version = 2;
        assert_eq!(changes(&example(), &said), []);
    }

    #[test]
    fn each_part_is_counted_by_itself() {
        let mut after = example();
        after.title.0.insert("en".to_owned(), "Another".to_owned());
        after.prompt[0].text.0.insert("en".to_owned(), "What else?".to_owned());
        let mut new = after.prompt[1].clone();
        new.id = "quite-new".to_owned();
        after.prompt.push(new);
        after.prompt.remove(2);
        after.consent.swap(1, 2);
        after.schedule.remove(0);
        let none = |part| Change { part, added: 0, changed: 0, removed: 0, moved: false };
        assert_eq!(
            changes(&example(), &after),
            [
                Change { changed: 1, ..none(ChangedPart::Title) },
                Change { added: 1, changed: 1, removed: 1, ..none(ChangedPart::Prompts) },
                Change { removed: 1, ..none(ChangedPart::Schedules) },
                Change { moved: true, ..none(ChangedPart::Consent) },
            ]
        );
    }
}
