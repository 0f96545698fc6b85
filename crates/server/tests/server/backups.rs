//! Backups: made while phones push, sound, and without what was erased.

use memchr::memmem;
use waymark_protocol::api::{Orders, Receipt};

use super::parts::{part, with_parts};
use super::{Data, Running};
use crate::support::{Backup, Binary, Desk, Phone, S3, files_in, is_there, kill_after, on_a_full_disk, refused};

#[test]
fn a_backup_that_was_made_while_phones_push_is_one_moment_and_sound() {
    let (server, desk) = Running::with_desk();
    let phones: Vec<Phone> = (0..3).map(|_| Phone::join(&desk)).collect();
    let done = std::sync::atomic::AtomicBool::new(false);
    let backups = std::thread::scope(|scope| {
        for mut phone in phones {
            let done = &done;
            scope.spawn(move || {
                phone.sync();
                while !done.load(std::sync::atomic::Ordering::Relaxed) {
                    let part = part(1040);
                    phone.write_listing(&[&part]);
                    let last = phone.log.len() as u64;
                    assert_eq!(phone.push_from(last).ok::<Receipt>().accepted_through, last);
                    phone.http.put_part(&phone.token, &part).done();
                }
            });
        }
        let backups: Vec<Backup> = (0..4).map(|_| Backup::of(&server.data)).collect();
        done.store(true, std::sync::atomic::Ordering::Relaxed);
        backups
    });
    let heads: Vec<u64> =
        backups.iter().map(|backup| backup.manifest()["studies"][0]["head"].as_u64().unwrap()).collect();
    assert!(heads.is_sorted() && heads.first() < heads.last(), "phones were pushing: {heads:?}");
    backups.iter().for_each(Backup::assert_sound);
    assert!(backups.iter().all(|backup| !is_there(&backup.unfinished())));
}

#[test]
fn what_was_erased_is_nowhere_in_the_next_backup() {
    let (server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    let (short, content) = phone.write("short");
    let (long, _) = phone.write(&"long ".repeat(20_000));
    let grant = phone.grant(short.as_target(), &content);
    let voice = part(70_000);
    let with_voice = phone.write_listing(&[&voice]);
    let (ordered, _) = phone.write("asked by letter");
    phone.sync();
    phone.http.put_part(&phone.token, &voice).done();
    let needles: Vec<Vec<u8>> = [
        &short.body()[100..140],
        &long.body()[40_000..40_040],
        &grant.slots_bytes()[40..80],
        &with_voice.body()[100..140],
        &voice.bytes[..32],
        &ordered.body()[100..140],
    ]
    .map(<[u8]>::to_vec)
    .to_vec();
    let found = |backup: &Backup| {
        let bytes = backup.bytes();
        needles.iter().filter(|needle| memmem::find(&bytes, needle).is_some()).count()
    };
    assert_eq!(found(&Backup::of(&server.data)), needles.len(), "else this test would not see them");
    for record in [&short, &long, &with_voice] {
        phone.erase(Some(record.as_target()));
    }
    phone.sync();
    let orders = Orders { erasures: vec![desk.erasure(ordered.as_target())], revocations: Vec::new() };
    desk.http.post(&desk.path("orders"), &desk.token, &orders).done();
    let backup = Backup::of(&server.data);
    assert_eq!(found(&backup), 0);
    backup.assert_sound();
    assert_eq!(backup.manifest()["studies"][0]["erased"], 5, "four records and a grant");
}

#[test]
fn a_part_that_is_missing_or_damaged_on_the_server_is_named_and_the_rest_is_kept() {
    let (server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    let parts = [part(1040), part(2064), part(3088)];
    phone.write_listing(&parts.iter().collect::<Vec<_>>());
    phone.sync();
    for part in &parts {
        phone.http.put_part(&phone.token, part).done();
    }
    let file = |at: usize| {
        let name = parts[at].hash.to_string();
        let files = files_in(&server.data.parts());
        files.into_iter().find(|file| file.file_name().unwrap().to_str().unwrap().starts_with(&name)).unwrap()
    };
    std::fs::remove_file(file(0)).unwrap();
    std::fs::write(file(1), &parts[1].bytes[1..]).unwrap();
    let backup = Backup::new();
    let told = refused(&backup.making(&server.data).output().unwrap());
    assert!(told.contains("INCOMPLETE") && told.contains("server 2 are missing"), "{told}");
    let mut named: Vec<String> = backup.manifest()["missing_parts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| part["hash"].as_str().unwrap().to_owned())
        .collect();
    named.sort();
    let mut lost = [parts[0].hash.to_string(), parts[1].hash.to_string()];
    lost.sort();
    assert_eq!(named, lost);
    backup.assert_sound();
    assert!(String::from_utf8(backup.verify(&[]).stdout).unwrap().contains("INCOMPLETE"));
    let restored = Running::start_on(backup.restore(Data::new()));
    for (part, there) in parts.iter().zip([false, false, true]) {
        assert_eq!(restored.http.part(&phone.token, &part.hash).is_some(), there);
        restored.http.put_part(&phone.token, part).done();
        assert_eq!(restored.http.part(&phone.token, &part.hash).as_ref(), Some(&part.bytes));
    }
}

#[test]
fn parts_in_a_bucket_are_files_of_the_backup_and_go_into_the_bucket_of_the_restored_server() {
    let (s3, other) = (S3::start(), S3::start());
    let data = Data::new().told(s3.environment());
    let server = Binary::serve(&data);
    let desk = Desk::new(server.http, &data.token(&["--role", "admin"]));
    let phone = Phone::join(&desk);
    let part = part(70_000);
    phone.http.put_part(&phone.token, &part).done();
    let backup = Backup::of(&data);
    backup.assert_sound();
    assert_eq!(backup.parts().len(), 1);
    drop(server);
    let restored = backup.restore(Data::new().told(other.environment()));
    assert_eq!(files_in(&other.objects()).len(), 1);
    let server = Binary::serve(&restored);
    assert!(server.http.part(&phone.token, &part.hash).as_ref() == Some(&part.bytes));
}

#[test]
fn uploads_that_are_not_there_yet_or_are_to_be_deleted_are_no_part_of_a_backup() {
    let (server, desk) = Running::with_desk();
    let phone = Phone::join(&desk);
    let kept = part(1040);
    phone.http.put_part(&phone.token, &kept).done();
    let server = server.restart_after(|data| {
        for (state, name) in [(0, "arriving"), (2, "doomed")] {
            data.execute(&format!(
                "INSERT INTO part SELECT study, participant, hash, '{name}', len, {state}, since FROM part WHERE state = 1"
            ));
        }
        let backup = Backup::of(data);
        backup.assert_sound();
        assert_eq!(backup.manifest()["rows"]["part"], 1);
        assert_eq!(backup.parts().len(), 1);
    });
    assert!(server.http.part(&phone.token, &kept.hash).is_some());
}

#[test]
fn a_killed_backup_is_never_taken_for_one() {
    let (server, desk) = Running::with_desk();
    with_parts(&desk, 60);
    let (mut killed, mut delay) = (0, 0);
    loop {
        let backup = Backup::new();
        kill_after(&mut backup.making(&server.data), delay);
        if is_there(&backup.path()) {
            backup.assert_sound();
            break;
        }
        killed += 1;
        if is_there(&backup.unfinished()) {
            let told = refused(&backup.making(&server.data).output().unwrap());
            assert!(told.contains("did not finish"), "{told}");
            std::fs::remove_dir_all(backup.unfinished()).unwrap();
        }
        delay = delay * 5 / 4 + 2;
    }
    assert!(killed > 2, "killed {killed} times");
}

#[test]
fn a_backup_that_cannot_be_written_says_so_and_leaves_nothing() {
    let (server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    phone.write(&"long ".repeat(20_000));
    phone.sync();
    let folder = tempfile::tempdir().unwrap();
    let (file, taken) = (folder.path().join("a file"), folder.path().join("taken"));
    std::fs::write(&file, b"").unwrap();
    std::fs::create_dir(&taken).unwrap();
    let nowhere = folder.path().join("nowhere");
    for (to, reason) in [
        (file.join("backup"), "Not a directory"),
        (nowhere.join("backup"), "No such file or directory"),
        (taken, "is there already"),
        (file, "is there already"),
    ] {
        let told = refused(&server.data.command("backup").arg("--to").arg(&to).output().unwrap());
        assert!(told.contains(reason) && told.contains(folder.path().to_str().unwrap()), "{told}");
    }
    let backup = Backup::new();
    let told = refused(&on_a_full_disk(&backup.making(&server.data)).output().unwrap());
    assert!(told.contains("no backup was made"), "{told}");
    assert!(!is_there(&backup.path()) && !is_there(&backup.unfinished()), "{told}");
}

#[test]
fn a_backup_of_nothing_is_refused_and_makes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing");
    for data in [folder.path(), &missing] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_waymark-server"))
            .args(["backup", "--to"])
            .arg(folder.path().join("backup"))
            .arg("--data")
            .arg(data)
            .env_remove("WAYMARK_DATABASE_URL")
            .output();
        refused(&output.unwrap());
    }
    assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none());
}

#[test]
fn a_backup_is_not_served_and_gets_no_tokens() {
    let (server, _desk) = Running::with_desk();
    let backup = Backup::of(&server.data);
    for arguments in [
        &["serve", "--listen", "127.0.0.1:0"][..],
        &["token", "--role", "admin"],
        &["token", "list"],
        &["token", "revoke", "1"],
    ] {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_waymark-server"));
        command.args(arguments).arg("--data").arg(backup.path()).env_remove("WAYMARK_DATABASE_URL");
        let told = refused(&command.output().unwrap());
        assert!(told.contains("is a backup"), "{told}");
    }
    backup.assert_sound();
}

#[test]
fn verifying_and_restoring_leave_a_backup_as_it_is() {
    let (server, desk) = Running::with_desk();
    let phone = Phone::join(&desk);
    phone.http.put_part(&phone.token, &part(1040)).done();
    phone.sync();
    let backup = Backup::of(&server.data);
    let state = || -> Vec<_> {
        let mut files = files_in(&backup.path());
        files.sort();
        files.into_iter().map(|file| (std::fs::read(&file).unwrap(), file)).collect()
    };
    let before = state();
    backup.assert_sound();
    backup.restore(Data::new());
    assert!(state() == before);
}

#[cfg(unix)]
#[test]
fn a_backup_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let (server, desk) = Running::with_desk();
    let phone = Phone::join(&desk);
    phone.http.put_part(&phone.token, &part(1040)).done();
    let backup = Backup::of(&server.data);
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&backup.path()), 0o700);
    assert_eq!(mode(&backup.database()), 0o600);
    assert_eq!(mode(&backup.path().join("manifest.json")), 0o600);
    assert_eq!(mode(&backup.path().join("parts")), 0o700);
}
