//! What an ethics board or an archive gets of a study, checked by the program alone, on what real phones have sent.

use std::path::Path;

use crate::process::{Ended, program, start_with};
use crate::verdicts::{one_diary, text};
use crate::world::World;

/// A certificate, and an export with its proofs.
struct Archive {
    certificate: String,
    export: String,
}

fn plain(path: &Path) -> String {
    path.to_str().expect("a plain name").to_owned()
}

impl Archive {
    fn of(world: &World, name: &str) -> Self {
        let certificate = plain(&world.path(&format!("{name}.json")));
        let export = plain(&world.path(&format!("{name}.jsonl")));
        world.desk.run(&["certificate", "--out", &certificate]).ok();
        world.desk.run(&["export", "--format", "jsonl", "--out", &export, "--with-proofs"]).ok();
        Self { certificate, export }
    }

    fn check(&self) -> Ended {
        anywhere(&["check-certificate", &self.certificate, "--export", &self.export])
    }
}

/// The program of somebody who has no desk and no passphrase.
fn anywhere(arguments: &[&str]) -> Ended {
    start_with(&program("WAYMARK_DESK", "waymark-desk"), arguments, &[], &[]).end()
}

#[test]
fn an_archive_sees_what_was_changed_left_out_or_erased_without_a_key() {
    let (world, _) = one_diary();
    world.desk.pulled(0);
    let archive = Archive::of(&world, "first");
    let said = archive.check().ok();
    assert!(said.contains("4 entries, each of them what its phone has sealed"), "{said}");

    let export = std::fs::read_to_string(&archive.export).expect("the export is there");
    let lines: Vec<&str> = export.split_inclusive('\n').collect();
    let write = |export: &str| std::fs::write(&archive.export, export).expect("the export can be written");
    let added = lines[2].replace("\"text\":\"", "\"text\":\"not ");
    write(&[lines[0], lines[1], &added, lines[3]].concat());
    archive.check().fails("export-differs: line 3 is not what was sealed");
    write(&lines[1..].concat());
    archive.check().fails("export-differs: 1 of the entries that were exported are not in it");
    write(&export);

    world.desk.run(&["erase", "--participant", "Ana", "--confirm", "Ana"]).ok();
    let after = Archive::of(&world, "after");
    assert!(after.check().ok().contains("0 entries"));
    let stale = Archive { certificate: after.certificate, export: archive.export };
    stale.check().fails("was erased since: delete this export and its proofs");
}

#[test]
fn desks_that_pulled_on_different_days_are_told_who_is_ahead() {
    let (world, ana) = one_diary();
    let second = world.desk.copied(&world.path("second-desk"));
    world.desk.pulled(0);
    second.pulled(0);
    let certificate = |name: &str, desk: &crate::desk::Desk| {
        let path = plain(&world.path(name));
        desk.run(&["certificate", "--out", &path]).ok();
        path
    };
    let (one, other) = (certificate("one.json", &world.desk), certificate("other.json", &second));
    let same = anywhere(&["compare-certificates", &one, &other]).ok();
    assert!(same.contains(": the same up to "), "{same}");
    ana.on(7).shared(&text(6));
    ana.on(10).synced();
    second.pulled(0);
    let other = certificate("other.json", &second);
    let ahead = anywhere(&["compare-certificates", &one, &other]).ok();
    assert!(ahead.contains("other.json is ahead with "), "{ahead}");
}
