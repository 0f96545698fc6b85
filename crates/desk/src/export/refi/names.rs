//! Names that programs tell things apart by.

use std::collections::HashSet;

use crate::export::xml;

/// Names that were given. Programs refuse two things of one name, and some do not tell large letters from small ones.
#[derive(Default)]
pub(super) struct Names(HashSet<String>);

impl Names {
    /// In which these are taken already.
    pub fn besides<'n>(taken: impl IntoIterator<Item = &'n str>) -> Self {
        Self(taken.into_iter().map(str::to_lowercase).collect())
    }

    /// As [`Self::give`], without what cannot stand in the name of a file: programs make files of documents. A dot would begin an ending.
    pub fn give_file(&mut self, name: &str) -> String {
        self.give(&name.replace(['/', '\\', ':', '*', '?', '"', '<', '>', '|', '.'], "-"))
    }

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
        let mut names = super::Names::besides(["Phase"]);
        assert_eq!(["phase", "Into"].map(|name| names.give(name)), ["phase (2)", "Into"]);
        assert_eq!(
            ["P.02", "P-02", "North/South"].map(|name| names.give_file(name)),
            ["P-02", "P-02 (2)", "North-South"]
        );
    }
}
