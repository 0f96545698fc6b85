//! What a phone reads of a server's answers: when it joins, when it syncs, and when a new one is restored. Whatever comes, nothing that was
//! written is lost, nothing of it is seen on the way, and nothing that is its writer's alone is given to the study.

use std::sync::{Arc, Mutex, PoisonError};

use waymark_diary::net::{NetError, Reply, Request, Transport};
use waymark_diary::{DiaryHandle, exists, join, preview, restore, sync, unlock};
use waymark_protocol::record::Kind;
use waymark_protocol::record::wire::{self, read_push};
use waymark_simulation::template::temporary;
use waymark_simulation::wire::CANARY;

use crate::answers::Answers;
use crate::script::Script;
use crate::stand::{self, PRIVATE, SHARED, Said, Stand, copy, parts, same_chance, secret, texts};

/// Answers a phone as the script says.
pub fn run(bytes: &[u8]) {
    let mut script = Script::new(bytes);
    stand::with(|stand| match script.byte() % 4 {
        0 | 1 => syncs(stand, script),
        2 => joins(stand, script),
        _ => restores(stand, script),
    });
}

/// Honest answers, and a change of each.
pub fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("sync", vec![0]),
        ("sync-of-a-changed-state", vec![0, 2, 2, 0, 0, 12, 1, 0]),
        ("sync-of-a-cut-state", vec![0, 2, 6, 0, 0, 99, 0]),
        ("sync-without-a-receipt", vec![0, 0, 7]),
        ("sync-of-a-changed-receipt", vec![0, 0, 2, 2, 0, 0, 20, 2, 0]),
        ("sync-with-a-busy-server", vec![0, 5, 0, 1, 145, 255]),
        ("join", vec![2]),
        ("join-of-a-changed-document", vec![2, 2, 1, 0, 2, 0, b'0', 0]),
        ("join-of-anything", vec![2, 0, 6, 0, 0, 2, b'{', b'}']),
        ("restore", vec![3]),
        ("restore-of-a-changed-feed", vec![3, 0, 0, 0, 2, 2, 0, 5, 20, 1, 0]),
        ("restore-of-nothing", vec![3, 0, 0, 0, 6, 0, 0, 0]),
    ]
}

/// The phone has a grant to give, and something that is its writer's alone.
fn syncs(stand: &Stand, script: Script<'_>) {
    let folder = copy(&stand.phone);
    same_chance();
    let diary = DiaryHandle::new(unlock(folder.path(), &secret()).expect("the diary opens"));
    let before = texts(&diary);
    let line = Line::new(&stand.syncing, script);
    let synced = stand.runtime.block_on(sync::run(&diary, &line, stand.time.on_a_phone(0)));
    assert!(synced.is_ok(), "a sync ends with an error instead of saying what stands in its way: {synced:?}");
    line.is_fit_to_be_seen(stand);
    assert_eq!(texts(&diary), before, "an answer has changed what was written");
    drop(diary);
    let again = DiaryHandle::new(unlock(folder.path(), &secret()).expect("the diary opens again"));
    assert_eq!(texts(&again), before, "an answer has changed what was written, in the file");

    // Longer than any server may ask to be left alone.
    let line = Line::new(&stand.syncing, Script::new(&[]));
    let outcome = stand.runtime.block_on(sync::run(&again, &line, stand.time.on_a_phone(2)));
    let outcome = outcome.expect("a sync");
    assert_eq!(outcome.stopped, None, "what a server once said stands in the way of an honest one");
    line.is_fit_to_be_seen(stand);
}

fn joins(stand: &Stand, script: Script<'_>) {
    let folder = copy(&stand.template.invited[0].folder);
    same_chance();
    let diary = DiaryHandle::new(unlock(folder.path(), &secret()).expect("the diary opens"));
    let line = Line::new(&stand.joining, script);
    let joined = stand.runtime.block_on(async {
        let preview = preview(stand.invitation.clone(), &line).await?;
        join(&diary, &preview, &["text".to_owned()], true, stand.time.on_a_phone(0), &line).await
    });
    line.is_fit_to_be_seen(stand);
    let has_joined = diary.with(|diary| Ok(diary.has_joined())).expect("the diary is open");
    assert_eq!(joined.is_ok(), has_joined, "a phone has joined and does not say so, or the other way round");
    drop(diary);
    let again = unlock(folder.path(), &secret()).expect("the diary opens again");
    assert_eq!(again.has_joined(), has_joined);
}

fn restores(stand: &Stand, script: Script<'_>) {
    let folder = temporary().expect("a temporary folder");
    let dir = folder.path().join("restored");
    same_chance();
    let line = Line::new(&stand.restoring, script);
    let now = stand.time.on_a_phone(0);
    let restored = stand.runtime.block_on(restore(&dir, &secret(), &stand.words, &stand::address(), now, &line));
    line.is_fit_to_be_seen(stand);
    match restored {
        Ok((diary, said)) => {
            let restored = texts(&DiaryHandle::new(diary));
            assert!(restored.iter().all(|text| text == SHARED || text == PRIVATE), "a diary of what nobody wrote");
            assert_eq!(said.entries, restored.len());
            let again = DiaryHandle::new(unlock(&dir, &secret()).expect("the diary opens again"));
            assert_eq!(texts(&again), restored, "a restored diary is not whole in its file");
        }
        Err(_) => assert!(!exists(&dir), "a diary is left behind that was not restored"),
    }
}

/// A phone's line to a server that answers as the script says.
struct Line {
    answers: Mutex<Answers>,
    sent: Mutex<Vec<(Option<&'static str>, Vec<u8>)>>,
}

impl Line {
    fn new(said: &Arc<[Said]>, script: Script<'_>) -> Self {
        Self { answers: Mutex::new(Answers::new(said, script)), sent: Mutex::default() }
    }

    /// Nothing was sent that anybody could read, and nothing that is its writer's alone was given to the study.
    fn is_fit_to_be_seen(&self, stand: &Stand) {
        for (content_type, body) in self.sent.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            assert!(memchr::memmem::find(body, CANARY.as_bytes()).is_none(), "what was written is seen on the way");
            if *content_type != Some(wire::CONTENT_TYPE) {
                continue;
            }
            let (records, _) = read_push(body).expect("a phone sends a push");
            for record in records {
                let header = record.header();
                let kept = header.kind != Kind::Entry || !record.slots().has_study();
                assert!(kept, "an entry is sealed to the study before it is granted");
                let granted = header.target.filter(|_| header.kind == Kind::Grant);
                assert!(granted != Some(stand.private), "the study is given what nobody shared");
            }
        }
    }
}

impl Transport for Line {
    async fn send(&self, request: Request) -> Result<Reply, NetError> {
        let (method, content_type, body) = parts(&request.body);
        let answer = self.answers.lock().unwrap_or_else(PoisonError::into_inner).next(&method, &request.path, &body);
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).push((content_type, body));
        let answer = answer.ok_or(NetError::Unreachable)?;
        Ok(Reply { status: answer.status, retry_after: answer.retry_after, body: answer.body })
    }
}
