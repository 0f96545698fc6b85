//! Words of many days, made up by a counter: mostly English, with the quotation marks that phones put in; every tenth text
//! Spanish, every twentieth Arabic.

/// The length of a text in bytes: a long entry of an ordinary day.
const TEXT_BYTES: usize = 1500;

/// What somebody looks for, letter by letter.
pub const PHRASES: [&str; 8] =
    ["the clinic", "laughed", "ESTACIÓN", "manana", "quiet evening bus", "العيادة", "nobody wrote this", "e a o t s"];

const ENGLISH: [&str; 32] = [
    "the",
    "clinic",
    "waited",
    "and",
    "he",
    "laughed",
    "was",
    "quiet",
    "then",
    "we",
    "walked",
    "to",
    "station",
    "bus",
    "it’s",
    "“again”",
    "morning",
    "rain",
    "she",
    "told",
    "me",
    "about",
    "her",
    "brother",
    "keys",
    "door",
    "evening",
    "tired",
    "light",
    "coffee",
    "shelter",
    "stayed",
];
const SPANISH: [&str; 16] = [
    "la",
    "estación",
    "mañana",
    "esperó",
    "después",
    "niña",
    "café",
    "él",
    "según",
    "corazón",
    "calle",
    "noche",
    "llegó",
    "así",
    "también",
    "cansado",
];
const ARABIC: [&str; 12] =
    ["العيادة", "انتظر", "ثم", "ضحك", "كان", "هادئًا", "المحطة", "مساء", "قالت", "أخوها", "المطر", "قهوة"];

/// The text of an entry; the same number gives the same text.
pub fn text(number: usize) -> String {
    let words: &[&str] = match number {
        n if n % 20 == 7 => &ARABIC,
        n if n % 10 == 3 => &SPANISH,
        _ => &ENGLISH,
    };
    let mut state = u64::try_from(number).unwrap_or_default().wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut text = format!("Entry {number}.");
    while text.len() < TEXT_BYTES {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let place = usize::try_from(state >> 33).unwrap_or_default() % words.len();
        text.push(' ');
        text.push_str(words[place]);
    }
    text
}
