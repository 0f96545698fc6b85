//! The diary as its page has it: made, drafts saved, entries finished, the lock changed, everything sealed anew, a backup file and a copy
//! to read made.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use super::story::Story;
use super::strace;
use crate::canary;
use crate::killed::{draft, export, finished};
use crate::page::Page;

const SECRETS: [&str; 3] = ["a passphrase for tests", "another passphrase", "yet another passphrase"];

/// All that the diary shows of itself, and what has left it.
#[derive(Debug, Clone, PartialEq, Default)]
struct Seen {
    /// Which of the passphrases opens it; none where there is no diary.
    secret: Option<usize>,
    diary: Value,
    appearance: Value,
    outbox: BTreeMap<String, Vec<u8>>,
}

struct Step {
    /// The number of the answer that called it done.
    answer: usize,
    seen: Seen,
}

/// The diary of a page, and how often it has answered.
struct Writer {
    page: Page,
    outbox: PathBuf,
    answers: usize,
    steps: Vec<Step>,
}

impl Writer {
    fn call(&mut self, name: &str, input: &Value) -> Value {
        self.answers += 1;
        self.page.ok(name, input)
    }

    #[track_caller]
    fn step(&mut self, secret: usize, name: &str, input: &Value) {
        self.call(name, input);
        let answer = self.answers;
        let (diary, appearance) = everything(&mut |name, input| self.call(name, input));
        let seen = Seen { secret: Some(secret), diary, appearance, outbox: files(&self.outbox) };
        self.steps.push(Step { answer, seen });
    }
}

/// Entries with all their revisions and the draft; and how the page looks.
fn everything(call: &mut dyn FnMut(&str, &Value) -> Value) -> (Value, Value) {
    let filter = json!({ "query": "", "tags": [], "mark": null, "from": null, "to": null });
    let list = call("list_entries", &json!({ "filter": filter, "offset": 0, "limit": 100 }));
    let lines = list["lines"].as_array().expect("a list");
    let entries: Vec<_> =
        lines.iter().map(|line| call("read_entry", &json!({ "entry": line["entry"]["id"] }))).collect();
    let draft = call("today", &json!({}))["draft"].clone();
    (json!([entries, draft]), call("appearance", &json!({ "phone": "en" })))
}

/// The files of a folder, but for those that say that they are not whole.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let named =
        files.map(|file| (file.file_name().to_string_lossy().into_owned(), fs::read(file.path()).expect("read")));
    named.filter(|(name, _)| !name.starts_with('.')).collect()
}

/// What is there after a cut, by the same program.
fn look(page: &Page, outbox: &Path, secrets: &[usize]) -> Seen {
    let opens = |secret: &usize| page.call("check_lock", &json!({ "secret": SECRETS[*secret] })).is_ok();
    let first =
        secrets.iter().copied().find(|secret| page.call("unlock", &json!({ "secret": SECRETS[*secret] })).is_ok());
    match first {
        Some(first) => {
            assert!(!secrets.iter().any(|secret| *secret != first && opens(secret)), "one passphrase opens it");
            let secret = Some(first);
            let (diary, appearance) = everything(&mut |name, input| page.ok(name, input));
            Seen { secret, diary, appearance, outbox: files(outbox) }
        }
        None => Seen::default(),
    }
}

#[test]
fn drafts_locks_and_files_of_the_app_outlast_a_power_cut_and_what_was_under_way_is_whole_or_not_there() {
    if !strace::is_allowed() {
        return;
    }
    let root = tempfile::tempdir().expect("a temporary folder");
    let phone = root.path().join("phone");
    fs::create_dir(&phone).expect("the folder can be made");
    let mut story = Story::of(&phone);
    let outbox = phone.join("outbox");
    let (program, arguments) = Page::command(&phone.join("diary"), &outbox);
    let mut traced = strace::arguments(story.recording(), &program);
    traced.extend(arguments);
    let page = Page::start_as(Command::new("strace").args(traced)).watched(strace::process(story.recording()));
    let mut writer = Writer { page, outbox, answers: 0, steps: vec![Step { answer: 0, seen: Seen::default() }] };

    let lock = |old: usize, new: usize| json!({ "old": SECRETS[old], "lock": "passphrase", "secret": SECRETS[new], "words": null });
    writer.step(0, "create_diary", &json!({ "lock": "passphrase", "secret": SECRETS[0] }));
    writer.step(0, "save_draft", &json!({ "draft": draft("half a sen") }));
    writer.step(0, "finish_entry", &finished(&canary::text("powerapps", 0)));
    writer.step(0, "finish_entry", &finished(&canary::text("powerapps", 1).repeat(500)));
    writer.step(0, "set_appearance", &json!({ "language": "en", "text": "150", "theme": "dark" }));
    writer.step(1, "change_lock", &lock(0, 1));
    writer.step(2, "reseal_diary", &lock(1, 2));
    writer.step(2, "back_up_diary", &json!({ "passphrase": null }));
    writer.step(2, "export_diary", &export(SECRETS[2]));
    writer.step(2, "finish_entry", &finished(&canary::text("powerapps", 2)));

    writer.page.terminate();
    let steps = writer.steps;
    let lines = story.read();
    let answers: Vec<usize> = story
        .outputs
        .iter()
        .filter(|output| output.bytes.starts_with(b"HTTP/1.1 "))
        .map(|output| output.span.ended)
        .collect();
    assert_eq!(answers.len(), writer.answers, "every answer is in the recording");
    let done: Vec<usize> = steps[1..].iter().map(|step| answers[step.answer - 1]).collect();

    let begins = std::iter::once(lines.start).chain(done.iter().copied());
    let parts: Vec<_> = begins.zip(&done).map(|(begin, end)| begin..*end).collect();
    for cut in story.cuts(&parts, &done, 2) {
        let at = done.iter().filter(|line| **line < cut.line).count();
        let (before, after) = (&steps[at].seen, steps.get(at + 1).map(|step| &step.seen));
        let folder = root.path().join("after");
        story.after(cut, &folder);
        let (vault, outbox) = (folder.join("diary"), folder.join("outbox"));
        let page = Page::start(&vault, &outbox);
        // The one before these opens nothing any more.
        let newest = after.and_then(|after| after.secret).or(before.secret).unwrap_or_default();
        let secrets: Vec<usize> = (before.secret.unwrap_or_default().saturating_sub(1)..=newest).collect();
        let seen = look(&page, &outbox, &secrets);
        let what = format!("after step {at}, {cut:?}");
        let lengths = || seen.outbox.iter().map(|(name, bytes)| (name, bytes.len())).collect::<Vec<_>>();
        assert!(
            seen == *before || after == Some(&seen),
            "{what}: opens with {:?}, outbox {:?}",
            seen.secret,
            lengths()
        );

        // It goes on as if nothing had been.
        if seen.secret.is_none() {
            page.ok("create_diary", &json!({ "lock": "passphrase", "secret": SECRETS[2] }));
        }
        page.ok("finish_entry", &finished("written afterwards"));
        let secret = SECRETS[seen.secret.unwrap_or(2)];
        page.ok("export_diary", &export(secret));
        let left = fs::read_dir(&outbox).expect("the folder is there").flatten();
        let unfinished: Vec<_> = left.filter(|file| file.file_name().to_string_lossy().starts_with('.')).collect();
        assert!(unfinished.is_empty(), "{what}: {unfinished:?}");
        page.kill();
    }
}
