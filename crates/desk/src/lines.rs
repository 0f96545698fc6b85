//! Lines of a file from outside, one at a time, none longer than it may be.

use std::io::{self, BufRead, Read};

/// Reads lines that end with `\n`.
pub(crate) struct Lines<R> {
    input: R,
    line: Vec<u8>,
}

/// Why there is no next line.
#[derive(Debug)]
pub(crate) enum LineError {
    /// The file.
    Unreadable(io::Error),
    /// It is longer than any that is written, or breaks off before its end.
    NotOne,
}

impl<R: BufRead> Lines<R> {
    pub fn of(input: R) -> Self {
        Self { input, line: Vec::new() }
    }

    /// The next line, without its end; none behind the last.
    pub fn next(&mut self, longest: usize) -> Result<Option<&[u8]>, LineError> {
        self.line.clear();
        let mut bounded = (&mut self.input).take(longest as u64 + 1);
        bounded.read_until(b'\n', &mut self.line).map_err(LineError::Unreadable)?;
        match self.line.pop() {
            None => Ok(None),
            Some(b'\n') => Ok(Some(&self.line)),
            Some(_) => Err(LineError::NotOne),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_one_by_one_and_what_is_too_long_or_cut_is_none() {
        let mut lines = Lines::of(&b"one\n\nthree\nfo"[..]);
        for line in ["one", "", "three"] {
            assert_eq!(lines.next(5).unwrap().unwrap(), line.as_bytes());
        }
        assert!(matches!(lines.next(5), Err(LineError::NotOne)), "cut");
        assert!(Lines::of(&b""[..]).next(5).unwrap().is_none());
        assert!(matches!(Lines::of(&b"sixsix\n"[..]).next(5), Err(LineError::NotOne)), "too long");
    }
}
