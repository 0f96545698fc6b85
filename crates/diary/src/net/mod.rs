//! The server's calls, over any transport.

mod client;
mod error;
mod http;
mod in_process;
mod transport;

pub(crate) use client::Client;
pub use error::NetError;
pub use http::HttpTransport;
pub use in_process::InProcess;
pub(crate) use in_process::Way;
pub use transport::{Body, Reply, Request, Transport};
