//! The rules on our own sentences.

mod corpus;

use corpus::{found, read};

#[test]
fn every_sentence_that_the_rules_were_written_for_is_marked_as_it_should_be() {
    let sentences = read(include_str!("corpus/written.txt"));
    assert!(sentences.len() >= 150);
    let wrong: Vec<_> = sentences
        .iter()
        .filter(|sentence| found(&sentence.text) != sentence.expected)
        .map(|sentence| {
            format!(
                "{}\n    should be {:?}\n    is        {:?}",
                sentence.text,
                sentence.expected,
                found(&sentence.text)
            )
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), sentences.len(), wrong.join("\n"));
}

/// How many sentences, how many marks they should have, how many they get, and how many of those are right.
fn figures(file: &str) -> (usize, usize, usize, usize) {
    let sentences = read(file);
    let (mut expected, mut marked, mut right) = (0, 0, 0);
    for sentence in &sentences {
        let found = found(&sentence.text);
        expected += sentence.expected.len();
        marked += found.len();
        right += found.iter().filter(|mark| sentence.expected.contains(mark)).count();
        if found != sentence.expected {
            println!("{}\n    should be {:?}\n    is        {found:?}", sentence.text, sentence.expected);
        }
    }
    (sentences.len(), expected, marked, right)
}

#[test]
fn on_sentences_that_were_held_out_the_figures_are_those_of_the_documentation() {
    assert_eq!(figures(include_str!("corpus/held-out.txt")), (62, 33, 34, 33));
}

#[test]
fn on_sentences_made_to_be_hard_the_figures_are_those_of_the_documentation() {
    assert_eq!(figures(include_str!("corpus/hard.txt")), (38, 28, 21, 16));
}
