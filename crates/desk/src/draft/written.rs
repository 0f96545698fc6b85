//! A draft as TOML, and TOML as a draft.

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value};

use super::{DraftPrompt, StudyDraft, notes};

/// What may be left out, and is when it says nothing.
const OPTIONAL: [&str; 4] = ["join_page", "parent", "description", "weeks"];

impl StudyDraft {
    /// Reads a draft, also one that is no study yet. None where it is not TOML, or holds something that a draft has no place for: then
    /// the study file's parser says what and where.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        toml_edit::de::from_str::<Self>(text).ok().map(Self::tidied)
    }

    /// The study file that it makes.
    pub fn to_toml(&self) -> String {
        self.document().to_string()
    }

    /// The same, with the notes of the file that it takes the place of, each where it belongs.
    pub fn to_toml_after(&self, before: &str) -> String {
        let mut document = self.document();
        let Ok(old) = before.parse::<DocumentMut>() else { return document.to_string() };
        notes::carry(&old, &mut document);
        let text = document.to_string();
        // A note is never worth a word of the study.
        if Self::parse(&text).as_ref() == Some(self) { text } else { self.to_toml() }
    }

    /// Whether `text`, which takes the place of `before`, lacks notes of it though nothing was taken out that they could have been about.
    pub fn loses_notes(&self, before: &str, text: &str) -> bool {
        let is_whole =
            Self::parse(before).is_none_or(|old| old.sizes().iter().zip(self.sizes()).all(|(old, new)| new >= *old));
        is_whole && notes::are_lost(before, text)
    }

    /// How many there are of everything that can be taken out.
    fn sizes(&self) -> [usize; 10] {
        [
            self.languages.len(),
            self.phase.len(),
            self.prompt_set.len(),
            self.prompt.len(),
            self.prompt.iter().map(|prompt| prompt.option.len()).sum(),
            self.schedule.len(),
            self.time_point.len(),
            self.consent.len(),
            self.support.len(),
            self.code.len(),
        ]
    }

    fn document(&self) -> DocumentMut {
        let mut document =
            toml_edit::ser::to_document(self).expect("texts, numbers, lists and tables with text keys are always TOML");
        let rank = |tag: &str| self.languages.iter().position(|each| each == tag).unwrap_or(usize::MAX);
        lay_out(document.as_table_mut(), &rank);
        self.put_prompts_below_their_sets(&mut document);
        document
    }

    /// As a person would write it, where that keeps the order of all prompts: it is their order in the file.
    fn put_prompts_below_their_sets(&self, document: &mut DocumentMut) {
        let set_of = |prompt: &DraftPrompt| self.prompt_set.iter().position(|set| set.id == prompt.set);
        let sets: Option<Vec<usize>> = self.prompt.iter().map(set_of).collect();
        let Some(sets) = sets.filter(|sets| sets.is_sorted()) else { return };
        let blocks: Vec<(String, usize)> = document
            .iter()
            .filter_map(|(key, item)| Some((key.to_owned(), item.as_array_of_tables()?.len())))
            .collect();
        let mut order: Vec<(String, usize)> = Vec::new();
        for (key, count) in blocks.into_iter().filter(|(key, _)| key != "prompt") {
            for index in 0..count {
                order.push((key.clone(), index));
                if key == "prompt_set" {
                    let below = sets.iter().enumerate().filter(|(_, set)| **set == index);
                    order.extend(below.map(|(prompt, _)| ("prompt".to_owned(), prompt)));
                }
            }
        }
        for (position, (key, index)) in order.into_iter().enumerate() {
            let block =
                document.get_mut(&key).and_then(Item::as_array_of_tables_mut).and_then(|each| each.get_mut(index));
            if let Some(block) = block {
                block.set_position(isize::try_from(position).ok());
            }
        }
    }
}

/// Brings a table into the form in which a person would write it: blocks as `[[…]]`, texts as `title.en = "…"` with the first language
/// first, and nothing that says nothing.
fn lay_out(table: &mut Table, rank: &dyn Fn(&str) -> usize) {
    let keys: Vec<String> = table.iter().map(|(key, _)| key.to_owned()).collect();
    for key in keys {
        let Some(item) = table.get_mut(&key) else { continue };
        let laid = match item.as_value() {
            Some(Value::InlineTable(words)) if words.is_empty() => None,
            Some(Value::InlineTable(words)) => Some(Item::Table(words_of(words, rank))),
            Some(Value::Array(blocks))
                if blocks.is_empty() && !["languages", "days", "phases"].contains(&key.as_str()) =>
            {
                None
            }
            Some(Value::Array(blocks)) if !blocks.is_empty() && blocks.iter().all(Value::is_inline_table) => {
                Some(Item::ArrayOfTables(blocks_of(blocks, rank)))
            }
            Some(Value::String(text)) if text.value().is_empty() && OPTIONAL.contains(&key.as_str()) => None,
            Some(Value::Integer(weeks)) if key == "every_weeks" && *weeks.value() == 1 => None,
            _ => continue,
        };
        match laid {
            Some(laid) => *item = laid,
            None => drop(table.remove(&key)),
        }
    }
}

fn words_of(words: &InlineTable, rank: &dyn Fn(&str) -> usize) -> Table {
    let mut table = Table::new();
    table.set_dotted(true);
    for (language, text) in words {
        table.insert(language, Item::Value(text.clone().decorated(" ", "")));
    }
    table.sort_values_by(|one, _, other, _| (rank(one.get()), one.get()).cmp(&(rank(other.get()), other.get())));
    table
}

fn blocks_of(blocks: &Array, rank: &dyn Fn(&str) -> usize) -> ArrayOfTables {
    let tables = blocks.iter().filter_map(Value::as_inline_table).map(|block| {
        let mut table = block.clone().into_table();
        lay_out(&mut table, rank);
        table.decor_mut().set_prefix("\n");
        table
    });
    tables.collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::collection::{btree_map, vec};
    use proptest::prelude::*;
    use waymark_protocol::study::StudyFile;

    use super::super::*;

    fn words() -> impl Strategy<Value = Words> {
        let text =
            prop_oneof!["\\PC{0,12}", "[ \t\n\r\"'\\\\#=\u{0}\u{7f}\u{feff}a]{0,12}", Just("Two\nlines\n".to_owned())];
        btree_map(prop_oneof![Just("en".to_owned()), Just("gd".to_owned()), "\\PC{0,3}"], text, 0..3).prop_map(Words)
    }

    fn text() -> impl Strategy<Value = String> {
        prop_oneof!["\\PC{0,8}", "[a-z-]{1,6}", "[ \t\r\n\"'\u{0}]{0,4}"]
    }

    fn some_phases() -> impl Strategy<Value = Option<Vec<String>>> {
        proptest::option::of(vec(text(), 0..3))
    }

    prop_compose! {
        fn prompt()(id in text(), set in text(), kind in text(), text in words(), option in vec((text(), words()), 0..3))
            -> DraftPrompt {
            let option = option.into_iter().map(|(id, text)| DraftOption { id, text }).collect();
            DraftPrompt { id, set, kind, text, option }
        }
    }

    prop_compose! {
        fn schedule()(set in text(), days in vec(text(), 0..3), aim_per_week in proptest::option::of(any::<u32>()),
            phases in some_phases(), weeks in text(), every_weeks in any::<u32>()) -> DraftSchedule {
            DraftSchedule { set, days, aim_per_week, phases, weeks, every_weeks }
        }
    }

    prop_compose! {
        fn settings()(version in any::<u32>(), languages in vec(prop_oneof![Just("en".to_owned()), text()], 0..3),
            title in words(), about in words(), run_by in words(), contact in words(), hold in text(),
            about_days_back in any::<u32>(), review_after in text(), join_page in text()) -> StudyDraft {
            StudyDraft { version, languages, title, about, run_by, contact, hold, about_days_back, review_after, join_page,
                ..StudyDraft::default() }
        }
    }

    prop_compose! {
        fn draft()(settings in settings(), phase in vec((text(), text(), words()), 0..3),
            sets in vec((text(), text(), words(), some_phases()), 0..3), prompt in vec(prompt(), 0..3),
            schedule in vec(schedule(), 0..3), points in vec((text(), text()), 0..2),
            consent in vec((text(), any::<bool>(), words()), 0..2), support in vec((words(), text(), words()), 0..2),
            codes in vec((text(), text(), text()), 0..3)) -> StudyDraft {
            StudyDraft {
                phase: phase.into_iter().map(|(id, from, title)| DraftPhase { id, from, title }).collect(),
                prompt_set: sets.into_iter().map(|(id, when, title, phases)| DraftSet { id, when, title, phases }).collect(),
                prompt,
                schedule,
                time_point: points.into_iter().map(|(id, at)| DraftTimePoint { id, at }).collect(),
                consent: consent.into_iter().map(|(id, required, text)| DraftConsent { id, required, text }).collect(),
                support: support.into_iter().map(|(name, tel, hours)| DraftContact { name, tel, hours }).collect(),
                code: codes.into_iter().map(|(name, parent, description)| DraftCode { name, parent, description }).collect(),
                ..settings
            }
        }
    }

    proptest! {
        #[test]
        fn whatever_a_form_sends_comes_back_from_its_file(draft in draft()) {
            let draft = draft.tidied();
            let text = draft.to_toml();
            prop_assert_eq!(StudyDraft::parse(&text), Some(draft.clone()), "{}", text);
            // Also where the file before had notes of a study.
            prop_assert_eq!(StudyDraft::parse(&draft.to_toml_after(EXAMPLE)), Some(draft));
        }

        #[test]
        fn tidying_what_is_tidy_changes_nothing(draft in draft()) {
            let tidy = draft.tidied();
            prop_assert_eq!(tidy.clone().tidied(), tidy);
        }
    }

    #[test]
    fn the_example_is_the_same_study_when_it_is_written_anew() {
        let draft = StudyDraft::parse(EXAMPLE).unwrap();
        let study = StudyFile::parse(&draft.to_toml());
        assert_eq!(study, StudyFile::parse(EXAMPLE));
        assert!(study.is_ok());
        // And in the same order, to the letter but for what was broken over several lines.
        let lines = |text: &str| {
            text.lines().filter(|line| !line.starts_with("We want") && !line.starts_with("You keep")).count()
        };
        let anew = draft.to_toml_after(EXAMPLE);
        let differ = anew.lines().filter(|line| !EXAMPLE.lines().any(|each| each == *line)).count();
        assert_eq!((lines(&anew), differ), (lines(EXAMPLE), 1), "{anew}");
    }

    #[test]
    fn notes_stay_where_they_belong_when_something_changes() {
        let mut draft = StudyDraft::parse(EXAMPLE).unwrap();
        draft.title.0.insert("en".to_owned(), "Another title".to_owned());
        draft.phase.insert(0, DraftPhase { id: "new".to_owned(), ..DraftPhase::default() });
        let text = draft.tidied().to_toml_after(EXAMPLE);
        let before = |note: &str, line: &str| {
            let (_, after) = text.split_once(note).unwrap_or_else(|| panic!("{note} is gone: {text}"));
            let next = after.lines().skip(1).find(|line| !line.starts_with('#') && !line.is_empty()).unwrap();
            assert_eq!(next, line);
        };
        assert!(text.starts_with("# Transitions: a diary study"), "{text}");
        before("Count up by one whenever", "version = 1");
        before("For invitations that begin with https", "review_after = \"10y\"");
        before("One for each phase, so that", "[[prompt_set]]");
        assert!(text.contains("title.en = \"Another title\""));
        let notes = |text: &str| text.lines().filter(|line| line.starts_with('#')).count();
        assert_eq!(notes(&text), notes(EXAMPLE), "{text}");
    }

    #[test]
    fn notes_stay_where_texts_have_no_language_and_in_lists_of_several_lines() {
        let before = "# Ours.\n\n# Above the title\ntitle = \"x\" # behind it\nversion = 1\n# Two of them\nlanguages = [\n  \"en\", \
                      # English\n  # The other one\n  \"gd\",\n  # No more\n] # so far\n\n# Begins\n[[phase]]\nid = \"all\" # short\nfrom = \"0w\"\ntitle = \"All\" # of it\n";
        let mut draft = StudyDraft::parse(before).unwrap();
        draft.title.0.insert("en".to_owned(), "y".to_owned());
        draft.phase[0].id = "whole".to_owned();
        let text = draft.clone().tidied().to_toml_after(before);
        for note in [
            "# Above the title\ntitle.en = \"y\" # behind it",
            "# Two of them\nlanguages = [\n  \"en\", # English\n  # The other one\n  \"gd\",\n  # No more\n] # so far",
            "# Begins\n[[phase]]\nid = \"whole\" # short",
            "title.en = \"All\" # of it",
        ] {
            assert!(text.contains(note), "{note} in {text}");
        }
        assert!(!draft.loses_notes(before, &text), "{text}");
        draft.languages.push("cy".to_owned());
        let text = draft.clone().tidied().to_toml_after(before);
        assert!(
            text.contains("# English\n") && text.contains("# The other one\n") && text.contains("# No more\n"),
            "{text}"
        );
    }

    #[test]
    fn notes_that_have_no_place_are_missed_and_those_of_what_was_taken_out_are_not() {
        let before = "title = \"x # no note\"\nlanguages = [\"en\"]\n\n# The only one\n[[phase]]\nid = \"all\"\nfrom = \"0w\"\ntitle = \"All\"\n\n[[prompt]]\nid = \"q\"\noption = [\n  # The first\n  { id = \"a\", text = \"A\" },\n]\n";
        let mut draft = StudyDraft::parse(before).unwrap();
        assert!(draft.loses_notes(before, &draft.to_toml_after(before)), "{}", draft.to_toml_after(before));
        let before = before.replace("  # The first\n", "");
        assert!(!draft.loses_notes(&before, &draft.to_toml_after(&before)));
        draft.phase.clear();
        assert!(!draft.loses_notes(&before, &draft.to_toml_after(&before)));
        assert!(!draft.to_toml_after(&before).contains("The only one"));
    }

    #[test]
    fn a_text_without_a_language_is_in_the_first_one() {
        let draft = StudyDraft::parse("languages = [\"gd\", \"en\"]\ntitle = \"Ceum\"").unwrap();
        assert_eq!(draft.title, Words(BTreeMap::from([("gd".to_owned(), "Ceum".to_owned())])));
    }

    #[test]
    fn what_a_draft_has_no_place_for_is_no_draft() {
        for text in
            ["titel.en = \"x\"", "version = \"one\"", "[[phase]]\nuntil = \"2w\"", "title = 3", "this is not TOML"]
        {
            assert_eq!(StudyDraft::parse(text), None, "{text}");
            assert!(StudyFile::parse(text).is_err(), "{text}");
        }
    }
}
