//! The way to the server: an HTTP proxy on this machine that keeps every byte, and does what it is told to some of the calls.
//!
//! It forwards a request as it came, over a connection of its own, and gives back what the server answered. Only the address
//! that the phones and the desk know is the proxy's.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::Duration;

/// What is done to a call.
#[derive(Clone)]
pub enum Fault {
    /// The connection is cut before the server hears of it.
    Cut,
    /// The server does it, and its reply is lost.
    LoseReply,
    /// Half of the reply arrives.
    Truncate,
    /// Another answer, as it stands on the wire; the server does not hear of it.
    Answer(Vec<u8>),
    /// An answer that does not end until the other side hangs up.
    Endless,
    /// The reply's body is changed.
    Rewrite(Arc<dyn Fn(Vec<u8>) -> Vec<u8> + Send + Sync>),
    /// Nothing goes on until [`Proxy::release`].
    Hold,
}

impl Fault {
    /// An answer with this status line, headers and body.
    pub fn answer(status: &str, headers: &str, body: &str) -> Self {
        let length = body.len();
        Self::Answer(format!("HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\n\r\n{body}").into_bytes())
    }

    /// Changes the JSON of a reply.
    pub fn json(change: impl Fn(&mut serde_json::Value) + Send + Sync + 'static) -> Self {
        Self::Rewrite(Arc::new(move |body| {
            let mut json = serde_json::from_slice(&body).expect("the reply is JSON");
            change(&mut json);
            serde_json::to_vec(&json).expect("JSON can be written")
        }))
    }
}

/// A call that came: `POST /v1/device/records`, what was sent, and what the client was given if it was given anything.
#[derive(Clone)]
pub struct Call {
    pub line: String,
    pub body: Vec<u8>,
    pub reply: Option<Vec<u8>>,
}

struct Rule {
    line: String,
    skip: usize,
    times: usize,
    fault: Fault,
}

#[derive(Default)]
struct State {
    rules: Vec<Rule>,
    calls: Vec<Call>,
    bytes: Vec<u8>,
    released: bool,
    impatient: bool,
}

/// The proxy.
pub struct Proxy {
    address: String,
    upstream: u16,
    state: Mutex<State>,
    changed: Condvar,
}

const PATIENCE: Duration = Duration::from_secs(60);
const NO_CONTENT: &str = "204";

impl Proxy {
    /// A proxy to the server on `upstream`.
    pub fn start(upstream: u16) -> Arc<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("a listener has an address").to_string();
        let proxy = Arc::new(Self { address, upstream, state: Mutex::default(), changed: Condvar::new() });
        let shared = Arc::clone(&proxy);
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let proxy = Arc::clone(&shared);
                // A connection that breaks off is the client's to notice.
                std::thread::spawn(move || proxy.serve(&client));
            }
        });
        proxy
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The next `times` calls whose line begins with `line` meet `fault`.
    pub fn next(&self, line: &str, times: usize, fault: Fault) {
        self.after(line, 0, times, fault);
    }

    /// The same, after `skip` calls that meet nothing.
    pub fn after(&self, line: &str, skip: usize, times: usize, fault: Fault) {
        self.state().rules.push(Rule { line: line.to_owned(), skip, times, fault });
    }

    /// All calls meet nothing from now on.
    pub fn calm(&self) {
        self.state().rules.clear();
    }

    /// Lets what is held go on.
    pub fn release(&self) {
        self.state().released = true;
        self.changed.notify_all();
    }

    /// From now on nobody is asked to wait before trying again, whatever the server says: a test has seen that often enough.
    pub fn hurry(&self) {
        self.state().impatient = true;
    }

    /// The calls that have come.
    pub fn calls(&self) -> Vec<Call> {
        self.state().calls.clone()
    }

    /// How many calls have come whose line begins so.
    pub fn count(&self, line: &str) -> usize {
        self.state().calls.iter().filter(|call| call.line.starts_with(line)).count()
    }

    /// Waits until that many such calls have come; false when that takes too long.
    pub fn wait_for(&self, line: &str, count: usize) -> bool {
        let enough = |state: &mut State| state.calls.iter().filter(|call| call.line.starts_with(line)).count() < count;
        let waited = self.changed.wait_timeout_while(self.state(), PATIENCE, enough).expect("no thread has panicked");
        !waited.1.timed_out()
    }

    /// Everything that went over the wire, both ways.
    pub fn bytes(&self) -> Vec<u8> {
        self.state().bytes.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no thread has panicked")
    }

    fn fault(&self, line: &str) -> Option<Fault> {
        let mut state = self.state();
        let rule = state.rules.iter_mut().find(|rule| line.starts_with(&rule.line) && rule.times > 0)?;
        if rule.skip > 0 {
            rule.skip -= 1;
            return None;
        }
        rule.times -= 1;
        Some(rule.fault.clone())
    }

    fn serve(&self, client: &TcpStream) -> io::Result<()> {
        let mut from = BufReader::new(client);
        while let Some(request) = Message::read(&mut from)? {
            let line = request.first_line();
            let number = {
                let mut state = self.state();
                state.bytes.extend_from_slice(&request.bytes());
                state.calls.push(Call { line: line.clone(), body: request.body.clone(), reply: None });
                state.calls.len() - 1
            };
            self.changed.notify_all();
            let Ok(Some(reply)) = self.reply(&request, self.fault(&line), client) else { break };
            {
                let mut state = self.state();
                state.bytes.extend_from_slice(&reply);
                let body = reply.windows(4).position(|window| window == b"\r\n\r\n").map_or(0, |head| head + 4);
                state.calls[number].reply = Some(reply[body..].to_vec());
            }
            { client }.write_all(&reply)?;
        }
        client.shutdown(Shutdown::Both)
    }

    /// What the client is given; nothing when the connection is to be cut.
    fn reply(&self, request: &Message, fault: Option<Fault>, client: &TcpStream) -> io::Result<Option<Vec<u8>>> {
        match fault {
            Some(Fault::Cut) => return Ok(None),
            Some(Fault::Answer(answer)) => return Ok(Some(answer)),
            Some(Fault::Endless) => {
                { client }.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")?;
                loop {
                    { client }.write_all(b"10000\r\n")?;
                    { client }.write_all(&[b'['; 0x10000])?;
                    { client }.write_all(b"\r\n")?;
                }
            }
            Some(Fault::Hold) => {
                let held = self.changed.wait_timeout_while(self.state(), PATIENCE, |state| !state.released);
                drop(held.expect("no thread has panicked"));
            }
            _ => {}
        }
        let mut server = TcpStream::connect(("127.0.0.1", self.upstream))?;
        server.write_all(&request.bytes())?;
        let answered = match request.first_line().starts_with("HEAD ") {
            true => Message::read_head(&mut BufReader::new(&server))?,
            false => Message::read(&mut BufReader::new(&server))?,
        };
        let mut reply = answered.ok_or(io::ErrorKind::UnexpectedEof)?;
        if self.state().impatient {
            reply.set("retry-after", "0");
        }
        match fault {
            Some(Fault::LoseReply) => Ok(None),
            Some(Fault::Truncate) => {
                let bytes = reply.bytes();
                let arrives = bytes.len() - reply.body.len().div_ceil(2);
                { client }.write_all(&bytes[..arrives])?;
                Ok(None)
            }
            Some(Fault::Rewrite(change)) => {
                reply.set_body(change(reply.body.clone()));
                Ok(Some(reply.bytes()))
            }
            _ => Ok(Some(reply.bytes())),
        }
    }
}

/// A request or a reply.
struct Message {
    head: String,
    body: Vec<u8>,
}

impl Message {
    /// Reads one without a body, whatever length it names: an answer to HEAD.
    fn read_head(from: &mut impl BufRead) -> io::Result<Option<Self>> {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if from.read_line(&mut head)? == 0 {
                return if head.is_empty() { Ok(None) } else { Err(io::ErrorKind::UnexpectedEof.into()) };
            }
        }
        Ok(Some(Self { head, body: Vec::new() }))
    }

    /// Reads one; none at the end of the stream.
    fn read(from: &mut impl BufRead) -> io::Result<Option<Self>> {
        let Some(mut message) = Self::read_head(from)? else { return Ok(None) };
        let length = message.header("content-length").and_then(|length| length.parse().ok());
        assert!(
            length.is_some() || !message.head.to_ascii_lowercase().contains("transfer-encoding"),
            "the proxy knows no chunks: {}",
            message.head
        );
        let empty = message.head.split(' ').nth(1) == Some(NO_CONTENT);
        message.body = vec![0; if empty { 0 } else { length.unwrap_or(0) }];
        from.read_exact(&mut message.body)?;
        Ok(Some(message))
    }

    fn header(&self, name: &str) -> Option<&str> {
        let named = |line: &&str| line.split_once(':').is_some_and(|(found, _)| found.eq_ignore_ascii_case(name));
        self.head.lines().find(named).and_then(|line| line.split_once(':')).map(|(_, value)| value.trim())
    }

    /// `POST /v1/device/records`, or `HTTP/1.1 200`.
    fn first_line(&self) -> String {
        self.head.split(' ').take(2).collect::<Vec<_>>().join(" ")
    }

    /// Changes a header, if it is there.
    fn set(&mut self, name: &str, value: &str) {
        let named = |line: &str| line.split_once(':').is_some_and(|(found, _)| found.eq_ignore_ascii_case(name));
        let line = format!("{name}: {value}");
        let lines: Vec<&str> = self.head.lines().map(|old| if named(old) { line.as_str() } else { old }).collect();
        self.head = format!("{}\r\n", lines.join("\r\n"));
    }

    fn set_body(&mut self, body: Vec<u8>) {
        self.set("content-length", &body.len().to_string());
        self.body = body;
    }

    fn bytes(&self) -> Vec<u8> {
        [self.head.as_bytes(), &self.body].concat()
    }
}
