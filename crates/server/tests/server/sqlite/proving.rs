//! `deploy/waymark-prove-erased`: it says "gone" of what it has looked for everywhere, and of nothing else.

use std::path::Path;
use std::process::Command;

use waymark_protocol::attachment::Part;

use super::Running;
use crate::support::{Backup, Phone, random};

/// How it ended, and what it said.
fn prove(arguments: &[&Path], path: Option<&str>) -> (Option<i32>, String) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/waymark-prove-erased");
    let mut command = Command::new("/bin/sh");
    command.arg(script).args(arguments);
    if let Some(path) = path {
        command.env("PATH", path);
    }
    let output = command.output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn erased_bytes_are_found_where_they_are_and_gone_only_where_somebody_could_look() {
    let (server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    // So many that some of them have a line's end among the bytes that are looked for.
    let mut records: Vec<_> = (0..40).map(|at| phone.write(&format!("entry {at}")).0).collect();
    let voice = Part::of((0..100).flat_map(|_| random::<32>()).collect());
    records.push(phone.write_listing(&[&voice]));
    phone.sync();
    phone.http.put_part(&phone.token, &voice).done();
    let older = Backup::of(&server.data);
    for record in &records {
        phone.erase(Some(record.as_target()));
    }
    phone.sync();
    let newer = Backup::of(&server.data);
    let (older, newer, nowhere) = (&*older.path(), &*newer.path(), Path::new("/nowhere"));

    let lines = |told: &str, end: &str| told.lines().filter(|line| line.ends_with(end)).count();
    let (code, told) = prove(&[older, newer], None);
    assert_eq!((code, lines(&told, ": gone")), (Some(0), 42), "{told}");
    let (code, told) = prove(&[older, newer, older], None);
    assert_eq!((code, lines(&told, ": STILL THERE")), (Some(1), 42), "{told}");
    let (code, told) = prove(&[older, newer, nowhere], None);
    assert_eq!((code, lines(&told, ": gone")), (Some(2), 0), "{told}");
    assert_eq!(prove(&[newer, newer], None), (Some(0), "nothing was erased between the two\n".to_owned()));
    for (arguments, path) in [(&[nowhere, newer], None), (&[older, nowhere], None), (&[older, newer], Some("/nowhere"))]
    {
        assert_eq!(prove(arguments, path), (Some(2), String::new()), "{arguments:?}");
    }
}
