//! Serves a page and its commands on this machine alone.
//!
//! The page is a folder of built files; its commands are one function from a name and JSON to JSON. Both come from the
//! caller: this crate knows neither the diary nor the desk.
//!
//! Whoever can reach a port on this machine (another user, a web page in the same browser, a name that a stranger's DNS
//! server points at 127.0.0.1) must get nothing. So, in this order:
//!
//! | what | refused with |
//! |---|---|
//! | only a loopback address is listened on | [`ServeError::NotLoopback`] |
//! | `Host` must be the address that is listened on (DNS rebinding) | 421 |
//! | `Origin`, where there is one, must be the page's own | 403 |
//! | a command needs the token of this run or of the session, 256 random bits, compared in constant time | 401 |
//! | a link that is good once was used, or a newer one was given out | 401 |
//! | a command's input is JSON, `application/json`, of at most [`MAX_BODY`] bytes | 415, 413, 400 |
//! | sound needs such a token in its path, for a player sends no headers of its own | 401 |
//! | a path names a file of the page and nothing above it | 404 |
//!
//! The token is in the fragment of the printed address, which browsers send to nobody; the page sends it in the header
//! [`TOKEN_HEADER`]. Where the address passes through other hands it is a link that is good once ([`Running::one_time_url`]): the page
//! exchanges its token at `POST /session` for that of a session, which ends when another link is given out, and when somebody comes by the
//! used one again. No token is in a cookie: cookies are sent to every port of a host. Every answer forbids sniffing, caching and referrers, and the content security policy lets the
//! page load its own files and talk to its own host, nothing else. No page shows it in a frame and it shows none, unless [`Framing`] names the one
//! origin; a [`Listener`] knows its origin before it serves, so that two hosts can name each other.

#![forbid(unsafe_code)]

mod assets;
mod framing;
mod guard;
mod serve;
mod token;

pub use assets::Assets;
pub use framing::Framing;
pub use guard::{Ended, TOKEN_HEADER};
pub use serve::{Handler, Listener, MAX_BODY, PageHost, Running, ServeError, Sound, SoundHandler};
