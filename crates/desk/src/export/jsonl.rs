//! JSON Lines (<https://jsonlines.org>): one object per entry revision, UTF-8, `\n` after each.

use std::io::{self, Write};

use super::Row;

pub(super) fn write(rows: &[Row], out: &mut dyn Write) -> io::Result<()> {
    for row in rows {
        serde_json::to_writer(&mut *out, row)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
