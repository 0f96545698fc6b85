//! The log of the built binary: a line for each call, and nothing of anybody.

use std::fs::File;

use serde_json::Value;
use waymark_protocol::attachment::Part;

use crate::support::{Binary, DataOn, Desk, OnSqlite, Phone, S3, files_in};

/// A run in which everything happens, with all that must not be told of it.
fn busy(flags: &[&str]) -> (String, Vec<String>) {
    let (folder, data) = (tempfile::tempdir().unwrap(), DataOn::<OnSqlite>::new());
    let admin = data.token(&["--role", "admin"]);
    let path = folder.path().join("log");
    let flags = [&["--trusted-proxies", "127.0.0.1", "--names", "127.0.0.1", "--log-level", "debug"], flags].concat();
    let server = Binary::serve_with(&data, &flags, File::create(&path).unwrap());
    let desk = Desk::new(server.http, &admin);
    let mut phone = Phone::join(&desk);
    phone.write("canary of an entry");
    phone.sync();
    let part = Part::of(b"canary".to_vec());
    phone.http.put_part(&phone.token, &part).done();
    let new = phone.recovered();
    new.sync();
    desk.pull(0);
    let (_, certificate) = desk.invite();
    let wrong = "ab".repeat(32);
    for caller in ["203.0.113.77", "2001:db8:77::7", "canary, 203.0.113.78"] {
        for token in [&wrong, &phone.token, &desk.token, "canary"] {
            let code = waymark_protocol::CodeId::of(&certificate.enrol_key);
            for path in ["/v1/device/state?canary", &desk.path(&format!("invitations/{code}")), "/canary/canary"] {
                for (method, body) in [("GET", &b""[..]), ("POST", b"{\"canary\": 1}"), ("CANARY", b"")] {
                    server.http.send_for(caller, method, path, token, "application/json", body).unwrap();
                }
            }
        }
    }
    server.terminate();
    let mut secrets = vec![admin, wrong, "canary".to_owned(), "203.0.113".to_owned(), "2001:db8".to_owned()];
    secrets.extend([phone.token.clone(), new.token.clone(), desk.token.clone(), desk.study.to_string()]);
    secrets.extend([phone.device().to_string(), new.device().to_string(), part.hash.to_string()]);
    secrets.extend([phone.certificate.participant.to_string(), "127.0.0.1".to_owned()]);
    secrets.push(waymark_protocol::CodeId::of(&certificate.enrol_key).to_string());
    (std::fs::read_to_string(path).unwrap(), secrets)
}

#[test]
fn a_busy_run_tells_routes_and_no_token_address_id_or_word() {
    for flags in [&[][..], &["--log-format", "json"]] {
        let (log, secrets) = busy(flags);
        assert!(log.contains("/v1/device/records") && log.contains("/v1/studies/{study}/invitations/{code}"), "{log}");
        let lower = log.to_lowercase();
        for secret in secrets {
            assert!(!lower.contains(&secret), "{secret} is in the log");
        }
    }
}

#[test]
fn as_json_each_line_is_one_object_with_route_status_and_time() {
    let (log, _) = busy(&["--log-format", "json"]);
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).expect("one object")).collect();
    let calls: Vec<&Value> = lines.iter().filter(|line| line["message"] == "answered").collect();
    assert!(calls.len() > 100, "one line for each call");
    for call in calls {
        assert!(call["route"].is_string() && call["status"].is_u64() && call["ms"].is_u64(), "{call}");
        assert!(call["timestamp"].is_string() && call["level"].is_string());
    }
}

/// What the log of a server says whose parts fail, and everything that it must not say.
fn failing_parts(data: &DataOn<OnSqlite>, fail: impl FnOnce()) -> (String, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    let server = Binary::serve_with(data, &["--log-level", "debug"], File::create(&path).unwrap());
    let desk = Desk::new(server.http, &data.token(&["--role", "admin"]));
    let phone = Phone::join(&desk);
    phone.sync();
    let (first, second) = (Part::of(b"the first".to_vec()), Part::of(b"the second".to_vec()));
    phone.http.put_part(&phone.token, &first);
    fail();
    for part in [&first, &second] {
        phone.http.put_part(&phone.token, part);
        phone.http.get(&format!("/v1/device/parts/{}", part.hash), &phone.token);
        let collected = format!("parts/{}?participant={}", part.hash, phone.certificate.participant);
        desk.http.get(&desk.path(&collected), &desk.token);
    }
    server.terminate();
    let mut secrets = vec![phone.token.clone(), desk.token.clone(), desk.study.to_string()];
    secrets.extend([phone.certificate.participant.to_string(), first.hash.to_string(), second.hash.to_string()]);
    secrets.extend([data.path().to_str().unwrap().to_lowercase(), "http://".to_owned()]);
    (std::fs::read_to_string(path).unwrap().to_lowercase(), secrets)
}

fn tells_nothing(log: &str, secrets: &[String]) {
    for secret in secrets {
        assert!(!log.contains(secret), "{secret} is in the log:\n{log}");
    }
}

#[test]
fn parts_that_are_damaged_or_cannot_be_written_are_told_of_without_their_names() {
    let data = DataOn::<OnSqlite>::new();
    let parts = data.parts();
    let (log, secrets) = failing_parts(&data, || {
        let kept = files_in(&parts).remove(0);
        std::fs::write(kept, b"damaged").unwrap();
    });
    assert!(log.contains("missing or damaged"), "{log}");
    tells_nothing(&log, &secrets);

    let data = DataOn::<OnSqlite>::new();
    let parts = data.parts();
    let (log, secrets) = failing_parts(&data, || {
        let kept = files_in(&parts).remove(0);
        let participant = kept.parent().unwrap();
        std::fs::remove_dir_all(participant).unwrap();
        // Whoever may do everything, as in a container, still cannot write into what is no folder.
        std::fs::write(participant, b"").unwrap();
    });
    assert!(log.contains("the files of parts failed: they cannot be read or written"), "{log}");
    tells_nothing(&log, &secrets);
}

#[test]
fn a_bucket_that_refuses_is_told_of_without_its_address_and_the_parts_names() {
    let s3 = S3::start();
    let mut environment = s3.environment();
    environment.retain(|(name, _)| name != "AWS_SECRET_ACCESS_KEY");
    environment.push(("AWS_SECRET_ACCESS_KEY".to_owned(), "another".to_owned()));
    let data = DataOn::<OnSqlite>::new().told(environment);
    let (log, secrets) = failing_parts(&data, || {});
    assert!(log.contains("they may not be used with these rights or keys"), "{log}");
    tells_nothing(&log, &secrets);
}

#[test]
fn what_is_asked_every_second_by_whoever_watches_is_told_at_debug_alone() {
    for (level, told) in [("info", false), ("debug", true)] {
        let (folder, data) = (tempfile::tempdir().unwrap(), DataOn::<OnSqlite>::new());
        let path = folder.path().join("log");
        let server = Binary::serve_with(&data, &["--log-level", level], File::create(&path).unwrap());
        for path in ["/healthz", "/readyz"] {
            assert_eq!(server.http.get(path, "").status, 200);
        }
        server.terminate();
        let log = std::fs::read_to_string(path).unwrap();
        assert!(log.contains("/readyz") && log.contains("/healthz") == told, "{log}");
    }
}
