//! The server's calls, over any transport.

mod client;
mod error;
mod http;
mod transport;

pub(crate) use client::Client;
pub use error::NetError;
pub use http::HttpTransport;
pub use transport::{Body, Reply, Request, Transport};
