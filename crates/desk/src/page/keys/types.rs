//! What the page and its host say to each other about passphrases and custodians. What was typed stays out of logs.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use zeroize::Zeroizing;

/// Who can open the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct KeysView {
    /// The passphrases, in the order in which they came.
    pub passphrases: Vec<PassphraseView>,
    /// How many there can be.
    pub most_passphrases: u32,
    /// How the keys were split, each time, the last one first.
    pub splits: Vec<SplitView>,
    /// Among how many custodians they can be split.
    pub most_custodians: u32,
}

/// One passphrase, without itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PassphraseView {
    /// Which one.
    pub id: String,
    /// How its researcher is called; none where nobody has said so.
    pub name: Option<String>,
    /// Since when it opens the desk, where that is known.
    pub since: Option<String>,
    /// Whether its place in the file is damaged: then it opens nothing.
    pub damaged: bool,
}

/// How the keys were split once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SplitView {
    /// When.
    pub at: Option<String>,
    /// How many custodians have to come together.
    pub threshold: u32,
    /// How many there are.
    pub of: u32,
    /// Whether the study's keys were changed since: they open what was sealed until then, and not this desk's file.
    pub older_keys: bool,
    /// Who they are, by the shares' numbers; none where nobody has said so.
    pub custodians: Vec<Option<String>>,
}

/// Gives somebody a passphrase of their own.
#[derive(Deserialize, TS)]
pub struct AddPassphrase {
    /// One that opens the desk.
    pub current: String,
    /// Whose the new one is.
    pub name: String,
    /// The new one.
    pub passphrase: String,
}

/// Changes a passphrase.
#[derive(Deserialize, TS)]
pub struct ChangePassphrase {
    /// The one that is to be another one.
    pub current: String,
    /// Whose it is from now on; as before where there is none.
    pub name: Option<String>,
    /// The other one.
    pub passphrase: String,
}

/// Takes a passphrase away.
#[derive(Deserialize, TS)]
pub struct RemovePassphrase {
    /// One that opens the desk.
    pub current: String,
    /// Which one.
    pub id: String,
}

/// Splits the keys.
#[derive(Deserialize, TS)]
pub struct SplitKeys {
    /// A passphrase that opens the desk.
    pub current: String,
    /// How many custodians have to come together.
    pub threshold: u8,
    /// Who they are, by the shares' numbers; an empty text where that is not said.
    pub custodians: Vec<String>,
}

/// The shares, on their way to paper. They are kept nowhere and cannot be asked for again.
#[derive(Serialize, TS)]
pub struct SharesMade {
    /// The study's title.
    pub study: String,
    /// How many have to come together.
    pub threshold: u32,
    /// One for each custodian.
    pub sheets: Vec<ShareSheet>,
    /// Who can open the desk now.
    pub keys: KeysView,
}

/// One custodian's.
#[derive(Clone, Serialize, TS)]
pub struct ShareSheet {
    /// Which one, counted from 1.
    pub number: u32,
    /// Whose, where that was said.
    pub custodian: Option<String>,
    /// The share, in groups of letters and digits.
    pub text: String,
}

/// Shares as they were typed.
#[derive(Deserialize, TS)]
pub struct TypedShares {
    /// One each.
    pub shares: Vec<String>,
}

/// What shares that were typed would give. Nothing of them is in it but their numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SharesTried {
    /// Of each, in the same order.
    pub shares: Vec<ShareTried>,
    /// How many have to come together, where one of them could be read.
    pub need: Option<u32>,
    /// What they give together.
    pub gives: SharesGive,
}

/// One share that was typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ShareTried {
    /// Whether it is one, and goes with those before it.
    pub is: ShareIs,
    /// Which one, counted from 1, where it could be read.
    pub number: Option<u32>,
}

/// What a text is that was typed as a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ShareIs {
    /// A share that goes with those before it.
    Good,
    /// No share.
    NotOne,
    /// One with a typing mistake, or of which a part is missing.
    Mistyped,
    /// One that a newer Waymark made.
    Newer,
    /// One that was made at another time or for another study than those before it.
    OtherSet,
    /// The same as one before it.
    Twice,
}

/// What shares give together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SharesGive {
    /// There are too few of them.
    TooFew,
    /// No keys: at least one of them was changed.
    Nothing,
    /// The keys of another study than this desk's.
    OtherStudy,
    /// The keys that the study had before they were changed: they open what was sealed until then, and not this desk's file.
    OlderKeys,
    /// The study's keys, with which this desk's file does not open: they were not split at this desk.
    NotThisFile,
    /// The study's keys. Where the desk is open, its file opens with them; of a locked one that is not known yet.
    Keys,
}

/// Gives a locked desk one passphrase in the place of all, by the custodians' shares.
#[derive(Deserialize, TS)]
pub struct JoinKeys {
    /// One each.
    pub shares: Vec<String>,
    /// Whose the new passphrase is.
    pub name: String,
    /// The new passphrase.
    pub passphrase: String,
}

/// Texts that are wiped when they are done with.
pub(super) fn wiped(typed: Vec<String>) -> Vec<Zeroizing<String>> {
    typed.into_iter().map(Zeroizing::new).collect()
}

macro_rules! silent {
    ($($type:ident),*) => {$(
        /// Secrets stay out of logs.
        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($type), "(…)"))
            }
        }
    )*};
}

silent!(AddPassphrase, ChangePassphrase, RemovePassphrase, SplitKeys, SharesMade, ShareSheet, TypedShares, JoinKeys);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_stays_out_of_logs() {
        let share = ShareSheet { number: 1, custodian: None, text: "ABCDE".into() };
        assert_eq!(format!("{share:?}"), "ShareSheet(…)");
        assert_eq!(format!("{:?}", TypedShares { shares: vec!["ABCDE".into()] }), "TypedShares(…)");
    }
}
