//! A database on another machine: reached by TLS alone, by a user who may do what is needed and no more.

use super::Data;
use crate::support::{Binary, Desk, Phone, TestDatabase};

/// Data whose command lines reach the database by TLS.
fn distant(certificate: Option<String>) -> Data {
    let data = Data::new();
    let url = data.database.as_ref().unwrap().by_tls();
    let authorities = certificate.map(|path| ("WAYMARK_DATABASE_CA".to_owned(), path));
    data.told([("WAYMARK_DATABASE_URL".to_owned(), url)].into_iter().chain(authorities).collect())
}

#[test]
fn a_database_is_served_over_by_tls_when_its_certificate_is_vouched_for() {
    let data = distant(Some(TestDatabase::certificate()));
    let servers = [Binary::serve(&data), Binary::serve(&data)];
    let desk = Desk::new(servers[0].http, &data.token(&["--role", "admin"]));
    let mut phone = Phone::join(&desk);
    phone.http = servers[1].http;
    phone.write("by TLS");
    phone.sync();
    assert_eq!(desk.pull(0).len(), 3);
    let encrypted = "SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
                     WHERE datname = current_database() AND usename = 'distant' AND NOT ssl";
    assert_eq!(data.number(encrypted), 0);
}

#[test]
fn a_database_for_which_nobody_vouches_is_refused() {
    let data = distant(None);
    let output = data.command("token").args(["--role", "admin"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("TLS") && told.contains("certificate"), "{told}");
}

#[test]
fn a_sweep_says_what_its_user_may_not_do() {
    let data = distant(Some(TestDatabase::certificate()));
    data.token(&["--role", "admin"]);
    let output = data.command("sweep").output().unwrap();
    assert_eq!(output.status.code(), Some(1), "somebody has to look");
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("run CHECKPOINT as a superuser") && told.contains("pg_switch_wal()"), "{told}");
}
