//! Playing sound: what a player asks for by HTTP ranges, and what it gets. Nothing is kept anywhere on the way.

use std::ops::Range;

/// The most bytes of one answer to a range. A player asks again for what follows.
const MAX_RANGE: u64 = 512 * 1024;

/// An answer to a player.
#[derive(Debug)]
pub struct Media {
    /// HTTP status: 200, 206, 404 or 416.
    pub status: u16,
    /// Its headers.
    pub headers: Vec<(&'static str, String)>,
    /// The sound, or the part of it that was asked for.
    pub body: Vec<u8>,
}

impl Media {
    /// The answer to a player, perhaps with a `Range` header, of sound that has `len` bytes: `read` gives those that it needs.
    ///
    /// # Errors
    ///
    /// Those of `read`.
    pub fn of<E>(
        range: Option<&str>,
        len: u64,
        media_type: &str,
        read: impl FnOnce(Range<u64>) -> Result<Vec<u8>, E>,
    ) -> Result<Self, E> {
        // A media type is what another device wrote: the page never gets anything but sound.
        let media_type = if media_type.starts_with("audio/") { media_type } else { "application/octet-stream" };
        Ok(match range.and_then(|range| Wanted::parse(range, len)) {
            Some(Wanted::Nothing) => Self::new(416, Vec::new()).with("content-range", format!("bytes */{len}")),
            Some(Wanted::Bytes(range)) => {
                let bytes = format!("bytes {}-{}/{len}", range.start, range.end - 1);
                let body = Self::new(206, read(range)?).with("content-range", bytes);
                body.with("content-type", media_type.to_owned())
            }
            None => Self::new(200, read(0..len)?).with("content-type", media_type.to_owned()),
        })
    }

    /// There is no such sound.
    pub fn none() -> Self {
        Self::new(404, Vec::new())
    }

    fn new(status: u16, body: Vec<u8>) -> Self {
        let headers = vec![
            ("cache-control", "no-store".to_owned()),
            ("accept-ranges", "bytes".to_owned()),
            ("x-content-type-options", "nosniff".to_owned()),
        ];
        Self { status, headers, body }
    }

    fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    Bytes(Range<u64>),
    /// A range behind the end.
    Nothing,
}

impl Wanted {
    /// One range of bytes (RFC 9110, section 14.1.2); `None` for anything else, which means all of it.
    fn parse(header: &str, len: u64) -> Option<Self> {
        let (first, last) = header.trim().strip_prefix("bytes=")?.split_once('-')?;
        let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u64>().ok())?;
        let (start, end) = match (first, last) {
            ("", last) => (len.saturating_sub(number(last)?), len),
            (first, "") => (number(first)?, len),
            (first, last) => (number(first)?, number(last)?.checked_add(1)?.min(len)),
        };
        if (first, last) != ("", "") && start < end.min(len) {
            return Some(Self::Bytes(start..end.min(start + MAX_RANGE)));
        }
        // "5-3" is no range; behind the end there is nothing.
        (start >= len).then_some(Self::Nothing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(header: &str, len: u64) -> Option<Range<u64>> {
        match Wanted::parse(header, len)? {
            Wanted::Bytes(range) => Some(range),
            Wanted::Nothing => Some(0..0),
        }
    }

    #[test]
    fn one_range_is_read_as_http_says() {
        assert_eq!(bytes("bytes=0-", 100), Some(0..100));
        assert_eq!(bytes("bytes=10-19", 100), Some(10..20));
        assert_eq!(bytes("bytes=90-1000", 100), Some(90..100));
        assert_eq!(bytes("bytes=-10", 100), Some(90..100));
        assert_eq!(bytes("bytes=-1000", 100), Some(0..100));
        assert_eq!(bytes("bytes=0-0", 100), Some(0..1));
        assert_eq!(bytes("bytes=0-", 10 * MAX_RANGE), Some(0..MAX_RANGE));
        assert_eq!(bytes("bytes=5-", 10 * MAX_RANGE), Some(5..5 + MAX_RANGE));
    }

    #[test]
    fn behind_the_end_is_nothing_and_what_is_no_single_range_is_everything() {
        for header in ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=18446744073709551615-"] {
            assert_eq!(Wanted::parse(header, 100), Some(Wanted::Nothing), "{header}");
        }
        let none = ["bytes=", "bytes=-", "bytes=a-b", "bytes=5-3", "bytes=0-1,4-5", "items=0-1", "bytes=+1-2", "0-1"];
        for header in none {
            assert_eq!(Wanted::parse(header, 100), None, "{header}");
        }
        assert_eq!(Wanted::parse("bytes=99999999999999999999-", 100), None);
    }
}
