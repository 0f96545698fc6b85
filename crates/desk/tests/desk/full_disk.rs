//! A disk that is really full: a transcript that does not fit is not kept, and the desk is as it was.

use std::path::Path;
use std::process::{Command, Output};

use crate::transcripts::add;
use crate::world::{PASSPHRASE, World};

/// Set by whoever knows that the machine makes no such disk and wants the other tests all the same.
const WITHOUT: &str = "WAYMARK_NO_SMALL_DISK";

/// Runs lines of a shell beside a small disk, which is mounted over `folder` in a namespace of its own. `$DESK` is the program, `$FROM` a desk.
fn beside_a_small_disk(folder: &Path, from: &Path, kilobytes: u32, lines: &str) -> Output {
    let mounted = format!("mount -t tmpfs -o size={kilobytes}k tmpfs \"$0\" && cd \"$0\" && {lines}");
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--mount", "sh", "-c", &mounted]).arg(folder);
    command.env("DESK", env!("CARGO_BIN_EXE_waymark-desk")).env("FROM", from).env("WAYMARK_PASSPHRASE", PASSPHRASE);
    command.output().expect("unshare is there")
}

#[tokio::test]
async fn a_transcript_for_which_there_is_no_room_is_not_kept_and_the_others_are() {
    let mut world = World::new().await;
    world.invite("P01").await;
    add(&mut world, "P01", "T1", "2026-04-20", "P: The one that fits.");
    let World { desk, folder, _temporary: temporary, .. } = world;
    drop(desk);
    let disk = temporary.path().join("disk");
    std::fs::create_dir(&disk).unwrap();
    if !beside_a_small_disk(&disk, &folder, 64, "true").status.success() {
        assert!(std::env::var_os(WITHOUT).is_some(), "no small disk can be mounted here: {WITHOUT}=1 goes without");
        return;
    }
    let long = "P: And on and on it went. ".repeat(80_000);
    std::fs::write(folder.join("long.txt"), &long).unwrap();
    // Room for the desk and its log as they are, and for no two more megabytes.
    let kilobytes = 1024 + std::fs::metadata(folder.join("desk.waymark")).unwrap().len() / 1024;
    let lines = "cp \"$FROM/desk.waymark\" . && \
        \"$DESK\" transcript add --desk . --participant P01 --time-point T2 --day 2026-04-21 \"$FROM/long.txt\"; echo \"ended with $?\"; \
        \"$DESK\" transcript list --desk .";
    let output = beside_a_small_disk(&disk, &folder, u32::try_from(kilobytes).unwrap(), lines);
    let (said, complained) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(
        said.contains("ended with 1") && complained.contains("there is no room left on the disk"),
        "{said} {complained}"
    );
    assert!(output.status.success() && said.contains("  T1 ") && !said.contains("  T2 "), "{said}");
}
