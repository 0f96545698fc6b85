//! Killed in the middle of writing: what a program was told is committed is there.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use waymark_vault::Error;

use crate::support::{CHILD, DRAFTS, ENTRIES, Place, all, child_arguments, child_path, open, rounds};

const SAID: &str = "committed ";

fn object(number: u64) -> Vec<u8> {
    number.to_be_bytes().repeat(1 + (number as usize * 37) % 900)
}

#[test]
fn a_killed_writer_loses_nothing_that_was_committed_and_half_of_nothing() {
    let place = Place::new();
    place.create().lock().unwrap();
    let mut committed = 0;
    for round in 0..rounds(4) {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(child_arguments("killed::child"))
            .env(CHILD, place.folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let enough = committed + 40 * (1 + round % 4);
        for line in lines.map_while(Result::ok) {
            // The harness's own words may stand on the same line.
            let Some((_, number)) = line.split_once(SAID) else {
                continue;
            };
            committed = number.parse().unwrap();
            if committed == enough {
                assert!(matches!(open(&place.path), Err(Error::InUse)));
                child.kill().unwrap();
            }
        }
        assert!(!child.wait().unwrap().success(), "it was killed");

        let vault = place.open().unwrap();
        let found = all(&vault, ENTRIES).unwrap();
        assert!(found.len() as u64 >= committed, "{} of {committed}", found.len());
        for (number, (id, bytes)) in (1u64..).zip(&found) {
            assert_eq!((id.as_slice(), bytes), (number.to_be_bytes().as_slice(), &object(number)));
        }
        let head = vault.get(DRAFTS, b"head").unwrap().unwrap();
        assert_eq!(head.as_slice(), (found.len() as u64).to_be_bytes(), "both objects of a transaction or none");
        committed = found.len() as u64;
    }
}

#[test]
#[ignore = "the test above runs it and kills it; alone it would never end"]
fn child() {
    let mut vault = open(&child_path()).unwrap();
    let mut number = vault.count(ENTRIES).unwrap();
    loop {
        number += 1;
        vault
            .write(|tx| {
                tx.put(ENTRIES, &number.to_be_bytes(), &object(number))?;
                tx.put(DRAFTS, b"head", &number.to_be_bytes())
            })
            .unwrap();
        let mut out = std::io::stdout().lock();
        writeln!(out, "{SAID}{number}").unwrap();
        out.flush().unwrap();
    }
}
