//! A server that is away, in trouble, or says what no server says: a clear name for each, and nothing half-made.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use waymark_desk::desk::Desk;
use waymark_desk::invite::{InviteError, invite};
use waymark_desk::pull::pull;
use waymark_desk::study::{self, NewError};
use waymark_desk::transport::TransportError;
use waymark_desk::{Progress, study::read_study_file};
use waymark_protocol::api::Token;
use waymark_protocol::invitation::ServerUrl;
use waymark_vault::ArgonParams;

use crate::phone::To;
use crate::server::{TestServer, Trouble};
use crate::world::{NOW, PASSPHRASE, World, example};

async fn pull_error(world: &mut World) -> String {
    let failed = pull(&mut world.desk, NOW, &Progress::silent()).await;
    failed.expect_err("the server cannot be used").to_string()
}

/// An address at which nobody listens.
async fn nobody() -> ServerUrl {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    ServerUrl::parse(&url).unwrap()
}

#[tokio::test]
async fn garbage_is_named_and_nothing_of_it_is_kept() {
    type Headers = &'static [(&'static str, &'static str)];
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    phone.write("good", To::Study);
    // The first pull talks of other things before.
    world.pull().await;
    world.server.receive(&phone.items());
    let headers: Headers = &[("waymark-epoch", "01010101010101010101010101010101"), ("waymark-head", "9")];
    let answers: [(Headers, &[u8]); 5] = [
        (&[], b"<html>not found</html>"),
        (headers, b"<html>not found</html>"),
        (headers, &[0x84, 1, 2, 0xf4, 0x84, 0]),
        (&[("waymark-epoch", "0101"), ("waymark-head", "9")], b""),
        (&[("waymark-epoch", "01010101010101010101010101010101"), ("waymark-head", "-1")], b""),
    ];
    for (headers, body) in answers {
        world.server.with(|script| script.troubles.push_back(Trouble::Status(200, headers, body.to_vec())));
        let sentence = pull_error(&mut world).await;
        assert!(sentence.starts_with("server-garbage: "), "{sentence}");
    }
    assert_eq!(world.pull().await.totals.opened, 1, "the next answer is good, and all of it comes");
}

#[tokio::test]
async fn an_endless_answer_is_cut() {
    let mut world = World::new().await;
    let long = vec![0; 9 * 1024 * 1024];
    world.server.with(|script| script.troubles.push_back(Trouble::Status(200, &[], long)));
    let sentence = pull_error(&mut world).await;
    assert!(sentence.starts_with("server-garbage: ") && sentence.contains("longer"), "{sentence}");
}

#[tokio::test]
async fn passing_trouble_is_waited_out_and_lasting_trouble_is_named() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    phone.write("good", To::Study);
    world.server.receive(&phone.items());
    let trouble = |status| Trouble::Status(status, &[("retry-after", "0")], b"{}".to_vec());
    world.server.with(|script| script.troubles.extend([trouble(500), trouble(429)]));
    assert_eq!(world.pull().await.totals.opened, 1);
    world.server.with(|script| script.troubles.extend([trouble(500), trouble(503), trouble(500)]));
    let sentence = pull_error(&mut world).await;
    assert!(sentence.starts_with("server-trouble: "), "{sentence}");
}

#[tokio::test]
async fn a_refusal_is_told_without_control_characters() {
    let mut world = World::new().await;
    let body = serde_json::json!({"code": "unauthorized", "message": "no\u{1b}[2Jsuch\ntoken"}).to_string();
    world.server.with(|script| script.troubles.push_back(Trouble::Status(401, &[], body.into_bytes())));
    let sentence = pull_error(&mut world).await;
    assert_eq!(sentence, "unauthorized: the study server refuses (401 Unauthorized): no[2Jsuchtoken");
}

#[tokio::test]
async fn a_cut_connection_loses_nothing() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    phone.write("good", To::Study);
    world.server.receive(&phone.items());
    let good = world.desk.identity.server.clone();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    world.desk.identity.server = ServerUrl::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = [0; 2048];
            let _ = stream.read(&mut request).await;
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nabc").await;
        }
    });
    let sentence = pull_error(&mut world).await;
    assert!(sentence.starts_with("server-unreachable: "), "{sentence}");
    world.desk.identity.server = good;
    assert_eq!(world.pull().await.totals.opened, 1);
}

#[tokio::test]
async fn a_certificate_that_is_not_believed_is_named_and_the_token_stays_here() {
    let mut world = World::new().await;
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let key = made.signing_key.serialize_der().try_into().unwrap();
    let provider = rustls::crypto::ring::default_provider();
    let config = rustls::ServerConfig::builder_with_provider(provider.into()).with_safe_default_protocol_versions();
    let config = config.unwrap().with_no_client_auth();
    let config = config.with_single_cert(vec![made.cert.der().clone()], key).unwrap();
    let acceptor = tokio_rustls::TlsAcceptor::from(std::sync::Arc::new(config));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    world.desk.identity.server = ServerUrl::parse(&format!("https://localhost:{port}")).unwrap();
    let accepting = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        acceptor.accept(stream).await.is_ok()
    });
    let sentence = pull_error(&mut world).await;
    assert!(sentence.starts_with("server-untrusted: ") && sentence.contains("not from an authority"), "{sentence}");
    assert!(!accepting.await.unwrap(), "no connection, so no token");
}

#[tokio::test]
async fn pages_that_came_before_a_break_are_kept() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    for place in 0..6 {
        phone.write(&format!("entry {place}"), To::Study);
    }
    world.server.receive(&phone.items());
    world.server.with(|script| script.page = 4);
    let garbage = || Trouble::Status(200, &[], b"garbage".to_vec());
    // The first page comes, the second does not.
    let script = world.server.script.clone();
    let breaker = tokio::spawn(async move {
        loop {
            {
                let mut script = script.lock().unwrap();
                if script.asked.len() == 1 {
                    script.troubles.push_back(garbage());
                    return;
                }
            }
            tokio::task::yield_now().await;
        }
    });
    let failed = pull(&mut world.desk, NOW, &Progress::silent()).await;
    breaker.await.unwrap();
    assert!(failed.is_err());
    world.server.with(|script| script.asked.clear());
    assert_eq!(world.pull().await.totals.opened, 6);
    assert_eq!(world.server.with(|script| script.asked[0]), 4, "it goes on where it was");
}

#[tokio::test]
async fn a_study_that_cannot_be_registered_leaves_nothing_behind() {
    let temporary = tempfile::tempdir().unwrap();
    let file = read_study_file(&example()).unwrap();
    let new = async |folder: &std::path::Path, server| {
        study::new(folder, &file, server, Token([9; 32]), PASSPHRASE, &ArgonParams::FLOOR).await
    };
    let folder = temporary.path().join("desk");
    let server = TestServer::start().await;
    let failed = new(&folder, nobody().await).await;
    assert!(matches!(failed, Err(NewError::Server(TransportError::Unreachable(..)))), "{failed:?}");
    assert!(!folder.exists());

    let existing = temporary.path().join("mine");
    std::fs::create_dir(&existing).unwrap();
    std::fs::write(existing.join("notes.txt"), "notes").unwrap();
    server.with(|script| script.troubles.push_back(Trouble::Status(200, &[], b"{}".to_vec())));
    assert!(new(&existing, server.url.clone()).await.is_err());
    let left: Vec<_> = std::fs::read_dir(&existing).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(left, ["notes.txt"]);

    new(&existing, server.url.clone()).await.unwrap();
    let again = new(&existing, server.url.clone()).await;
    assert!(matches!(again, Err(NewError::Desk(waymark_desk::desk::DeskError::Exists(_)))), "{again:?}");
    Desk::open(&existing, PASSPHRASE).unwrap();
}

#[tokio::test]
async fn an_invitation_that_could_not_be_sent_is_kept_and_sent_by_the_next_call() {
    let mut world = World::new().await;
    let good = std::mem::replace(&mut world.desk.identity.server, nobody().await);
    let failed = invite(&mut world.desk, "Ash", NOW).await;
    assert!(matches!(failed, Err(InviteError::NotSent(_))), "{failed:?}");
    world.desk.identity.server = good;
    world.join("Ash").await;
    assert_eq!(world.server.with(|script| script.certificates.len()), 1);
    world.invite("Ash").await;
    assert_eq!(world.server.with(|script| script.certificates.len()), 1, "what is sent is not sent again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_restored_while_it_is_read_skips_nothing() {
    let mut world = World::new().await;
    let mut phone = world.join("Ash").await;
    for number in 0..4 {
        phone.write(&format!("entry {number}"), To::Study);
    }
    world.server.receive(&phone.items());
    // After the first page the server counts anew, in another order.
    let script = world.server.script.clone();
    let restorer = tokio::spawn(async move {
        loop {
            {
                let mut script = script.lock().unwrap();
                if !script.asked.is_empty() {
                    script.epoch = waymark_protocol::api::Epoch([2; 16]);
                    let numbers: Vec<u64> = script.feed.iter().map(|(seq, _)| *seq).collect();
                    script.feed.reverse();
                    for ((seq, _), number) in script.feed.iter_mut().zip(numbers) {
                        *seq = number;
                    }
                    return;
                }
            }
            tokio::task::yield_now().await;
        }
    });
    let pulled = pull(&mut world.desk, NOW, &Progress::silent()).await.unwrap();
    restorer.await.unwrap();
    assert_eq!(pulled.totals.opened, 4);
    assert!(!pulled.report.needs_attention());
    assert_eq!(world.pull().await.totals, pulled.totals);
}
