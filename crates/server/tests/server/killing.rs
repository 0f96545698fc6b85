//! The server is killed in the middle of taking pushes, again and again: what was receipted is there, once and byte for byte.

use std::collections::HashMap;
use std::thread;
use std::time::Duration;

use waymark_protocol::api::Receipt;
use waymark_protocol::record::Record;
use waymark_protocol::record::wire::RawItem;

use super::Data;
use crate::support::{Binary, Desk, Phone};

/// How often the server is killed, unless the environment says how often.
const ROUNDS: u64 = 10;
const LONG_FORM: &str = "WAYMARK_TEST_KILLS";
/// Each phone always has so many records that it has not pushed.
const AHEAD: u64 = 150;
/// Records in one push.
const AT_ONCE: u64 = 7;

/// A phone and how far its log was receipted.
struct Pushing {
    phone: Phone,
    receipted: u64,
}

impl Pushing {
    fn write_ahead(&mut self) {
        while self.phone.log.len() as u64 <= self.receipted + AHEAD {
            self.phone.write(&format!("entry {}", self.phone.log.len()));
        }
    }

    /// Pushes until the server is gone, or the log is at its end.
    fn push_on(&mut self) {
        let last = self.phone.log.len() as u64;
        while self.receipted < last {
            let to = (self.receipted + AT_ONCE).min(last);
            match self.phone.http.try_push(&self.phone.token, &self.phone.push_of(self.receipted + 1, to)) {
                Ok(reply) if reply.status == 200 => self.receipted = reply.ok::<Receipt>().accepted_through,
                _ => return,
            }
        }
    }
}

#[test]
fn whatever_was_receipted_is_there_once_and_byte_for_byte_after_every_kill() {
    let rounds = std::env::var(LONG_FORM).map_or(ROUNDS, |rounds| rounds.parse().expect("a number of rounds"));
    let data = Data::new();
    let mut server = Binary::serve(&data);
    let mut desk = Desk::new(server.http, &data.token(&["--role", "admin"]));
    let mut phones: Vec<Pushing> = (0..4).map(|_| Pushing { phone: Phone::join(&desk), receipted: 0 }).collect();
    let mut seen = Seen::default();
    for round in 0..rounds {
        phones.iter_mut().for_each(Pushing::write_ahead);
        thread::scope(|scope| {
            for pushing in &mut phones {
                scope.spawn(|| pushing.push_on());
            }
            thread::sleep(Duration::from_millis(15 + 10 * (round % 12)));
            server.kill();
        });
        data.wait_until_nobody_is_connected();
        server = Binary::serve(&data);
        desk.http = server.http;
        for Pushing { phone, receipted } in &mut phones {
            phone.http = server.http;
            let head = phone.state().head.seq;
            assert!(head >= *receipted, "round {round}: {receipted} were receipted, {head} are there");
            *receipted = head;
        }
        seen.read_on(&desk);
        for Pushing { phone, receipted } in &phones {
            seen.assert_once(&phone.log[..usize::try_from(*receipted).unwrap()]);
        }
        let receipted: u64 = phones.iter().map(|pushing| pushing.receipted).sum();
        assert_eq!(seen.records.values().sum::<u64>(), receipted, "round {round}: nothing else is there");
    }
    assert!(!seen.records.is_empty(), "nothing was pushed between the kills");
}

/// Header, slots and body.
type Sent = (Vec<u8>, Vec<u8>, Vec<u8>);

/// What the desk has read, and how often.
#[derive(Default)]
struct Seen {
    after: u64,
    records: HashMap<Sent, u64>,
}

impl Seen {
    fn read_on(&mut self, desk: &Desk) {
        for item in desk.pull(self.after) {
            self.after = item.server_seq;
            if let RawItem::Record(header, slots, body) = item.item {
                *self.records.entry((header, slots, body)).or_default() += 1;
            }
        }
    }

    #[track_caller]
    fn assert_once(&self, log: &[Record]) {
        for record in log {
            let sent: Sent = (record.header_bytes().to_vec(), record.slots_bytes().to_vec(), record.body().to_vec());
            assert_eq!(self.records.get(&sent), Some(&1), "place {}", record.header().seq);
        }
    }
}
