//! Interviews on the timeline: how they are found, and what of them is shown in a list.

use chrono::NaiveDate;

use super::super::interviews::{InterviewView, TranscriptRead};
use super::count;
use super::entries::{Words, fold};
use crate::participants::Labels;
use crate::transcripts::{Text, Transcript};

/// About how many characters a passage has: some lines.
const PASSAGE: usize = 400;
/// How many passages are shown of one interview.
const MOST_PASSAGES: usize = 3;

/// An interview and whose it is.
pub(super) struct Interview {
    pub participant: String,
    transcript: Transcript,
    words: usize,
    /// What is searched: folded.
    folded: String,
}

impl Interview {
    pub fn of(transcript: Transcript, labels: &Labels) -> Self {
        let title = &transcript.about.title;
        let folded = [title, &transcript.text].map(|text| fold(text)).join("\n");
        let (participant, words) = (labels.of(&transcript.participant), transcript.words());
        Self { participant, transcript, words, folded }
    }

    pub fn transcript(&self) -> &Transcript {
        &self.transcript
    }

    pub fn day(&self) -> NaiveDate {
        self.transcript.about.day
    }

    pub fn has(&self, words: &Words) -> bool {
        words.are_in(&self.folded)
    }

    pub fn view(&self, words: &Words) -> InterviewView {
        let Transcript { id, about, text, file, .. } = &self.transcript;
        let (passages, whole) = passages(text, words);
        InterviewView {
            participant: self.participant.clone(),
            transcript: id.to_string(),
            time_point: about.time_point.clone(),
            day: about.day.to_string(),
            title: about.title.clone(),
            words: count(self.words),
            imported_at: self.transcript.imported(),
            file: file.clone(),
            passages,
            whole,
        }
    }
}

impl TranscriptRead {
    pub(in super::super) fn of(read: &Text) -> Self {
        let (beginning, rest) = first(&read.text);
        Self {
            words: count(read.words()),
            beginning: beginning.to_owned(),
            whole: rest.is_empty(),
            left_out: read.left_out.iter().copied().collect(),
        }
    }
}

/// Those in which one of the words stands, else the first one; and whether that is all of the text.
fn passages(text: &str, words: &Words) -> (Vec<String>, bool) {
    let (first, rest) = first(text);
    if rest.is_empty() {
        return (vec![text.to_owned()], true);
    }
    let found: Vec<String> =
        split(text).filter(|passage| words.any_is_in(&fold(passage))).take(MOST_PASSAGES).collect();
    // The words may all stand in the title.
    (if found.is_empty() { vec![first.to_owned()] } else { found }, false)
}

/// A text in passages, none of which ends within a word: what is looked for stands in one of them whole.
fn split(text: &str) -> impl Iterator<Item = String> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (passage, after) = first(rest);
        rest = after;
        (!passage.is_empty()).then(|| passage.to_owned())
    })
}

/// The first passage, up to the end of the paragraph in which it has become long enough, or where that is far, of a word; and the rest.
fn first(text: &str) -> (&str, &str) {
    let text = text.trim_start_matches('\n');
    let place = |number: usize| text.char_indices().nth(number).map_or(text.len(), |(place, _)| place);
    let (enough, far) = (place(PASSAGE), place(2 * PASSAGE));
    if far == text.len() && text[enough..].len() <= PASSAGE / 2 {
        return (text, "");
    }
    let end = text[enough..far].find('\n').map(|end| enough + end);
    let end = end.or_else(|| text[enough..].find(char::is_whitespace).map(|end| enough + end)).unwrap_or(text.len());
    let (passage, rest) = text.split_at(end);
    (passage, rest.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_shows_the_beginning_and_where_words_are_looked_for_the_passages_that_have_them() {
        let line = "I: And then?\nP: Then we went on for a while and talked of other things.\n";
        let text = format!("{}P: It was in the Café.\n{}", line.repeat(20), line.repeat(20));
        let (shown, whole) = passages(&text, &Words::of(""));
        assert!(
            !whole && shown.len() == 1 && text.starts_with(&shown[0]) && shown[0].ends_with("things."),
            "{shown:?}"
        );
        let (shown, whole) = passages(&text, &Words::of("CAFE"));
        assert!(!whole && shown.len() == 1 && shown[0].contains("Café"));
        assert_eq!(passages(&text, &Words::of("talked")).0.len(), 3);
        assert_eq!(passages("Short.", &Words::of("")), (vec!["Short.".to_owned()], true));
    }

    #[test]
    fn passages_are_all_of_a_text_and_none_ends_within_a_word() {
        for text in ["word ".repeat(1000), "a\n".repeat(2000), "x".repeat(5000), "ä ö\nü".repeat(700)] {
            let passages: Vec<String> = split(&text).collect();
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            assert_eq!(passages.iter().flat_map(|passage| words(passage)).collect::<Vec<_>>(), words(&text));
        }
    }
}
