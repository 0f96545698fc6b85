//! Names that programs tell things apart by.

use std::collections::HashSet;

use super::xml;

/// Names that were given. Programs refuse two things of one name, and some do not tell large letters from small ones.
#[derive(Default)]
pub(super) struct Names(HashSet<String>);

impl Names {
    /// The name as XML can hold it, with a number where another thing is called so.
    pub fn give(&mut self, name: &str) -> String {
        let name = xml::name(name);
        let numbered = (2..).map(|number| format!("{name} ({number})"));
        let mut names = std::iter::once(name.clone()).chain(numbered);
        let free = names.find(|name| self.0.insert(name.to_lowercase()));
        free.expect("there are fewer names than numbers")
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_two_names_are_the_same_to_a_program() {
        let mut names = super::Names::default();
        let given = ["a  b", "A b", "a\u{1}", "a\u{2}", "c"].map(|name| names.give(name));
        assert_eq!(given, ["a b", "A b (2)", "a\u{fffd}", "a\u{fffd} (2)", "c"]);
    }
}
