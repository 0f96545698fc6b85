//! A server that was restored from a backup made before the phone joined: the phone joins again by itself where it can, and says
//! what is so where it cannot.

use waymark_diary::page::{ErrorCode, SyncState};
use waymark_diary::{Place, Readers};

use crate::backed_up::{joined, long};
use crate::server::{Fault, Server};
use crate::support::evening;

#[tokio::test]
async fn a_phone_that_the_server_has_forgotten_joins_again_by_itself_and_sends_everything_again() {
    let server = Server::new();
    let phone = joined(&server).await;
    let entry = phone.says(&long(), Readers::Study);
    phone.syncs(&server).await;
    phone.syncs(&server).await;
    let (listed, parts) = (server.listed(), server.parts());
    server.forget_phones();
    server.calls();
    let outcome = phone.syncs(&server).await;
    assert_eq!((outcome.stopped, outcome.noticed), (None, vec![ErrorCode::ServerRolledBack]));
    assert_eq!(server.calls().iter().filter(|call| **call == "POST enrolments").count(), 1);
    assert!((server.listed(), server.parts()) == (listed, parts));
    assert_eq!(server.shared().len(), 1, "and the study can open what was shared");
    let place = phone.diary.with(|diary| diary.place(&entry, evening())).expect("open");
    assert_eq!(place, Place::WithStudy);
    // The new token is there after unlocking too.
    let phone = phone.opened_again();
    let outcome = phone.syncs(&server).await;
    assert_eq!((outcome.stopped, outcome.noticed), (None, Vec::new()));
    assert!(!server.calls().contains(&"POST enrolments"));
}

#[tokio::test]
async fn a_phone_that_is_not_let_in_again_says_so_keeps_everything_and_tries_again() {
    let server = Server::new();
    let phone = joined(&server).await;
    let entry = phone.says(&long(), Readers::OnlyMe);
    phone.syncs(&server).await;
    server.forget_phones();
    server.fault("POST enrolments", 0, Fault::Gone);
    for _ in 0..2 {
        server.calls();
        assert_eq!(phone.syncs(&server).await.stopped, Some(ErrorCode::PhoneUnknown));
        assert_eq!(server.calls(), ["other", "POST enrolments"], "asked once, and not for ever");
        assert_eq!((phone.problem(), phone.stands().0), (Some(ErrorCode::PhoneUnknown), SyncState::NeedsAttention));
        assert!(phone.heard(&entry) == long().concat());
    }
    server.calm();
    assert_eq!(phone.syncs(&server).await.stopped, None);
    assert_eq!(server.parts().len(), 3);
}

#[tokio::test]
async fn a_break_while_joining_again_is_what_it_is_and_costs_nothing() {
    let server = Server::new();
    let phone = joined(&server).await;
    phone.syncs(&server).await;
    server.forget_phones();
    for (fault, says) in [
        (Fault::Cut, ErrorCode::ServerUnreachable),
        (Fault::LoseReply, ErrorCode::ServerUnreachable),
        (Fault::Trouble, ErrorCode::ServerTrouble),
        (Fault::Garble, ErrorCode::ServerGarbage),
    ] {
        server.fault("POST enrolments", 0, fault);
        assert_eq!(phone.syncs(&server).await.stopped, Some(says));
        server.calm();
    }
    assert_eq!(phone.syncs(&server).await.stopped, None);
}

#[tokio::test]
async fn a_phone_that_came_by_the_words_asks_for_nothing_that_it_cannot_prove() {
    let server = Server::new();
    let phone = joined(&server).await;
    let entry = phone.says(&long(), Readers::OnlyMe);
    phone.syncs(&server).await;
    let new = phone.restored(&server).await;
    assert_eq!(new.syncs(&server).await.stopped, None);
    server.forget_phones();
    server.calls();
    assert_eq!(new.syncs(&server).await.stopped, Some(ErrorCode::PhoneUnknown));
    assert_eq!(server.calls(), ["other"]);
    assert!(new.heard(&entry) == long().concat());
}
