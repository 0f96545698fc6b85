//! TLS of the server's own, with certificates made here.

use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::Request;
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::client::Resumption;
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned, SupportedProtocolVersion};
use waymark_protocol::api::{Challenge, Recover, Recovered};
use waymark_protocol::genesis::recovery_auth_message;
use waymark_protocol::keys::SigningKey;
use waymark_server::config::{Layer, Span};

use crate::support::{Binary, DataOn, Http, OnSqlite, Phone, Reply, Rng, Running, parse, run};

/// A certificate for localhost that vouches for itself.
struct Pair {
    certificate: CertificateDer<'static>,
    certificate_pem: String,
    key_pem: String,
}

impl Pair {
    fn new() -> Self {
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        let (certificate, certificate_pem) = (made.cert.der().clone(), made.cert.pem());
        Self { certificate, certificate_pem, key_pem: made.signing_key.serialize_pem() }
    }

    /// Writes the pair where the server looks for it.
    fn write(&self, folder: &Path) -> (PathBuf, PathBuf) {
        let (certificate, key) = (folder.join("certificate.pem"), folder.join("key.pem"));
        std::fs::write(&certificate, &self.certificate_pem).unwrap();
        std::fs::write(&key, &self.key_pem).unwrap();
        (certificate, key)
    }
}

fn client(pairs: &[&Pair], versions: &[&'static SupportedProtocolVersion], alpn: &[&[u8]]) -> ClientConfig {
    let mut roots = RootCertStore::empty();
    for pair in pairs {
        roots.add(pair.certificate.clone()).unwrap();
    }
    let builder = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()));
    let builder = builder.with_protocol_versions(versions).unwrap();
    let mut config = builder.with_root_certificates(roots).with_no_client_auth();
    // A resumed session would show the certificate that it began with.
    config.resumption = Resumption::disabled();
    config.alpn_protocols = alpn.iter().map(|name| name.to_vec()).collect();
    config
}

const BOTH: &[&SupportedProtocolVersion] = &[&rustls::version::TLS12, &rustls::version::TLS13];

/// A connection that stays open.
struct Held(StreamOwned<ClientConnection, TcpStream>);

impl Held {
    fn new(http: Http, config: ClientConfig) -> Self {
        let stream = TcpStream::connect(http.0).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let connection = ClientConnection::new(Arc::new(config), "localhost".try_into().unwrap()).unwrap();
        Self(StreamOwned::new(connection, stream))
    }

    fn get(&mut self, path: &str) -> Reply {
        write!(self.0, "GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n").unwrap();
        let (mut bytes, mut chunk) = (Vec::new(), [0; 4096]);
        loop {
            let read = self.0.read(&mut chunk).unwrap();
            assert!(read > 0, "closed before the reply was whole");
            bytes.extend_from_slice(&chunk[..read]);
            if let Some(reply) = parse(&bytes, false).filter(|reply| reply.header("content-length").is_some()) {
                return reply;
            }
        }
    }

    fn certificate(&self) -> CertificateDer<'static> {
        self.0.conn.peer_certificates().unwrap()[0].clone().into_owned()
    }
}

fn with_tls(folder: &Path, pair: &Pair) -> Layer {
    let (certificate, key) = pair.write(folder);
    Layer { tls_certificate: Some(certificate), tls_key: Some(key), ..Layer::default() }
}

#[test]
fn tls_1_2_and_1_3_are_spoken_and_plain_http_is_not_answered() {
    let (folder, pair) = (tempfile::tempdir().unwrap(), Pair::new());
    let server = Running::start_with(DataOn::new(), with_tls(folder.path(), &pair));
    for version in BOTH {
        let mut held = Held::new(server.http, client(&[&pair], &[version], &[b"http/1.1"]));
        assert_eq!(held.get("/healthz").status, 200);
        assert_eq!(held.0.conn.protocol_version(), Some(version.version));
        assert_eq!(held.get("/readyz").status, 200, "on the same connection");
    }
    assert!(server.http.send("GET", "/healthz", "", "", b"").is_err());
}

#[test]
fn who_does_not_shake_hands_is_cut_while_others_are_answered() {
    let (folder, pair) = (tempfile::tempdir().unwrap(), Pair::new());
    let quick = Some(Span(Duration::from_millis(300)));
    let given = Layer { header_timeout: quick, ..with_tls(folder.path(), &pair) };
    let server = Running::start_with(DataOn::new(), given);
    let mut silent = TcpStream::connect(server.http.0).unwrap();
    silent.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    assert_eq!(Held::new(server.http, client(&[&pair], BOTH, &[])).get("/healthz").status, 200);
    assert_eq!(silent.read(&mut [0; 16]).unwrap(), 0, "closed");
}

#[test]
fn over_http_2_a_phone_comes_back_by_its_words() {
    let (server, desk) = Running::with_desk();
    let phone = Phone::join(&desk);
    phone.sync();
    let (folder, pair) = (tempfile::tempdir().unwrap(), Pair::new());
    let server = server.restart_with(with_tls(folder.path(), &pair));
    let origin = format!("https://localhost:{}", server.http.0.port());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let recovered: Recovered = runtime.block_on(async {
        let config = client(&[&pair], BOTH, &[b"h2"]);
        let stream = tokio::net::TcpStream::connect(server.http.0).await.unwrap();
        let connector = tokio_rustls::TlsConnector::from(Arc::new(config));
        let stream = connector.connect("localhost".try_into().unwrap(), stream).await.unwrap();
        let shaken = hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await;
        let (mut sender, connection) = shaken.unwrap();
        tokio::spawn(connection);
        let mut post = async |path: &str, body: String| {
            let request = Request::post(format!("{origin}{path}")).body(Body::from(body)).unwrap();
            let reply = sender.send_request(request).await.unwrap();
            assert_eq!((reply.status().as_u16(), reply.version()), (200, axum::http::Version::HTTP_2));
            axum::body::to_bytes(Body::new(reply.into_body()), 1 << 20).await.unwrap()
        };
        let challenge: Challenge =
            serde_json::from_slice(&post("/v1/recoveries/challenge", "{}".to_owned()).await).unwrap();
        let (device_key, recovery_key) =
            (SigningKey::generate(&mut Rng).verifying_key(), phone.recovery.recovery_key());
        let message = recovery_auth_message(&origin, &challenge.challenge.0, &device_key);
        let (signature, origin) = (recovery_key.sign(&message), origin.clone());
        let challenge = challenge.challenge;
        let recovery_key = recovery_key.verifying_key();
        let recover = Recover { study: None, not: Vec::new(), challenge, origin, recovery_key, device_key, signature };
        serde_json::from_slice(&post("/v1/recoveries", serde_json::to_string(&recover).unwrap()).await).unwrap()
    });
    assert_eq!(recovered.participant, phone.certificate.participant);
}

#[test]
fn over_http_2_a_connection_that_asks_nothing_is_closed() {
    let (folder, pair) = (tempfile::tempdir().unwrap(), Pair::new());
    let quick = Some(Span(Duration::from_millis(300)));
    let given = Layer { header_timeout: quick, ..with_tls(folder.path(), &pair) };
    let server = Running::start_with(DataOn::new(), given);
    let mut held = Held::new(server.http, client(&[&pair], BOTH, &[b"h2"]));
    // Frames that belong to no request give no time.
    held.0.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0").unwrap();
    let closed = loop {
        match held.0.read(&mut [0; 1024]) {
            Ok(1..) => {}
            Ok(0) => break true,
            Err(error) => break matches!(error.kind(), ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset),
        }
    };
    assert!(closed && held.0.conn.alpn_protocol() == Some(b"h2"));
}

/// Waits until new connections get this certificate.
fn wait_for(server: &Binary, config: &ClientConfig, expected: &Pair) {
    let start = Instant::now();
    loop {
        let mut fresh = Held::new(server.http, config.clone());
        assert_eq!(fresh.get("/healthz").status, 200);
        if fresh.certificate() == expected.certificate {
            return;
        }
        assert!(start.elapsed() < Duration::from_secs(20), "the new certificate is not used");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_new_certificate_is_used_without_dropping_a_connection_and_a_broken_one_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second, third) = (Pair::new(), Pair::new(), Pair::new());
    let (certificate, key) = first.write(folder.path());
    let flags = ["--tls-certificate", certificate.to_str().unwrap(), "--tls-key", key.to_str().unwrap()];
    let log = folder.path().join("log");
    let data = DataOn::<OnSqlite>::new();
    let server = Binary::serve_with(&data, &flags, File::create(&log).unwrap());
    let config = client(&[&first, &second, &third], BOTH, &[]);
    let mut held = Held::new(server.http, config.clone());
    assert_eq!(held.get("/healthz").status, 200);
    assert_eq!(held.certificate(), first.certificate);

    second.write(folder.path());
    server.hang_up();
    wait_for(&server, &config, &second);
    assert_eq!(held.get("/healthz").status, 200, "the connection was not dropped");

    std::fs::write(&key, &third.key_pem).unwrap();
    server.hang_up();
    let start = Instant::now();
    while !std::fs::read_to_string(&log).unwrap().contains("the old one stays") {
        assert!(start.elapsed() < Duration::from_secs(20), "the broken pair was not noticed");
        std::thread::sleep(Duration::from_millis(20));
    }
    wait_for(&server, &config, &second);

    third.write(folder.path());
    // Nothing is told: the files are looked at now and then.
    wait_for(&server, &config, &third);
    assert_eq!(held.get("/healthz").status, 200);
    assert_eq!(server.terminate().code(), Some(0));
}

#[test]
fn a_pair_that_is_none_is_said_at_the_start_and_by_the_check() {
    let folder = tempfile::tempdir().unwrap();
    let (pair, other) = (Pair::new(), Pair::new());
    let (certificate, key) = pair.write(folder.path());
    let wrong_key = folder.path().join("other.pem");
    std::fs::write(&wrong_key, &other.key_pem).unwrap();
    let missing = folder.path().join("missing.pem");
    let cases = [
        (&certificate, &wrong_key, "other.pem is not the one of the certificate in"),
        (&key, &key, "key.pem holds no certificate"),
        (&certificate, &certificate, "certificate.pem holds no private key"),
        (&missing, &key, "missing.pem cannot be read"),
    ];
    for (certificate, key, expected) in cases {
        let data = folder.path().join("data");
        let (data_flag, certificate, key) =
            (data.to_str().unwrap(), certificate.to_str().unwrap(), key.to_str().unwrap());
        for serve in [&["serve"][..], &["serve", "--check-config"]] {
            let flags = ["--data", data_flag, "--tls-certificate", certificate, "--tls-key", key];
            let (code, _, said) = run(&[serve, &flags].concat(), &[]);
            assert!(code == Some(1) && said.contains(expected), "{expected} is not in {said}");
            assert!(!data.exists(), "nothing was made");
        }
    }
}

#[test]
fn over_http_2_who_opens_no_window_for_a_reply_is_cut_whatever_it_pings_and_what_was_held_is_free_again() {
    let (server, desk) = Running::with_desk();
    Phone::join(&desk).fill_a_reply();
    let (folder, pair) = (tempfile::tempdir().unwrap(), Pair::new());
    let idle_timeout = Some(Span(Duration::from_millis(1_000)));
    let server = server.restart_with(Layer { idle_timeout, ..with_tls(folder.path(), &pair) });
    let uri = format!("https://localhost:{}{}", server.http.0.port(), desk.path("records"));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let open = async |window: u32| {
            let connector = tokio_rustls::TlsConnector::from(Arc::new(client(&[&pair], BOTH, &[b"h2"])));
            let stream = tokio::net::TcpStream::connect(server.http.0).await.unwrap();
            let stream = connector.connect("localhost".try_into().unwrap(), stream).await.unwrap();
            let mut builder = hyper::client::conn::http2::Builder::new(TokioExecutor::new());
            builder.timer(hyper_util::rt::TokioTimer::new()).initial_stream_window_size(window);
            builder.keep_alive_interval(Duration::from_millis(100)).keep_alive_while_idle(true);
            let (sender, connection) = builder.handshake(TokioIo::new(stream)).await.unwrap();
            (sender, tokio::spawn(connection))
        };
        let ask = || {
            let token = format!("Bearer {}", desk.token);
            Request::get(&uri).header("authorization", token).body(Body::empty()).unwrap()
        };
        let (mut sender, ended) = open(0).await;
        let mut held = Vec::new();
        for _ in 0..4 {
            held.push(sender.send_request(ask()).await.unwrap());
        }
        assert!(held.iter().all(|reply| reply.status() == 200));
        assert_eq!(sender.send_request(ask()).await.unwrap().status(), 429);
        let cut = tokio::time::timeout(Duration::from_secs(20), ended).await;
        assert!(cut.is_ok(), "the connection is still there");
        let (mut sender, _) = open(8 * 1024 * 1024).await;
        let reply = sender.send_request(ask()).await.unwrap();
        assert_eq!(reply.status(), 200);
        let body = axum::body::to_bytes(Body::new(reply.into_body()), 8 * 1024 * 1024).await.unwrap();
        assert!(body.len() > 3 * 1024 * 1024);
        drop(held);
    });
}
