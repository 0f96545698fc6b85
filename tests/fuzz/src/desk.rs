//! What the desk reads of a server's answers: from the feed to its collection and its account. Whatever comes, every record that came is
//! accounted for once, and nothing is read but what was shared.

use std::collections::BTreeSet;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::StatusCode;
use waymark_desk::account::{Account, Class};
use waymark_desk::collection::Collection;
use waymark_desk::pull::pull_over;
use waymark_desk::transport::{Answer, Call, Carrier, Server, TransportError};
use waymark_desk::{Desk, Progress};
use waymark_protocol::proof::State;
use waymark_simulation::template::PASSPHRASE;

use crate::answers::Answers;
use crate::script::Script;
use crate::stand::{self, SHARED, Stand, copy, same_chance};

/// Answers a desk as the script says: one that has nothing yet, or one that has everything.
pub fn run(bytes: &[u8]) {
    let mut script = Script::new(bytes);
    stand::with(|stand| {
        let from = if script.byte().is_multiple_of(2) { &stand.desk } else { &stand.pulled };
        pulls(stand, from, script);
    });
}

/// Honest answers, and changes.
pub fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("first", vec![0]),
        ("again", vec![1]),
        ("changed", vec![0, 0, 2, 2, 0, 6, 20, 1, 0]),
        ("first-cut", vec![0, 0, 2, 6, 0, 2, 0, 0]),
        ("again-of-nothing", vec![1, 6, 0, 0, 0]),
        ("again-without-an-answer", vec![1, 0, 7]),
        ("busy", vec![0, 5, 0, 1, 145, 9]),
    ]
}

fn pulls(stand: &Stand, from: &std::path::Path, script: Script<'_>) {
    let folder = copy(from);
    same_chance();
    let mut desk = Desk::open(folder.path(), PASSPHRASE).expect("the desk opens");
    let line = Line(Mutex::new(Answers::new(&stand.pulling, script)));
    let server = Server::over(Arc::new(line), desk.dangerously_token());
    let pulled = stand.runtime.block_on(pull_over(&server, &mut desk, stand.time.now(), &Progress::silent()));
    let collection = Collection::load(desk.vault.reader()).expect("what was collected can be read");
    let account = Account::of(&desk.identity, &desk.keys, &collection);
    let totals = account.totals();
    if let Ok(pulled) = &pulled {
        assert_eq!(pulled.totals, totals, "the account is another one than was told");
    }
    let classes = [totals.opened, totals.private, totals.control, totals.erased, totals.waiting];
    let sum = classes.iter().sum::<u64>() + totals.quarantined.len() as u64;
    assert_eq!(totals.received, sum, "a record is in no class, or in two");
    let came = collection.records().count() + collection.malformed().len();
    assert_eq!(totals.received, came as u64, "a record that came is not in the account");
    for line in account.people.iter().flat_map(|person| &person.lines) {
        if let Class::Opened(entry) = &line.class {
            assert_eq!(entry.text, SHARED, "an entry is read that nobody shared");
        }
    }
    complete_is_whole(&account, &collection);
}

/// Where a log is called complete, there is a record for each place of it.
fn complete_is_whole(account: &Account<'_>, collection: &Collection) {
    for device in account.judged.iter().flat_map(|person| &person.devices) {
        if device.state == State::Complete {
            let of = collection.records().filter(|(target, _)| target.device == device.device);
            let places: BTreeSet<u64> = of.map(|(target, _)| target.seq).collect();
            assert!((1..=device.seq).all(|seq| places.contains(&seq)), "complete, and a place is empty");
            assert_eq!(device.parts_missing, 0);
        }
    }
}

/// A desk's line to a server that answers as the script says.
struct Line(Mutex<Answers>);

impl Carrier for Line {
    fn carry<'c>(
        &'c self,
        call: &'c Call,
    ) -> Pin<Box<dyn Future<Output = Result<Answer, TransportError>> + Send + 'c>> {
        Box::pin(async move {
            let answer = self.0.lock().unwrap_or_else(PoisonError::into_inner).next(&call.method, &call.path, &[]);
            let answer = answer.ok_or_else(|| TransportError::Unreachable("nowhere".into(), None))?;
            let status = StatusCode::from_u16(answer.status).expect("below 600");
            Ok(Answer { status, headers: answer.headers, body: answer.body })
        })
    }
}
