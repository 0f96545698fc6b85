//! What data managers and auditors see: sizes, times and deeds, never what was written; and the tokens that there are.

use waymark_protocol::api::{ApiErrorCode, Audit, RetentionReview, Usage};
use waymark_protocol::attachment::Part;

use super::Running;
use crate::support::{Desk, Phone};

const YEAR_MS: u64 = 365 * 24 * 60 * 60 * 1000;

#[test]
fn usage_counts_what_each_participant_has_stored_page_by_page() {
    let (server, desk) = Running::with_desk();
    let mut phones: Vec<Phone> = (0..3).map(|_| Phone::join(&desk)).collect();
    Phone::join(&Desk::new(server.http, &server.token("admin"))).sync();
    let part = Part::of(vec![7; 5000]);
    phones[0].write_listing(&[&part]);
    phones[0].http.put_part(&phones[0].token, &part).done();
    for phone in &phones {
        phone.sync();
    }
    phones[1].recovered();
    let token = server.token("data-manager");
    let (mut all, mut after) = (Vec::new(), String::new());
    loop {
        let page: Usage = desk.http.get(&desk.path(&format!("usage?limit=2{after}")), &token).ok();
        assert_eq!((page.part_bytes, page.quota.study), (5000, None));
        assert!(page.quota.participant.is_some_and(|bytes| bytes > 1_000_000_000));
        after = format!("&after={}", page.participants.last().unwrap().participant);
        all.extend(page.participants);
        if !page.more {
            break;
        }
    }
    assert_eq!(all.len(), 3);
    for (at, phone) in phones.iter().enumerate() {
        let found = all.iter().find(|usage| usage.participant == phone.certificate.participant).unwrap();
        let bytes = phone.log.iter().map(|r| r.header_bytes().len() + r.slots_bytes().len() + r.body().len());
        assert_eq!((found.records, found.record_bytes), (phone.log.len() as u64, bytes.sum::<usize>() as u64));
        assert_eq!((found.parts, found.part_bytes), if at == 0 { (1, 5000) } else { (0, 0) });
        assert_eq!(found.devices, if at == 1 { 2 } else { 1 });
    }
}

#[test]
fn a_retention_review_lists_what_is_older_than_the_document_allows_and_deletes_nothing() {
    let (server, desk) = Running::with_desk();
    let (mut old, mut new) = (Phone::join(&desk), Phone::join(&desk));
    let (erased, _) = old.write("erased");
    old.write("old");
    old.erase(Some(erased.as_target()));
    new.write("new");
    let receipt = old.sync();
    new.sync();
    let received = receipt.time - YEAR_MS - 1000;
    let old_one = old.certificate.participant;
    let own = server.data.literal(&old_one.0);
    server.data.execute(&format!("UPDATE record SET received_at = {received} WHERE participant = {own}"));
    let token = server.token("data-manager");
    let review = || desk.http.get(&desk.path("retention"), &token).ok::<RetentionReview>();
    let first = review();
    assert_eq!((first.review_after_hours, first.ended_at, first.more), (365 * 24, None, false));
    let [due] = &first.participants[..] else { panic!("{first:?}") };
    assert_eq!((due.participant, due.records, due.left_at), (old_one, 3, None), "without the erased one");
    assert_eq!((due.oldest, due.newest), (received, received));
    let before = desk.pull(0);
    desk.http.send("PUT", &desk.path(&format!("participants/{old_one}/left")), &token, "", b"").unwrap().done();
    desk.http.send("PUT", &desk.path("end"), &token, "", b"").unwrap().done();
    let second = review();
    assert!(second.ended_at.is_some() && second.participants[0].left_at.is_some());
    assert_eq!(desk.pull(0), before);
}

#[test]
fn the_audit_is_read_on_from_a_cursor_and_says_who_did_what_when_and_nothing_else() {
    let (server, desk) = Running::with_desk();
    let other = Desk::new(server.http, &server.token("admin"));
    let mut phone = Phone::join(&desk);
    let (entry, _) = phone.write("canary-in-an-entry");
    phone.sync();
    phone.erase(Some(entry.as_target()));
    phone.sync();
    assert_eq!(phone.push_from(1).status, 200, "what comes again is not noted again");
    phone.recovered().sync();
    desk.pull(0);
    assert_eq!(desk.http.get(&desk.path("usage"), &server.token("data-manager")).status, 200);
    assert_eq!(desk.http.get(&desk.path("orders"), &desk.token).status, 200);
    let token = server.token("auditor");
    let (mut entries, mut after) = (Vec::new(), 0);
    loop {
        let path = desk.path(&format!("audit?limit=2&after={after}"));
        let reply = desk.http.get(&path, &token);
        let text = String::from_utf8(reply.body.clone()).unwrap();
        let participant = phone.certificate.participant.to_string();
        for secret in [token.as_str(), &desk.token, &phone.token, &participant, "canary"] {
            assert!(!text.contains(secret));
        }
        let audit: Audit = reply.ok();
        assert!(audit.entries.len() <= 2 && audit.entries.windows(2).all(|pair| pair[0].id < pair[1].id));
        assert!(audit.entries.iter().all(|entry| entry.id > after));
        after = audit.entries.last().unwrap().id;
        // Reading is noted after what is read: the reader stops where it began to read its own steps.
        let own = audit.entries.iter().any(|entry| entry.action == "audit read");
        entries.extend(audit.entries);
        if own || !audit.more {
            break;
        }
    }
    let did = |role: &str, action: &str| entries.iter().any(|entry| entry.role == role && entry.action == action);
    for (role, action) in [
        ("operator", "token made: admin"),
        ("admin", "study registered"),
        ("researcher", "invitations added"),
        ("researcher", "records read"),
        ("data-manager", "usage read"),
        ("researcher", "orders read"),
        ("operator", "token made: auditor"),
    ] {
        assert!(did(role, action), "{role}: {action} is not in {entries:?}");
    }
    let times = |role: &str, action: &str| {
        entries.iter().filter(|entry| entry.role == role && entry.token.is_none() && entry.action == action).count()
    };
    for action in ["phone joined", "phone joined by recovery words", "erased by its person"] {
        assert_eq!(times("device", action), 1, "{action} in {entries:?}");
    }
    let registered = entries.iter().filter(|entry| entry.action == "study registered").count();
    assert_eq!(registered, 1, "the other study is its own");
    drop(other);
}

#[test]
fn lists_are_bounded_and_a_study_that_is_not_there_is_named() {
    let (server, desk) = Running::with_desk();
    for (role, call) in [("auditor", "audit"), ("data-manager", "usage"), ("data-manager", "retention")] {
        let token = server.token(role);
        for query in ["limit=0", "limit=1001", "limit=-1", "limit=x", "after=x"] {
            let reply = server.http.get(&desk.path(&format!("{call}?{query}")), &token);
            assert_eq!(reply.refused(), (400, ApiErrorCode::BadRequest, None), "{call}?{query}");
        }
        let nowhere = format!("/v1/studies/{}/{call}", "0".repeat(32));
        assert_eq!(server.http.get(&nowhere, &token).refused(), (404, ApiErrorCode::NotFound, None), "{call}");
    }
}

#[test]
fn the_audit_is_never_rewritten() {
    let (server, _desk) = Running::with_desk();
    for sql in ["UPDATE audit SET action = 'nothing'", "DELETE FROM audit"] {
        let error = server.data.try_execute(sql).unwrap_err();
        assert!(error.contains("append-only"), "{error}");
    }
}

#[test]
fn tokens_are_listed_without_themselves_and_a_revoked_one_opens_nothing() {
    let (server, desk) = Running::with_desk();
    let list = || server.data.token_command(&["list"]);
    let phone = Phone::join(&desk);
    let auditor = server.token("auditor");
    let lines = list();
    let lines: Vec<Vec<&str>> = lines.lines().map(|line| line.split('\t').collect()).collect();
    let roles: Vec<(&str, &str, &str)> = lines.iter().map(|line| (line[1], line[2], line[4])).collect();
    let study = desk.study.to_string();
    let expected =
        [("admin", "all studies", "good"), ("researcher", study.as_str(), "good"), ("auditor", "all studies", "good")];
    assert_eq!(roles, expected, "phones' tokens are not people's");
    for token in [&auditor, &desk.token, &phone.token] {
        assert!(!list().contains(token.as_str()));
    }
    let number = lines[2][0].to_owned();
    assert_eq!(server.http.get(&desk.path("audit"), &auditor).status, 200);
    server.data.token_command(&["revoke", &number]);
    let reply = server.http.get(&desk.path("audit"), &auditor);
    assert_eq!(reply.refused(), (401, ApiErrorCode::Unauthorized, None));
    assert!(list().lines().nth(2).unwrap().contains("\trevoked 20"));
    let phones_token = server.data.number("SELECT id FROM token WHERE device IS NOT NULL");
    for number in [number, "999".to_owned(), phones_token.to_string()] {
        let revoke = server.data.try_token_command(&["revoke", &number]);
        assert_eq!(revoke.status.code(), Some(1), "{number}");
        assert!(String::from_utf8_lossy(&revoke.stderr).contains("token list"));
    }
    assert_eq!(server.http.get("/v1/device/state", &phone.token).status, 200);
}
