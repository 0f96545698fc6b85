//! A server that answers as a script says: honestly, changed, with anything, or not at all.

use std::sync::Arc;

use axum::http::Method;

use waymark_protocol::api::Receipt;
use waymark_protocol::record::wire::read_push;

use crate::script::Script;
use crate::stand::{Answered, Said};

/// Nobody asks more often before something ends.
const MOST: u32 = 400;
const PUSH: &str = "/v1/device/records";

/// What a server has honestly said, and how it differs from it now.
pub(crate) struct Answers {
    said: Arc<[Said]>,
    script: Vec<u8>,
    read: usize,
    asked: u32,
}

impl Answers {
    pub fn new(said: &Arc<[Said]>, mut script: Script<'_>) -> Self {
        Self { said: said.clone(), script: script.rest().to_vec(), read: 0, asked: 0 }
    }

    /// The answer to a call; none when no answer comes.
    ///
    /// ```text
    /// answer = 0, 1            honest          | 5 status status wait     with another status
    ///        | 2, 3, 4 edits   changed         | 6 length bytes…          with anything
    ///                                          | 7                        none
    /// ```
    pub fn next(&mut self, method: &Method, path: &str, body: &[u8]) -> Option<Answered> {
        self.asked += 1;
        assert!(self.asked < MOST, "it asks for ever");
        let mut honest = self.honest(method, path);
        if *method == Method::POST && path == PUSH {
            receipt(body, &mut honest);
        }
        let mut script = Script::new(&self.script[self.read..]);
        let answer = match script.byte() % 8 {
            0 | 1 => Some(honest),
            2..=4 => {
                let body = script.edited(&honest.body);
                Some(Answered { body, ..honest })
            }
            5 => {
                let status = 100 + u16::try_from(script.below(500)).expect("below 500");
                let retry_after = match script.byte() {
                    0 => None,
                    255 => Some(u64::MAX),
                    seconds => Some(u64::from(seconds)),
                };
                Some(Answered { status, retry_after, ..honest })
            }
            6 => {
                let len = script.below(4096);
                Some(Answered { body: script.take(len).to_vec(), ..honest })
            }
            _ => None,
        };
        self.read = self.script.len() - script.rest().len();
        answer
    }

    /// The last that was said to the same call; of one that was made otherwise, to one that differs in its question alone.
    fn honest(&self, method: &Method, path: &str) -> Answered {
        let call = |path: &str| path.split_once('?').map_or(path, |(path, _)| path).to_owned();
        let same = |said: &&Said| said.method == *method && said.path == path;
        let alike = |said: &&Said| said.method == *method && call(&said.path) == call(path);
        let found = self.said.iter().rev().find(same).or_else(|| self.said.iter().rev().find(alike));
        found.map_or_else(|| nothing(method), |said| said.answer.clone())
    }
}

/// The receipt for just what was pushed, whatever was pushed when the answers were taken down.
fn receipt(push: &[u8], answer: &mut Answered) {
    let Ok((_, checkpoint)) = read_push(push) else { return };
    let Ok(receipt) = serde_json::from_slice::<Receipt>(&answer.body) else { return };
    let receipt = Receipt { accepted_through: checkpoint.seq, link: checkpoint.link, ..receipt };
    answer.body = serde_json::to_vec(&receipt).expect("a receipt is JSON");
}

/// To what was never asked: the server keeps a part that it is given, and has nothing else.
fn nothing(method: &Method) -> Answered {
    let (status, body) = match *method {
        Method::PUT => (204, Vec::new()),
        _ => (404, br#"{"code":"not-found","message":"there is no such thing"}"#.to_vec()),
    };
    Answered { status, retry_after: None, headers: axum::http::HeaderMap::new(), body }
}
