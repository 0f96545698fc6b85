//! Answers as they are read: a choice is kept by its name, and read by its words as long as the study has them.

use std::sync::Arc;

use waymark_protocol::content::Answer;
use waymark_protocol::document::TrustedDocument;
use waymark_protocol::study::Plan;

use crate::Error;
use crate::diary::Diary;

impl Diary {
    /// The newest document of the study that the diary is in, was in, or has still to meet again.
    pub(crate) fn study_document(&self) -> Result<Option<Arc<TrustedDocument>>, Error> {
        match (&self.membership, &self.parted) {
            (Some(membership), _) => membership.trusted().map(Some),
            (None, Some(parted)) => Ok(Some(Arc::new(parted.trusted()?))),
            (None, None) => Ok(None),
        }
    }
}

/// An answer's words: those of the choice in this language, or what was written.
pub(crate) fn words<'a>(plan: Option<&'a Plan>, answer: &'a Answer, language: &str) -> &'a str {
    let prompts = plan.into_iter().flat_map(|plan| &plan.prompts);
    let mut options = prompts.filter(|prompt| prompt.id == answer.prompt).flat_map(|prompt| &prompt.options);
    let option = options.find(|option| option.id == answer.value);
    option.map_or(answer.value.as_str(), |option| option.text.get(language))
}
