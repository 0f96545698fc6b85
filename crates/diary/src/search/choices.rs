//! What the choices of a study are called. An answer that is a choice is kept by its name, and looked for by its words.

use std::collections::BTreeMap;

use waymark_protocol::content::{Answer, Entry};
use waymark_protocol::study::Plan;

use super::fold::fold;
use crate::voice;

/// The choices of a study in one language, by the prompt that offers them.
#[derive(Default)]
pub(crate) struct Choices(BTreeMap<String, Vec<Choice>>);

struct Choice {
    id: String,
    words: String,
    folded: String,
}

impl Choices {
    /// Those of a study, where there is one.
    pub fn of(plan: Option<&Plan>, language: &str) -> Self {
        let prompts = plan.into_iter().flat_map(|plan| &plan.prompts).filter(|prompt| !prompt.options.is_empty());
        Self(
            prompts
                .map(|prompt| {
                    let choices = prompt.options.iter().map(|option| {
                        let words = option.text.get(language).to_owned();
                        Choice { id: option.id.clone(), folded: fold(&words), words }
                    });
                    (prompt.id.clone(), choices.collect())
                })
                .collect(),
        )
    }

    /// An answer as it is read.
    pub fn words<'a>(&'a self, answer: &'a Answer) -> &'a str {
        self.choice(answer).map_or(&answer.value, |choice| &choice.words)
    }

    /// The words of an entry's choices, folded, at the end of `folded`.
    pub fn put_folded(&self, entry: &Entry, folded: &mut String) {
        if self.0.is_empty() {
            return;
        }
        for choice in voice::written_answers(entry).filter_map(|answer| self.choice(answer)) {
            folded.push_str(&choice.folded);
            folded.push(' ');
        }
    }

    fn choice(&self, answer: &Answer) -> Option<&Choice> {
        self.0.get(&answer.prompt)?.iter().find(|choice| choice.id == answer.value)
    }
}
