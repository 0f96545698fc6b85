//! One HTTP/1.1 request per connection.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use waymark_protocol::Hash;
use waymark_protocol::api::{ApiError, ApiErrorCode};
use waymark_protocol::attachment::Part;
use waymark_protocol::record::wire::{self, FeedItem};

/// A client of one server.
#[derive(Clone, Copy)]
pub struct Http(pub SocketAddr);

fn part_path(hash: &Hash) -> String {
    format!("/v1/device/parts/{hash}")
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Http {
    pub fn get(self, path: &str, token: &str) -> Reply {
        self.send("GET", path, token, "", b"").unwrap()
    }

    pub fn post<T: Serialize>(self, path: &str, token: &str, body: &T) -> Reply {
        self.json("POST", path, token, body)
    }

    pub fn json<T: Serialize>(self, method: &str, path: &str, token: &str, body: &T) -> Reply {
        self.send(method, path, token, "application/json", &serde_json::to_vec(body).unwrap()).unwrap()
    }

    /// With another `Host` than the server's address.
    pub fn post_to<T: Serialize>(self, host: &str, path: &str, body: &T) -> Reply {
        let head =
            format!("POST {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-type: application/json\r\n");
        self.exchange(head, false, &serde_json::to_vec(body).unwrap()).unwrap()
    }

    pub fn push(self, token: &str, bytes: &[u8]) -> Reply {
        self.try_push(token, bytes).unwrap()
    }

    pub fn try_push(self, token: &str, bytes: &[u8]) -> std::io::Result<Reply> {
        self.send("POST", "/v1/device/records", token, wire::CONTENT_TYPE, bytes)
    }

    pub fn put_part(self, token: &str, part: &Part) -> Reply {
        self.try_put_part(token, part).unwrap()
    }

    pub fn try_put_part(self, token: &str, part: &Part) -> std::io::Result<Reply> {
        self.send("PUT", &part_path(&part.hash), token, "application/octet-stream", &part.bytes)
    }

    /// The part's bytes; none when the server does not have it. `HEAD` must say the same.
    #[track_caller]
    pub fn part(self, token: &str, hash: &Hash) -> Option<Vec<u8>> {
        let reply = self.get(&part_path(hash), token);
        let head = self.send("HEAD", &part_path(hash), token, "", b"").unwrap();
        assert_eq!((head.status, head.body.len()), (reply.status, 0));
        match reply.status {
            200 => Some(reply.body),
            _ => {
                assert_eq!(reply.refused(), (404, ApiErrorCode::NotFound, None));
                None
            }
        }
    }

    pub fn send(self, method: &str, path: &str, token: &str, kind: &str, body: &[u8]) -> std::io::Result<Reply> {
        self.send_for("", method, path, token, kind, body)
    }

    /// What a proxy on this machine would send for somebody at the address `caller`; nothing is said of nobody.
    pub fn send_for(
        self,
        caller: &str,
        method: &str,
        path: &str,
        token: &str,
        kind: &str,
        body: &[u8],
    ) -> std::io::Result<Reply> {
        let mut head = format!("{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n", self.0);
        if !caller.is_empty() {
            head += &format!("x-forwarded-for: {caller}\r\n");
        }
        if !token.is_empty() {
            head += &format!("authorization: Bearer {token}\r\n");
        }
        if !kind.is_empty() {
            head += &format!("content-type: {kind}\r\n");
        }
        self.exchange(head, method == "HEAD", body)
    }

    /// Sends a head, which the body's length completes, and a body.
    fn exchange(self, mut head: String, head_only: bool, body: &[u8]) -> std::io::Result<Reply> {
        let mut stream = TcpStream::connect_timeout(&self.0, Duration::from_secs(5))?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        head += &format!("content-length: {}\r\n\r\n", body.len());
        stream.write_all(head.as_bytes())?;
        // A body that is too large may be refused before all of it was sent.
        let sent = stream.write_all(body);
        let mut bytes = Vec::new();
        let received = stream.read_to_end(&mut bytes);
        if bytes.is_empty() {
            sent?;
            received?;
        }
        parse(&bytes, head_only).ok_or_else(|| std::io::ErrorKind::UnexpectedEof.into())
    }
}

/// A reply that is whole, to a `HEAD` or another call.
pub fn parse(bytes: &[u8], head_only: bool) -> Option<Reply> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = String::from_utf8(bytes[..end].to_vec()).ok()?.to_ascii_lowercase();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let body = bytes[end + 4..].to_vec();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let whole = head_only || length.is_none_or(|length| length.parse() == Ok(body.len()));
    whole.then_some(Reply { status, head, body })
}

impl Reply {
    #[track_caller]
    pub fn ok<T: DeserializeOwned>(&self) -> T {
        assert_eq!(self.status, 200, "{}", String::from_utf8_lossy(&self.body));
        serde_json::from_slice(&self.body).unwrap()
    }

    #[track_caller]
    pub fn done(&self) {
        assert_eq!(self.status, 204, "{}", String::from_utf8_lossy(&self.body));
    }

    /// The refusal: its status, its code, and the place that it names.
    #[track_caller]
    pub fn refused(&self) -> (u16, ApiErrorCode, Option<u64>) {
        let error: ApiError = serde_json::from_slice(&self.body)
            .unwrap_or_else(|_| panic!("no error: {} {}", self.status, String::from_utf8_lossy(&self.body)));
        (self.status, error.code, error.seq)
    }

    #[track_caller]
    pub fn feed(&self) -> Vec<FeedItem> {
        assert_eq!(self.status, 200, "{}", String::from_utf8_lossy(&self.body));
        wire::read_feed(&self.body).unwrap()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}
