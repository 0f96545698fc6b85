//! What a draft says that could tell who somebody is, and the words that its writer has said are fine.
//!
//! Cues are advice: saving never waits for them. The fine words stay in this vault, sealed; they are not sent anywhere.

use chrono::Datelike;
use minicbor::{Decode, Encode};
use waymark_cues::{Context, find};
use waymark_protocol::study::{Plan, PromptKind};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::diary::Diary;
use crate::page::{Draft, DraftCue, ErrorCode};
use crate::store::{self, ALLOWED, WORDS};
use crate::{Error, Now};

/// Enough for a long time; the oldest word makes room.
const MAX_WORDS: usize = 500;
/// Longer than any name or address that is pointed out needs to be.
const MAX_WORD_BYTES: usize = 1024;

/// The words that are fine, oldest first, as they were written.
#[derive(Default, Encode, Decode, Zeroize, ZeroizeOnDrop)]
#[cbor(array)]
struct Allowed {
    #[n(0)]
    words: Vec<String>,
}

/// What cues are found with. Finding needs the diary no longer, so that nothing waits for a long draft.
pub(crate) struct CueFinder {
    context: Context,
    plan: Option<Plan>,
}

impl Diary {
    /// Where a draft could tell who somebody is.
    pub fn cues(&self, draft: &Draft, now: Now) -> Result<Vec<DraftCue>, Error> {
        Ok(self.cue_finder(now)?.find(draft))
    }

    pub(crate) fn cue_finder(&self, now: Now) -> Result<CueFinder, Error> {
        let allowed = self.allowed()?;
        let context = Context::new(now.date().year()).allowing(allowed.words.iter().map(String::as_str));
        Ok(CueFinder { context, plan: self.plan()?.map(|(plan, _)| plan) })
    }

    /// The writer says that a word is fine, or takes that back. It is on disk when this returns.
    pub fn allow_word(&mut self, word: &str, fine: bool) -> Result<(), Error> {
        let word = word.trim();
        if word.is_empty() || word.len() > MAX_WORD_BYTES {
            return Err(Error::Plain(ErrorCode::Internal));
        }
        let mut allowed = self.allowed()?;
        allowed.words.retain(|known| known != word);
        if fine {
            allowed.words.push(word.to_owned());
        }
        let too_many = allowed.words.len().saturating_sub(MAX_WORDS);
        allowed.words.drain(..too_many);
        self.vault.write(|tx| store::put(tx, ALLOWED, WORDS, &allowed))?;
        if !fine {
            self.forget_old_pages();
        }
        Ok(())
    }

    /// The words that are fine, the newest first.
    pub fn fine_words(&self) -> Result<Vec<String>, Error> {
        Ok(self.allowed()?.words.iter().rev().cloned().collect())
    }

    fn allowed(&self) -> Result<Allowed, Error> {
        Ok(store::get(&self.vault.reader(), ALLOWED, WORDS)?.unwrap_or_default())
    }
}

impl CueFinder {
    /// The cues of all that was written in a draft, together: a name that one answer gives away is known in the others.
    pub fn find(&self, draft: &Draft) -> Vec<DraftCue> {
        let written = draft.answers.iter().filter(|answer| self.is_in_words(&answer.prompt));
        let answers = written.map(|answer| (Some(&answer.prompt), &answer.value));
        // A cue never reaches over a line end, so each lies in one field.
        let mut whole = zeroize::Zeroizing::new(String::new());
        let mut fields = Vec::new();
        let mut units = 0;
        for (prompt, text) in answers.chain([(None, &draft.text)]) {
            fields.push((whole.len(), units, prompt));
            units += text.encode_utf16().count() + 1;
            whole.push_str(text);
            whole.push('\n');
        }
        let cues = find(&whole, &self.context).into_iter();
        cues.map(|cue| {
            let (_, before, prompt) = fields[fields.partition_point(|(start, ..)| *start <= cue.range.start) - 1];
            let unit = |unit: usize| u32::try_from(unit - before).unwrap_or(u32::MAX);
            DraftCue {
                prompt: prompt.cloned(),
                kind: cue.kind.into(),
                start: unit(cue.utf16.start),
                end: unit(cue.utf16.end),
                text: whole[cue.range].to_owned(),
            }
        })
        .collect()
    }

    /// Whether a prompt is answered in words. What the study no longer asks is.
    fn is_in_words(&self, id: &str) -> bool {
        let prompt = self.plan.iter().flat_map(|plan| &plan.prompts).find(|prompt| prompt.id == id);
        !prompt.is_some_and(|prompt| matches!(prompt.kind, PromptKind::Choice | PromptKind::Scale))
    }
}
