//! Who speaks, at the beginning of a line of a transcript: `P01:`, `Interviewer:`, `[00:01:12] Dave Smith:`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::matcher::is_whole;

/// A name of at most four words that ends with a colon, perhaps with a time before or behind it.
static LABELS: LazyLock<Regex> = LazyLock::new(|| {
    let time = r"[\[(]?\d{1,2}(?::\d{2}){1,2}(?:[.,]\d{1,3})?[\])]?";
    let word = r"[\p{L}\p{N}][\p{L}\p{M}\p{N}.'’_-]*";
    let pattern = format!(
        r"(?m)^[ \t]*(?:{time}[ \t-]*)?[\[(*_]*(?<name>\p{{L}}[\p{{L}}\p{{M}}\p{{N}}.'’_-]*(?: {word}){{0,3}})[\])*_]*[ \t]*(?:{time}[ \t]*)?[*_]*(?::[*_]*(?:\s|$)|：)"
    );
    Regex::new(&pattern).expect("a pattern that a test compiles")
});

/// What people are called by what they do in an interview, in the languages of the diary, and as programs for transcribing call them. Numbers may follow.
const ROLES: [&str; 44] = [
    "i",
    "p",
    "r",
    "q",
    "a",
    "b",
    "m",
    "f",
    "s",
    "int",
    "iv",
    "ie",
    "resp",
    "part",
    "res",
    "interviewer",
    "interviewee",
    "participant",
    "respondent",
    "researcher",
    "moderator",
    "facilitator",
    "interpreter",
    "translator",
    "speaker",
    "unknown",
    "unknown speaker",
    "peer",
    "peer worker",
    "both",
    "all",
    "entrevistador",
    "entrevistadora",
    "entrevistado",
    "entrevistada",
    "participante",
    "investigador",
    "investigadora",
    "采访者",
    "受访者",
    "访谈者",
    "研究者",
    "الباحث",
    "المشارك",
];

/// The labels of a text.
#[derive(Default)]
pub(super) struct Speakers {
    /// Roles, and how the study calls its participants: nobody has to decide about them.
    pub quiet: Vec<Range<usize>>,
    /// Others that speak more than once. They may be names.
    pub named: Vec<Range<usize>>,
}

/// Who speaks in a text of composed form. `participants` are labels, in small letters.
pub(super) fn speakers(text: &str, participants: &BTreeSet<String>) -> Speakers {
    let mut speakers = Speakers::default();
    let mut others: BTreeMap<&str, Vec<Range<usize>>> = BTreeMap::new();
    for found in LABELS.captures_iter(text) {
        let Some(name) = found.name("name") else { continue };
        let small = name.as_str().to_lowercase();
        if participants.contains(&small) || is_role(&small) {
            speakers.quiet.push(name.range());
        } else if name.as_str().split(' ').all(|word| !word.starts_with(char::is_lowercase))
            && is_whole(text, &name.range())
        {
            others.entry(name.as_str()).or_default().push(name.range());
        }
    }
    speakers.named = others.into_values().filter(|places| places.len() > 1).flatten().collect();
    speakers.named.sort_by_key(|range| range.start);
    speakers
}

/// "interviewer", "speaker 2", "p1", "speaker_00", "participant b".
fn is_role(small: &str) -> bool {
    let bare = small.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '_' | '-' | '.'));
    let lettered = bare.rsplit_once(' ').filter(|(_, letter)| letter.chars().nth(1).is_none()).map(|(role, _)| role);
    [Some(bare), lettered].into_iter().flatten().any(|role| ROLES.contains(&role))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> (Vec<&str>, Vec<&str>) {
        let Speakers { quiet, named } = speakers(text, &BTreeSet::from(["hp-07".to_owned()]));
        (quiet.into_iter().map(|range| &text[range]).collect(), named.into_iter().map(|range| &text[range]).collect())
    }

    #[test]
    fn roles_and_labels_are_quiet_and_whoever_else_speaks_twice_is_a_name() {
        let text = "Interviewer: Hello, Dave: how are you?\n[00:01:12] HP-07: Fine.\nSPEAKER_00: And?\nDave Smith (00:02): Well.\n\
                    **Participant B:** Yes.\nDave Smith (00:03): No.\nNote: he left.\nHe said: no.\nHe said: no.\n受访者：好\nhttps://x.org\n";
        let (quiet, named) = told(text);
        assert_eq!(quiet, ["Interviewer", "HP-07", "SPEAKER_00", "Participant B", "受访者"]);
        assert_eq!(named, ["Dave Smith", "Dave Smith"]);
    }
}
