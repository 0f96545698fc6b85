//! A server that says that the words belong to another study, in which somebody has only named their public half.

use std::sync::Mutex;

use waymark_diary::net::{Body, NetError, Reply, Request, Transport};
use waymark_diary::page::ErrorCode;
use waymark_diary::protocol::api::{Enrol, Recover, Recovered};
use waymark_diary::protocol::keys::{RecoverySecret, SigningKey};
use waymark_diary::protocol::{ParticipantId, StudyId};
use waymark_diary::{Error, Readers, restore};

use crate::backed_up::{joined, long};
use crate::server::Server;
use crate::support::{evening, lock};

/// Somebody else in the person's own study has named the words' public half, and comes first unless passed over.
struct Crowded<'a>(Two<'a>, Mutex<bool>);

const STRANGER: ParticipantId = ParticipantId([9; 16]);

impl Transport for Crowded<'_> {
    async fn send(&self, request: Request) -> Result<Reply, NetError> {
        let Self(two, passed_over) = self;
        let recover = match (request.path.as_str(), &request.body) {
            ("/v1/recoveries", Body::Json(body)) => Some(serde_json::from_slice::<Recover>(body).expect("JSON")),
            _ => None,
        };
        if let Some(recover) = &recover {
            *passed_over.lock().expect("nobody panicked") = recover.not == [STRANGER];
        }
        if *passed_over.lock().expect("nobody panicked") {
            return two.own.send(request).await;
        }
        let reply = two.decoy.send(request).await?;
        if recover.is_none() {
            return Ok(reply);
        }
        let recovered: Recovered = serde_json::from_slice(&reply.body).expect("JSON");
        let recovered = Recovered { participant: STRANGER, ..recovered };
        Ok(Reply { body: serde_json::to_vec(&recovered).expect("JSON"), ..reply })
    }
}

/// One server with two studies: what it is asked without a study it answers for the decoy.
struct Two<'a> {
    own: &'a Server,
    decoy: Server,
    others: Vec<StudyId>,
    asked: Mutex<Vec<Option<StudyId>>>,
}

impl<'a> Two<'a> {
    /// The decoy knows the words' public half and has nothing of theirs.
    async fn new(own: &'a Server, words: &str, others: Vec<StudyId>) -> Self {
        let decoy = Server::new();
        let recovery_key = RecoverySecret::from_words(words).expect("24 words").recovery_key().verifying_key();
        let stranger = SigningKey::from_seed(&[9; 32]);
        let enrol = Enrol {
            study: decoy.invitation().study,
            device_key: stranger.verifying_key(),
            recovery_key,
            enrol_key: stranger.verifying_key(),
            signature: waymark_diary::protocol::keys::Signature([0; 64]),
            device_signature: waymark_diary::protocol::keys::Signature([0; 64]),
            certificate: None,
        };
        let body = Body::Json(serde_json::to_vec(&enrol).expect("JSON"));
        let named = decoy.send(Request { path: "/v1/enrolments".to_owned(), token: None, body }).await;
        assert_eq!(named.expect("an answer").status, 200);
        Self { own, decoy, others, asked: Mutex::default() }
    }

    fn asked(&self) -> Vec<Option<StudyId>> {
        self.asked.lock().expect("nobody panicked").clone()
    }
}

impl Transport for Two<'_> {
    async fn send(&self, request: Request) -> Result<Reply, NetError> {
        if let ("/v1/recoveries", Body::Json(body)) = (request.path.as_str(), &request.body) {
            let recover: Recover = serde_json::from_slice(body).expect("JSON");
            self.asked.lock().expect("nobody panicked").push(recover.study);
        }
        let asked = self.asked().last().copied().flatten();
        if asked == Some(self.own.invitation().study) {
            return self.own.send(request).await;
        }
        let recovers = request.path == "/v1/recoveries";
        let reply = self.decoy.send(request).await?;
        if !recovers {
            return Ok(reply);
        }
        let recovered: Recovered = serde_json::from_slice(&reply.body).expect("JSON");
        let recovered = Recovered { others: self.others.clone(), ..recovered };
        Ok(Reply { body: serde_json::to_vec(&recovered).expect("JSON"), ..reply })
    }
}

#[tokio::test]
async fn words_that_open_nothing_in_the_likeliest_study_are_tried_in_the_next_one() {
    let server = Server::new();
    let phone = joined(&server).await;
    phone.says(&long(), Readers::OnlyMe);
    phone.syncs(&server).await;
    let own = server.invitation().study;
    let two = Two::new(&server, &phone.words, vec![own]).await;
    let dir = tempfile::tempdir().expect("a folder");
    let (diary, found) =
        restore(dir.path(), &lock(), &phone.words, &server.url, evening(), &two).await.expect("restored");
    assert_eq!((found.entries, found.missing, diary.entry_ids().len()), (1, 0, 1));
    assert_eq!(two.asked(), [None, Some(own)]);
}

#[tokio::test]
async fn words_that_open_nothing_of_one_participant_are_tried_with_the_next_of_the_same_study() {
    let server = Server::new();
    let phone = joined(&server).await;
    phone.says(&long(), Readers::OnlyMe);
    phone.syncs(&server).await;
    let crowded = Crowded(Two::new(&server, &phone.words, Vec::new()).await, Mutex::default());
    let dir = tempfile::tempdir().expect("a folder");
    let (diary, found) =
        restore(dir.path(), &lock(), &phone.words, &server.url, evening(), &crowded).await.expect("restored");
    assert_eq!((found.entries, found.missing, diary.entry_ids().len()), (1, 0, 1));
}

#[tokio::test]
async fn words_that_open_nothing_anywhere_are_unknown_and_the_phone_asks_no_study_for_ever() {
    let server = Server::new();
    let phone = joined(&server).await;
    phone.syncs(&server).await;
    let elsewhere = vec![StudyId([1; 16]), StudyId([2; 16])];
    let two = Two::new(&server, &phone.words, elsewhere.clone()).await;
    let dir = tempfile::tempdir().expect("a folder");
    let restored = restore(dir.path(), &lock(), &phone.words, &server.url, evening(), &two).await;
    assert!(matches!(restored, Err(Error::Plain(ErrorCode::WordsUnknown))));
    assert_eq!(two.asked(), [None, Some(elsewhere[0]), Some(elsewhere[1]), Some(two.decoy.invitation().study)]);
}
