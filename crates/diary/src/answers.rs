//! Answers as they are read: a choice is kept by its name, and read and looked for by its words as long as the study has them.

use std::collections::BTreeMap;
use std::sync::Arc;

use waymark_protocol::content::{Answer, Entry};
use waymark_protocol::document::TrustedDocument;
use waymark_protocol::study::Plan;

use crate::diary::Diary;
use crate::search::fold;
use crate::{Error, voice};

impl Diary {
    /// The newest document of the study that the diary is in, was in, or has still to meet again.
    pub(crate) fn study_document(&self) -> Result<Option<Arc<TrustedDocument>>, Error> {
        match (&self.membership, &self.parted) {
            (Some(membership), _) => membership.trusted().map(Some),
            (None, Some(parted)) => Ok(Some(Arc::new(parted.trusted()?))),
            (None, None) => Ok(None),
        }
    }

    /// What the choices of that study are called in a language, or in the study's first one.
    pub(crate) fn choices(&self, language: &str) -> Result<Choices, Error> {
        let study = self.study_document()?;
        Ok(study.map_or_else(Choices::default, |study| Choices::of(&study.document.plan, language)))
    }
}

/// The choices of a study in one language, by the prompt that offers them.
#[derive(Default)]
pub(crate) struct Choices(BTreeMap<String, Vec<Choice>>);

struct Choice {
    id: String,
    words: String,
    folded: String,
}

impl Choices {
    fn of(plan: &Plan, language: &str) -> Self {
        let prompts = plan.prompts.iter().filter(|prompt| !prompt.options.is_empty());
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

    /// An answer's words: those of the choice, or what was written.
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
