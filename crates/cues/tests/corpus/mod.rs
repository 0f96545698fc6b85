//! Sentences with marks, as the files beside this one have them.

use waymark_cues::{Context, Kind, find};

pub const YEAR: i32 = 2026;

/// A sentence without its marks, and what they say.
pub struct Sentence {
    pub text: String,
    pub expected: Vec<(Kind, String)>,
}

/// Reads a file of sentences.
pub fn read(file: &str) -> Vec<Sentence> {
    file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(sentence).collect()
}

fn sentence(line: &str) -> Sentence {
    let line = line.replace("\\n", "\n");
    let (mut text, mut expected) = (String::new(), Vec::new());
    let mut rest = line.as_str();
    while let Some((before, marked)) = rest.split_once('[') {
        let (inside, after) = marked.split_once(']').expect("a mark ends");
        let (kind, inside) = match inside.split_once(':') {
            Some(("phone", inside)) => (Kind::Phone, inside),
            Some(("email", inside)) => (Kind::Email, inside),
            Some(("address", inside)) => (Kind::Address, inside),
            Some(("birth", inside)) => (Kind::BirthDate, inside),
            _ => (Kind::Name, inside),
        };
        text.push_str(before);
        text.push_str(inside);
        expected.push((kind, inside.to_owned()));
        rest = after;
    }
    text.push_str(rest);
    Sentence { text, expected }
}

/// What the rules find.
pub fn found(text: &str) -> Vec<(Kind, String)> {
    find(text, &Context::new(YEAR)).into_iter().map(|cue| (cue.kind, text[cue.range].to_owned())).collect()
}
