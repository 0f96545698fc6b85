//! People to turn to, also while the diary is locked and without a connection.
//!
//! What is shown while it is locked lies beside the vault in a small plain file, `support.json`: the contacts of the study that
//! the writer takes part in, in every language that the study has, and those of the writer's own that the writer has chosen for it
//! (`docs/decisions/0021`). Neither the study's title nor anything else of it is there. Without such contacts there is no file.
//!
//! The file follows the diary: it is compared whenever the diary says how it is, and replaced when it differs.

use std::path::Path;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waymark_protocol::study;

use super::app::{DiaryApp, blocking};
use super::beside::PlainFile;
use super::{ErrorCode, SupportContact};
use crate::contacts::OwnContact;
use crate::{Diary, Error};

/// A study has at most 100 contacts; in a few languages they are far shorter than this.
const FILE: PlainFile = PlainFile { name: "support.json", longest: 256 * 1024 };

/// People to turn to.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Support {
    /// The study's contacts.
    pub contacts: Vec<SupportContact>,
    /// The writer's own; while the diary is locked, those that the writer has chosen for it.
    pub own: Vec<OwnContact>,
}

/// The writer's own contacts, all of them.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SetContacts {
    /// In the order in which they are shown.
    pub contacts: Vec<OwnContact>,
}

/// What is in the file.
#[derive(Default, Serialize, Deserialize)]
struct Shown {
    contacts: Vec<study::SupportContact>,
    own: Vec<OwnContact>,
}

impl Shown {
    /// What cannot be read counts as nothing: the next unlocking writes it anew.
    fn read(dir: &Path) -> Self {
        FILE.read(dir).and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// What the diary wants to be shown while it is locked. Who has left a study leaves nothing of it outside the vault.
    fn of(diary: &Diary) -> Result<Self, Error> {
        let contacts = match diary.member() {
            Ok(membership) => membership.trusted()?.document.plan.support.clone(),
            Err(_) => Vec::new(),
        };
        let own = diary.contacts().into_iter().filter(|contact| contact.while_locked).collect();
        Ok(Self { contacts, own })
    }

    fn is_empty(&self) -> bool {
        self.contacts.is_empty() && self.own.is_empty()
    }

    /// As many of the study's contacts as the file has room for, the first ones first.
    fn written(&mut self) -> Result<Vec<u8>, Error> {
        loop {
            let bytes = serde_json::to_vec(self).map_err(|_| Error::Plain(ErrorCode::Internal))?;
            if bytes.len() as u64 <= FILE.longest || self.contacts.pop().is_none() {
                return Ok(bytes);
            }
        }
    }
}

/// Brings the file in `dir` to what the diary wants to be shown.
pub(super) fn follow(dir: &Path, diary: &Diary) -> Result<(), Error> {
    let mut shown = Shown::of(diary)?;
    if shown.is_empty() {
        return FILE.remove(dir);
    }
    let bytes = shown.written()?;
    if FILE.read(dir).as_deref() == Some(bytes.as_slice()) {
        return Ok(());
    }
    FILE.write(dir, &bytes)
}

pub(super) fn contact(contact: &study::SupportContact, language: &str) -> SupportContact {
    SupportContact {
        name: contact.name.get(language).to_owned(),
        tel: Some(contact.tel.clone()),
        hours: contact.hours.as_ref().map(|hours| hours.get(language).to_owned()),
    }
}

/// Everybody whom the open diary knows, of a study that was left too.
fn known(diary: &Diary, language: &str) -> Result<Support, Error> {
    let contacts = match &diary.membership {
        Some(membership) => {
            membership.trusted()?.document.plan.support.iter().map(|one| contact(one, language)).collect()
        }
        None => Vec::new(),
    };
    Ok(Support { contacts, own: diary.contacts() })
}

impl DiaryApp {
    pub(super) async fn support_now(&self) -> Result<Support, Error> {
        let (app, language) = (self.clone(), self.language());
        blocking(move || {
            if app.diary.is_open() {
                return app.diary.with(|diary| known(diary, &language));
            }
            let shown = Shown::read(&app.dir);
            let contacts = shown.contacts.iter().map(|one| contact(one, &language)).collect();
            Ok(Support { contacts, own: shown.own })
        })
        .await
    }

    pub(super) async fn set_contacts_now(&self, input: SetContacts) -> Result<Support, Error> {
        let clock = self.clock.clone();
        let (dir, language) = (self.dir.clone(), self.language());
        self.with(move |diary| {
            diary.set_contacts(&input.contacts, clock.now())?;
            follow(&dir, diary).inspect_err(|_| {
                // Better nobody in the file than somebody whom the writer has just taken out of it.
                let _ = FILE.remove(&dir);
            })?;
            known(diary, &language)
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use serde_json::json;

    use super::*;
    use crate::testing;

    fn own(name: &str, while_locked: bool) -> OwnContact {
        OwnContact { name: name.into(), tel: "116 123".into(), while_locked }
    }

    fn text(dir: &Path) -> Option<String> {
        fs::read_to_string(dir.join(FILE.name)).ok()
    }

    #[test]
    fn the_file_has_the_studys_contacts_and_the_chosen_own_ones_and_nothing_else_of_either() {
        let dir = tempfile::tempdir().expect("a folder");
        let (mut diary, _) = testing::member(dir.path());
        diary.set_contacts(&[own("Canary", false), own("Rosa", true)], testing::monday()).expect("kept");
        follow(dir.path(), &diary).expect("written");
        let file = text(dir.path()).expect("there");
        let plan = diary.membership().expect("joined").trusted().expect("signed").document.plan.clone();
        for contact in &plan.support {
            assert!(file.contains(&contact.tel) && file.contains(contact.name.get("en")), "{file}");
        }
        assert!(file.contains("Rosa") && !file.contains("Canary"), "{file}");
        assert!(!file.contains(plan.title.get("en")), "{file}");
    }

    #[test]
    fn a_diary_without_anybody_to_show_has_no_file() {
        let dir = tempfile::tempdir().expect("a folder");
        let mut diary =
            crate::create(dir.path(), &crate::LockSecret::passphrase("correct horse battery staple")).expect("made");
        diary.set_contacts(&[own("Canary", false)], testing::monday()).expect("kept");
        follow(dir.path(), &diary).expect("nothing to do");
        assert_eq!(text(dir.path()), None);
        diary.set_contacts(&[own("Rosa", true)], testing::monday()).expect("kept");
        follow(dir.path(), &diary).expect("written");
        assert!(text(dir.path()).is_some());
        diary.set_contacts(&[], testing::monday()).expect("kept");
        follow(dir.path(), &diary).expect("removed");
        assert_eq!(text(dir.path()), None);
    }

    #[test]
    fn who_has_left_leaves_nothing_of_the_study_outside_the_vault_and_still_finds_its_people_inside() {
        let dir = tempfile::tempdir().expect("a folder");
        let (mut diary, _) = testing::member(dir.path());
        follow(dir.path(), &diary).expect("written");
        assert!(text(dir.path()).is_some());
        diary.leave(false, testing::monday()).expect("left");
        follow(dir.path(), &diary).expect("removed");
        assert_eq!(text(dir.path()), None);
        assert!(!known(&diary, "en").expect("known").contacts.is_empty());
    }

    #[tokio::test]
    async fn while_locked_the_page_gets_the_studys_contacts_in_its_language_and_the_chosen_own_ones() {
        let dir = tempfile::tempdir().expect("a folder");
        let app = DiaryApp::new(dir.path().to_path_buf());
        app.diary.put(testing::member(dir.path()).0);
        let contacts = json!([
            { "name": "Canary", "tel": "1", "while_locked": false },
            { "name": "Rosa", "tel": "2", "while_locked": true },
        ]);
        let open = app.call("set_contacts", json!({ "contacts": contacts })).await.expect("kept");
        assert_eq!(open["own"], contacts);
        app.call("lock", json!({})).await.expect("locked");
        let locked = app.call("support", json!({})).await.expect("also while locked");
        assert_eq!(locked["own"], json!([contacts[1]]));
        assert_eq!(locked["contacts"], open["contacts"]);
        assert!(!locked["contacts"].as_array().expect("a list").is_empty());
        let refused = app.call("set_contacts", json!({ "contacts": [] })).await.expect_err("locked");
        assert_eq!(refused.code, ErrorCode::Locked);

        let secret = json!({ "secret": "correct horse battery staple" });
        app.call("unlock", secret).await.expect("opens");
        app.call("set_contacts", json!({ "contacts": [contacts[0]] })).await.expect("kept");
        app.call("lock", json!({})).await.expect("locked");
        assert_eq!(app.call("support", json!({})).await.expect("also while locked")["own"], json!([]));
    }

    #[tokio::test]
    async fn a_file_that_went_missing_is_there_again_after_the_next_unlocking() {
        let dir = tempfile::tempdir().expect("a folder");
        let app = DiaryApp::new(dir.path().to_path_buf());
        app.diary.put(testing::member(dir.path()).0);
        assert_eq!(text(dir.path()), None);
        app.call("lock", json!({})).await.expect("locked");
        assert_eq!(app.call("support", json!({})).await.expect("answers")["contacts"], json!([]));
        app.call("unlock", json!({ "secret": "correct horse battery staple" })).await.expect("opens");
        assert!(text(dir.path()).is_some());
    }

    #[test]
    fn what_has_no_room_in_the_file_is_left_out_from_the_end() {
        let contact = |name: String| study::SupportContact {
            name: study::Text::new("en", name),
            tel: "116 123".into(),
            hours: None,
        };
        let long = (0..100).map(|place| contact(format!("{place} {}", "x".repeat(4_000)))).collect();
        let mut shown = Shown { contacts: long, own: vec![own("Rosa", true)] };
        assert!(shown.written().expect("written").len() as u64 <= FILE.longest);
        assert!((10..100).contains(&shown.contacts.len()));
        assert!(shown.contacts[0].name.get("en").starts_with("0 "));
        assert_eq!(shown.own.len(), 1);
    }

    #[test]
    fn a_file_that_cannot_be_read_shows_nobody() {
        let dir = tempfile::tempdir().expect("a folder");
        for garbage in ["", "{", "[1]", r#"{"contacts":[{"tel":1}],"own":[]}"#, &"[".repeat(5000)] {
            fs::write(dir.path().join(FILE.name), garbage).expect("written");
            assert!(Shown::read(dir.path()).is_empty(), "{garbage:.20}");
        }
    }
}
