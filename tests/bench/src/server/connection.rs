//! A connection that is kept alive: as little of HTTP/1.1 as the server's replies need, so that the client costs next to nothing.

use std::net::SocketAddr;

use memchr::memmem;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::Result;

/// A connection and the last reply.
pub struct Connection {
    stream: TcpStream,
    reply: Vec<u8>,
    head: usize,
}

/// The bytes of a request; `more` are whole header lines.
pub fn request(method: &str, path: &str, token: &str, more: &str, body: &[u8]) -> Vec<u8> {
    let mut request = format!(
        "{method} {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\n{more}content-length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    request.extend_from_slice(body);
    request
}

impl Connection {
    /// Connects.
    pub async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, reply: Vec::new(), head: 0 })
    }

    /// Sends a request and returns the body of a reply that says 200.
    pub async fn call(&mut self, request: &[u8]) -> Result<&[u8]> {
        self.send(request).await?;
        self.receive().await
    }

    /// Sends a request.
    pub async fn send(&mut self, request: &[u8]) -> Result<()> {
        Ok(self.stream.write_all(request).await?)
    }

    /// Reads so many bytes of whatever comes and throws them away.
    pub async fn read_some(&mut self, mut bytes: usize) -> Result<()> {
        let mut buffer = [0; 4096];
        while bytes > 0 {
            let most = bytes.min(buffer.len());
            match self.stream.read(&mut buffer[..most]).await? {
                0 => return Err("the server has closed a connection".into()),
                read => bytes -= read,
            }
        }
        Ok(())
    }

    /// The body of a reply that says 200.
    pub async fn receive(&mut self) -> Result<&[u8]> {
        self.reply.clear();
        self.head = loop {
            if let Some(end) = memmem::find(&self.reply, b"\r\n\r\n") {
                break end + 4;
            }
            self.more().await?;
        };
        if !self.reply.starts_with(b"HTTP/1.1 200 ") {
            let line = self.reply[..self.head].split(|byte| *byte == b'\r').next().unwrap_or_default();
            return Err(format!("the server answered {}", String::from_utf8_lossy(line)).into());
        }
        let len: usize = self.header("content-length").ok_or("a reply without a length")?.parse()?;
        let end = self.head + len;
        self.reply.reserve(end.saturating_sub(self.reply.len()));
        while self.reply.len() < end {
            self.more().await?;
        }
        Ok(&self.reply[self.head..end])
    }

    /// A header of the last reply, by its name in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        let head = std::str::from_utf8(&self.reply[..self.head]).ok()?;
        head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    async fn more(&mut self) -> Result<()> {
        match self.stream.read_buf(&mut self.reply).await? {
            0 => Err("the server has closed a connection".into()),
            _ => Ok(()),
        }
    }
}
