//! People whom the writer wants to be able to call: a few, with a name and a number.
//!
//! They are a setting (`contacts`, as JSON), so they are sealed like everything that was written, and come back on a new phone.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::diary::Diary;
use crate::page::ErrorCode;
use crate::{Error, Now};

const KEY: &str = "contacts";
/// The most that are kept: a list to call from is short.
pub const MAX_CONTACTS: usize = 10;
/// The longest name, in characters.
pub const MAX_NAME: usize = 80;
/// The longest number, in characters.
pub const MAX_TEL: usize = 40;

/// Someone whom the writer can call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OwnContact {
    /// What the writer calls them.
    pub name: String,
    /// The number to dial.
    pub tel: String,
    /// Whether they are shown while the diary is locked too. Whoever holds the phone can then read them.
    pub while_locked: bool,
}

impl OwnContact {
    /// Whether it has a name and something that can be dialled, neither of them longer than there is room for.
    pub(crate) fn is_whole(&self) -> bool {
        let name = self.name.trim();
        !name.is_empty()
            && name.chars().count() <= MAX_NAME
            && !name.chars().any(char::is_control)
            && self.tel.len() <= MAX_TEL
            && self.tel.chars().all(|c| c.is_ascii_digit() || "+ ()-#*".contains(c))
            && self.tel.chars().any(|c| c.is_ascii_digit())
    }
}

impl Diary {
    /// The writer's own contacts, in the writer's order. What another version has kept and this one cannot read is left out.
    pub fn contacts(&self) -> Vec<OwnContact> {
        let kept = self.setting(KEY).and_then(|value| serde_json::from_str::<Vec<OwnContact>>(value).ok());
        kept.unwrap_or_default().into_iter().filter(OwnContact::is_whole).take(MAX_CONTACTS).collect()
    }

    /// Keeps the writer's own contacts; those before are gone.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::Internal`] when there are more than ten, or one has no name or no number: callers bound what can
    /// be typed.
    pub fn set_contacts(&mut self, contacts: &[OwnContact], now: Now) -> Result<(), Error> {
        if contacts.len() > MAX_CONTACTS || !contacts.iter().all(OwnContact::is_whole) {
            return Err(Error::Plain(ErrorCode::Internal));
        }
        if contacts.is_empty() && self.setting(KEY).is_none() {
            return Ok(());
        }
        let value = serde_json::to_string(contacts).map_err(|_| Error::Plain(ErrorCode::Internal))?;
        self.set_setting(KEY, &value, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{LockSecret, create};

    fn contact(name: &str, tel: &str) -> OwnContact {
        OwnContact { name: name.into(), tel: tel.into(), while_locked: false }
    }

    fn diary(dir: &std::path::Path) -> Diary {
        create(dir, &LockSecret::passphrase("correct horse battery staple")).expect("made")
    }

    #[test]
    fn contacts_are_kept_in_order_and_can_be_taken_away() {
        let dir = tempfile::tempdir().expect("a folder");
        let mut diary = diary(dir.path());
        let two = [contact("Rosa", "+44 20 7946 0001"), contact("روزا", "116 123")];
        diary.set_contacts(&two, Now::from_clock()).expect("kept");
        assert_eq!(diary.contacts(), two);
        diary.set_contacts(&two[1..], Now::from_clock()).expect("kept");
        assert_eq!(diary.contacts(), two[1..]);
        diary.set_contacts(&[], Now::from_clock()).expect("kept");
        assert_eq!(diary.contacts(), []);
    }

    #[test]
    fn ten_of_the_longest_have_room_and_what_is_no_contact_is_refused() {
        let dir = tempfile::tempdir().expect("a folder");
        let mut diary = diary(dir.path());
        let longest = contact(&"\u{1F642}".repeat(MAX_NAME), &"1".repeat(MAX_TEL));
        let full = vec![longest; MAX_CONTACTS];
        diary.set_contacts(&full, Now::from_clock()).expect("there is room");
        for wrong in [
            vec![contact("one too many", "1"); MAX_CONTACTS + 1],
            vec![contact("", "1")],
            vec![contact(" ", "1")],
            vec![contact("two\nlines", "1")],
            vec![contact(&"x".repeat(MAX_NAME + 1), "1")],
            vec![contact("no number", "")],
            vec![contact("no digit", "+ ()")],
            vec![contact("letters", "call me")],
            vec![contact("no link", "1;ext=2")],
            vec![contact("long", &"1".repeat(MAX_TEL + 1))],
        ] {
            let refused = diary.set_contacts(&wrong, Now::from_clock()).expect_err(&wrong[0].name);
            assert_eq!(refused.code(), ErrorCode::Internal);
        }
        assert_eq!(diary.contacts(), full);
    }

    #[test]
    fn what_another_version_kept_costs_no_more_than_it_must() {
        let dir = tempfile::tempdir().expect("a folder");
        let mut diary = diary(dir.path());
        diary.set_setting(KEY, "not JSON", Now::from_clock()).expect("set");
        assert_eq!(diary.contacts(), []);
        let mixed =
            r#"[{"name":"Rosa","tel":"1","while_locked":true,"more":7},{"name":"x","tel":"x","while_locked":false}]"#;
        diary.set_setting(KEY, mixed, Now::from_clock()).expect("set");
        assert_eq!(diary.contacts(), [OwnContact { while_locked: true, ..contact("Rosa", "1") }]);
    }
}
