//! The rules for words that people see.

use std::collections::BTreeSet;

use crate::study::near::nearest;
use crate::study::problem::{Faults, quoted};
use crate::study::{Plan, Text, limits};

pub(super) fn check(plan: &Plan, faults: &mut Faults) {
    let mut one = |at: String, text: &Text, most| one_text(&at, text, &plan.languages, most, faults);
    one("title".to_owned(), &plan.title, limits::NAME_CHARS);
    for (key, text) in [("about", &plan.about), ("run_by", &plan.run_by), ("contact", &plan.contact)] {
        text.iter().for_each(|text| one(key.to_owned(), text, limits::TEXT_CHARS));
    }
    for (index, phase) in plan.phases.iter().enumerate() {
        one(format!("phase[{index}].title"), &phase.title, limits::NAME_CHARS);
    }
    for (index, set) in plan.prompt_sets.iter().enumerate() {
        set.title.iter().for_each(|title| one(format!("prompt_set[{index}].title"), title, limits::NAME_CHARS));
    }
    for (index, prompt) in plan.prompts.iter().enumerate() {
        one(format!("prompt[{index}].text"), &prompt.text, limits::TEXT_CHARS);
        for (option_index, option) in prompt.options.iter().enumerate() {
            one(format!("prompt[{index}].option[{option_index}].text"), &option.text, limits::NAME_CHARS);
        }
    }
    for (index, item) in plan.consent.iter().enumerate() {
        one(format!("consent[{index}].text"), &item.text, limits::TEXT_CHARS);
    }
    for (index, contact) in plan.support.iter().enumerate() {
        one(format!("support[{index}].name"), &contact.name, limits::NAME_CHARS);
        contact.hours.iter().for_each(|hours| one(format!("support[{index}].hours"), hours, limits::NAME_CHARS));
    }
}

fn one_text(at: &str, text: &Text, languages: &[String], most: usize, faults: &mut Faults) {
    let Some(first) = languages.first() else { return };
    let key = at.rsplit('.').next().unwrap_or_default();
    let missing = text.entries().all(|(tag, _)| tag != first);
    if missing || text.entries().next().is_some_and(|(tag, _)| tag != first) {
        let is = if missing { "has no text in" } else { "does not begin with" };
        let message = format!("`{key}` {is} `{first}`, the study's first language");
        faults.add(at, message, format!("add `{key}.{first} = \"…\"`"));
    }
    let mut seen = BTreeSet::new();
    for (tag, words) in text.entries() {
        let place = format!("{at}.{tag}");
        if !languages.iter().any(|language| language == tag) {
            let remedy = match nearest(tag, languages.iter().map(String::as_str)) {
                Some(meant) => format!("did you mean `{meant}`? If not, add it to `languages`"),
                None => "add it to `languages`, or take the text out".to_owned(),
            };
            faults.add(&place, format!("{} is not among the study's languages", quoted(tag)), remedy);
        } else if !seen.insert(tag) {
            faults.add(&place, format!("`{key}` has two texts in `{tag}`"), "take one of them out");
        }
        words_fit(&place, key, words, most, faults);
    }
}

/// Whether something to be shown has at least a letter, at most `most`, and no control characters but tabs and new lines.
pub(in crate::study) fn words_fit(at: &str, key: &str, words: &str, most: usize, faults: &mut Faults) {
    let length = words.chars().count();
    if words.trim().is_empty() {
        faults.add(at, format!("`{key}` is empty"), "write the text, or take the key out");
    } else if length > most {
        faults.add(at, format!("`{key}` has {length} characters"), format!("shorten it to {most}"));
    } else if let Some(odd) = words.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        faults.add(at, format!("`{key}` holds the control character U+{:04X}", u32::from(odd)), "take it out");
    }
}
