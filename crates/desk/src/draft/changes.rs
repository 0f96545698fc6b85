//! What differs between two drafts, part by part: as numbers that a page can put into words, and each text as it was and as it is now.

use serde::Serialize;
use ts_rs::TS;

use super::{
    DraftCode, DraftConsent, DraftContact, DraftPhase, DraftPrompt, DraftSchedule, DraftSet, StudyDraft, Words,
};

/// What became of one part of a study.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
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
    /// Every text of it that is new, gone or another one. What is no text, as days and order, is counted alone.
    pub texts: Vec<ChangedText>,
}

/// One text, as it was and as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ChangedText {
    /// What it belongs to, by its short name; empty where the part is one text.
    pub of: String,
    /// The code of its language; empty where it has none.
    pub language: String,
    /// As it was; empty where there was none.
    pub before: String,
    /// As it is now; empty where there is none any more.
    pub after: String,
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
    let one = |part, before: Vec<Said>, after: Vec<Said>| {
        let texts = differing("", &before, &after);
        Change { part, added: 0, changed: u32::from(!texts.is_empty()), removed: 0, moved: false, texts }
    };
    let line = |text: &str| vec![(String::new(), String::new(), text.to_owned())];
    let days = |days: u32| line(&days.to_string());
    let all = [
        one(Part::Title, said("", &before.title), said("", &after.title)),
        one(Part::About, said("", &before.about), said("", &after.about)),
        one(Part::RunBy, said("", &before.run_by), said("", &after.run_by)),
        one(Part::Contact, said("", &before.contact), said("", &after.contact)),
        list(Part::Languages, &before.languages, &after.languages),
        one(Part::Hold, line(&before.hold), line(&after.hold)),
        one(Part::AboutDaysBack, days(before.about_days_back), days(after.about_days_back)),
        one(Part::ReviewAfter, line(&before.review_after), line(&after.review_after)),
        one(Part::JoinPage, line(&before.join_page), line(&after.join_page)),
        list(Part::Phases, &before.phase, &after.phase),
        list(Part::Sets, &before.prompt_set, &after.prompt_set),
        list(Part::Prompts, &before.prompt, &after.prompt),
        list(Part::Schedules, &before.schedule, &after.schedule),
        list(Part::Consent, &before.consent, &after.consent),
        list(Part::Support, &before.support, &after.support),
        list(Part::Codes, &before.code, &after.code),
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

/// A text of something: which of its texts, in which language, and the text.
type Said = (String, String, String);

fn said(which: &str, words: &Words) -> Vec<Said> {
    words.0.iter().map(|(language, text)| (which.to_owned(), language.clone(), text.clone())).collect()
}

/// What stands in a list, and is known again by its name.
trait Item: PartialEq {
    fn name(&self) -> String;
    /// What of it is text.
    fn texts(&self) -> Vec<Said>;
}

fn plain(which: &str, text: &str) -> Said {
    (which.to_owned(), String::new(), text.to_owned())
}

impl Item for String {
    fn name(&self) -> String {
        self.clone()
    }

    fn texts(&self) -> Vec<Said> {
        Vec::new()
    }
}

impl Item for DraftPhase {
    fn name(&self) -> String {
        self.id.clone()
    }

    fn texts(&self) -> Vec<Said> {
        [said("", &self.title), vec![plain("from", &self.from)]].concat()
    }
}

impl Item for DraftSet {
    fn name(&self) -> String {
        self.id.clone()
    }

    fn texts(&self) -> Vec<Said> {
        said("", &self.title)
    }
}

impl Item for DraftPrompt {
    fn name(&self) -> String {
        self.id.clone()
    }

    fn texts(&self) -> Vec<Said> {
        let options = self.option.iter().flat_map(|option| said(&option.id, &option.text));
        said("", &self.text).into_iter().chain(options).collect()
    }
}

impl Item for DraftSchedule {
    fn name(&self) -> String {
        self.set.clone()
    }

    fn texts(&self) -> Vec<Said> {
        Vec::new()
    }
}

impl Item for DraftConsent {
    fn name(&self) -> String {
        self.id.clone()
    }

    fn texts(&self) -> Vec<Said> {
        said("", &self.text)
    }
}

impl Item for DraftContact {
    fn name(&self) -> String {
        self.tel.clone()
    }

    fn texts(&self) -> Vec<Said> {
        [said("", &self.name), said("hours", &self.hours)].concat()
    }
}

impl Item for DraftCode {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn texts(&self) -> Vec<Said> {
        vec![plain("", &self.description)]
    }
}

/// The texts of one thing that differ, those that went first.
fn differing(of: &str, before: &[Said], after: &[Said]) -> Vec<ChangedText> {
    let find = |all: &[Said], which: &str, language: &str| {
        let found = all.iter().find(|said| said.0 == which && said.1 == language);
        found.map(|said| said.2.clone()).unwrap_or_default()
    };
    let gone = before.iter().filter(|said| !after.iter().any(|other| other.0 == said.0 && other.1 == said.1));
    let places = gone.chain(after).map(|(which, language, _)| (which, language));
    let texts = places.map(|(which, language)| ChangedText {
        of: [of, which].into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", "),
        language: language.clone(),
        before: find(before, which, language),
        after: find(after, which, language),
    });
    texts.filter(|text| text.before != text.after).collect()
}

/// Those of the same name are the same one, the first with the first.
fn list<T: Item>(part: ChangedPart, before: &[T], after: &[T]) -> Change {
    let mut left: Vec<Option<&T>> = before.iter().map(Some).collect();
    let (mut places, mut texts) = (Vec::new(), Vec::new());
    let (mut added, mut changed) = (0, 0);
    for item in after {
        let called = item.name();
        // The very same one before another one of its name.
        let same = left.iter().position(|each| *each == Some(item));
        let found = same.or_else(|| left.iter().position(|each| each.is_some_and(|each| each.name() == called)));
        match found.and_then(|place| Some((place, left.get_mut(place)?.take()?))) {
            Some((place, old)) => {
                places.push(place);
                changed += u32::from(old != item);
                texts.extend(differing(&called, &old.texts(), &item.texts()));
            }
            None => {
                added += 1;
                texts.extend(differing(&called, &[], &item.texts()));
            }
        }
    }
    let gone: Vec<&T> = left.into_iter().flatten().collect();
    texts.extend(gone.iter().flat_map(|item| differing(&item.name(), &item.texts(), &[])));
    let removed = u32::try_from(gone.len()).unwrap_or(u32::MAX);
    Change { part, added, changed, removed, moved: !places.is_sorted(), texts }
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
        let counted: Vec<_> = changes(&example(), &after)
            .iter()
            .map(|change| (change.part, change.added, change.changed, change.removed, change.moved))
            .collect();
        assert_eq!(
            counted,
            [
                (ChangedPart::Title, 0, 1, 0, false),
                (ChangedPart::Prompts, 1, 1, 1, false),
                (ChangedPart::Schedules, 0, 0, 1, false),
                (ChangedPart::Consent, 0, 0, 0, true),
            ]
        );
    }

    #[test]
    fn each_text_is_told_as_it_was_and_as_it_is_now() {
        let mut before = example();
        before.prompt.truncate(2);
        let mut after = before.clone();
        after.title.0.insert("es".to_owned(), "Otra".to_owned());
        after.prompt[0].text.0.insert("en".to_owned(), "What else?".to_owned());
        let gone = after.prompt.remove(1);
        after.hold = "12h".to_owned();
        let text = |of: &str, language: &str, before: &str, after: &str| ChangedText {
            of: of.to_owned(),
            language: language.to_owned(),
            before: before.to_owned(),
            after: after.to_owned(),
        };
        let all = changes(&before, &after);
        assert_eq!(all[0].texts, [text("", "es", before.title.0.get("es").map_or("", String::as_str), "Otra")]);
        assert_eq!(all[1].texts, [text("", "", &before.hold, "12h")]);
        assert_eq!((all[2].part, all.len()), (ChangedPart::Prompts, 3));
        let asked = &before.prompt[0];
        assert_eq!(all[2].texts[0], text(&asked.id, "en", &asked.text.0["en"], "What else?"));
        let words = gone.text.0.len() + gone.option.iter().map(|option| option.text.0.len()).sum::<usize>();
        assert_eq!(all[2].texts.len(), 1 + words);
        assert!(all[2].texts[1..].iter().all(|text| text.after.is_empty() && text.of.starts_with(&gone.id)));
    }
}
