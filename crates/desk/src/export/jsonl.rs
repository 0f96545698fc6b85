//! JSON Lines (<https://jsonlines.org>): one object per entry revision, UTF-8, `\n` after each.

use std::io::{self, Write};

use super::Row;

pub(super) fn write(rows: &[Row], out: &mut dyn Write) -> io::Result<()> {
    rows.iter().try_for_each(|row| out.write_all(&line(row)).and_then(|()| out.write_all(b"\n")))
}

/// A row without the end of its line.
pub(crate) fn line(row: &Row) -> Vec<u8> {
    serde_json::to_vec(row).expect("a struct of strings, numbers and lists is always JSON")
}
