//! Backups of and by older servers.

use super::both::erasing::gone_soon;
use super::both::parts::part;
use super::migrating::BACK_TO_2;
use super::{Data, Running};
use crate::support::{Backup, Phone, files_in};
use waymark_protocol::Hash;

/// A study whose one part is named as servers of schema 2 named it.
fn of_an_older_server() -> (Running, Phone) {
    let (server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    let part = part(2064);
    phone.write_listing(&[&part]);
    phone.sync();
    phone.http.put_part(&phone.token, &part).done();
    let file = files_in(&server.data.parts()).remove(0);
    std::fs::rename(&file, file.with_file_name(part.hash.to_string())).unwrap();
    server.data.execute(&format!("UPDATE part SET name = '{}'", part.hash));
    (server, phone)
}

#[test]
fn an_older_servers_folder_is_backed_up_untouched_and_restored_up_to_date() {
    let (server, phone) = of_an_older_server();
    let server = server.restart_after(|data| {
        data.execute(BACK_TO_2);
        let before = std::fs::read(data.path().join("waymark.db")).unwrap();
        let backup = Backup::of(data);
        backup.assert_sound();
        assert!(std::fs::read(data.path().join("waymark.db")).unwrap() == before, "the folder is as it was");
        let restored = Running::start_on(backup.restore(Data::new()));
        assert_eq!(Phone { http: restored.http, ..phone.clone() }.state().head.seq, 2);
    });
    assert_eq!(server.http.get("/readyz", "").status, 200);
}

#[test]
fn a_backup_by_an_older_server_is_verified_untouched_and_restored_up_to_date() {
    let (server, phone) = of_an_older_server();
    let backup = Backup::of(&server.data);
    backup.sql().execute_batch(BACK_TO_2).unwrap();
    let mut manifest = backup.manifest();
    let bytes = std::fs::read(backup.database()).unwrap();
    manifest["database"] = Hash::of(&bytes).to_string().into();
    manifest["schema"] = 2.into();
    // What that server counted: it had no table of answered challenges, and no key for them.
    manifest["rows"].as_object_mut().unwrap().remove("answered_challenge");
    manifest["rows"]["meta"] = 1.into();
    backup.set_manifest(&manifest);
    backup.assert_sound();
    assert!(std::fs::read(backup.database()).unwrap() == bytes);
    let restored = Running::start_on(backup.restore(Data::new()));
    assert_eq!(Phone { http: restored.http, ..phone }.state().head.seq, 2);
}

#[test]
fn what_is_erased_on_a_server_from_a_backup_is_gone_from_its_file() {
    let (server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    let written = [1, 2, 3, 4, 5, 6].map(|number| phone.write(&format!("number {number}")).0);
    phone.sync();
    let restored = Running::start_on(Backup::of(&server.data).restore(Data::new()));
    let mut phone = Phone { http: restored.http, ..phone };
    for record in &written {
        phone.erase(Some(record.as_target()));
    }
    phone.sync();
    for record in &written {
        gone_soon(&restored, &record.body()[..64]);
    }
}
