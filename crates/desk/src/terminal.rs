//! What somebody else wrote, on a terminal.

/// Those of its letters that can stand there without changing what stands around them.
pub(crate) fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|letter| is_plain(*letter))
}

fn is_plain(letter: char) -> bool {
    let turns =
        matches!(letter, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}');
    !letter.is_control() && !turns && letter != '\u{feff}'
}

#[cfg(test)]
mod tests {
    #[test]
    fn letters_that_turn_or_hide_text_do_not_reach_the_terminal() {
        let said = "\u{1b}[2Jno\u{202e}txet\u{2066}\u{200b}\u{feff}\u{9b}, naïve 日本 עברית";
        assert_eq!(super::letters(said).collect::<String>(), "[2Jnotxet, naïve 日本 עברית");
    }
}
