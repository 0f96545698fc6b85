//! A disk that is full while the server runs, and has room again.

use std::process::Command;
use std::thread;

use waymark_protocol::api::{ApiErrorCode, Receipt};
use waymark_protocol::record::Record;
use waymark_protocol::record::wire::RawItem;

use super::{Binary, DataOn, Desk, Engine, Phone};

/// Nearly as much as one push may hold.
const LONG_ENTRIES: usize = 13;

/// The same command behind a line of `sh`, told by an error and not killed when a file may not grow.
pub fn through_sh(line: &str, command: &Command) -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("trap '' XFSZ; {line}; exec \"$@\""), "sh"]).arg(command.get_program());
    shell.args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    shell
}

/// A line for the shell that lets no file of a running process grow beyond so many bytes; none: as far as there is room. Only a
/// process of the same user may say so, and needs no right for it.
pub fn file_limit(process: &str, bytes: Option<u64>) -> String {
    let soft = bytes.map_or_else(|| "unlimited".to_owned(), |bytes| bytes.to_string());
    format!("prlimit --pid {process} --fsize={soft}:")
}

/// Pushes of several phones at once find the disk full: each is refused whole, reading goes on, and when there is room again the
/// same pushes go through, nothing is twice and nothing half.
pub fn pushes_without_room<E: Engine>(
    server: &Binary,
    data: &DataOn<E>,
    fill: impl FnOnce(),
    make_room: impl FnOnce(),
) {
    let desk = Desk::new(server.http, &data.token(&["--role", "admin"]));
    let mut phones: Vec<Phone> = (0..4).map(|_| Phone::join(&desk)).collect();
    for phone in &mut phones {
        phone.write("before");
        phone.sync();
    }
    let before = desk.pull(0);
    for phone in &mut phones {
        (0..LONG_ENTRIES).for_each(|_| drop(phone.write(&"long ".repeat(12_000))));
    }
    assert_eq!(server.http.get("/readyz", "").status, 200);
    fill();
    for _ in 0..2 {
        thread::scope(|scope| {
            for phone in &phones {
                scope.spawn(|| {
                    let refused = phone.push_from(3);
                    assert_eq!(refused.refused(), (503, ApiErrorCode::Trouble, None));
                    assert!(refused.header("retry-after").is_some());
                });
            }
        });
        assert_eq!(server.http.get("/readyz", "").refused(), (503, ApiErrorCode::Trouble, None));
    }
    assert_eq!(server.http.get("/healthz", "").status, 200);
    assert_eq!(desk.pull(0), before, "a desk reads on");
    assert_eq!(desk.http.get(&desk.path("orders"), &desk.token).status, 200, "the study's orders too");
    for phone in &phones {
        assert_eq!(phone.state().head.seq, 2);
        assert_eq!(phone.http.get("/v1/device/records", &phone.token).feed().len(), 3, "a phone reads on");
    }
    make_room();
    for phone in &phones {
        let last = phone.log.len() as u64;
        for _ in 0..2 {
            let receipt: Receipt = phone.push_from(3).ok();
            assert_eq!((receipt.accepted_through, receipt.link), (last, phone.log.last().unwrap().link()));
        }
    }
    assert_eq!(server.http.get("/readyz", "").status, 200);
    let stored: Vec<RawItem> = desk.pull(0).into_iter().map(|item| item.item).collect();
    let records = || stored.iter().filter(|item| matches!(item, RawItem::Record(..)));
    for record in phones.iter().flat_map(|phone| &phone.log) {
        assert_eq!(records().filter(|item| **item == sent(record)).count(), 1, "once and byte for byte");
    }
    assert_eq!(records().count(), phones.iter().map(|phone| phone.log.len()).sum::<usize>(), "and nothing else");
}

fn sent(record: &Record) -> RawItem {
    RawItem::Record(record.header_bytes().to_vec(), record.slots_bytes().to_vec(), record.body().to_vec())
}
