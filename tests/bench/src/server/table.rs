//! Figures in columns.

use std::time::Duration;

/// What, measured, promise, floor or peer, ratio.
type Row = [String; 5];

/// A table that is printed when it is whole.
#[derive(Default)]
pub struct Table(Vec<Row>);

impl Table {
    /// Adds a row.
    pub fn add(&mut self, row: Row) {
        println!("  {}: {}", row[0], row[1]);
        self.0.push(row);
    }

    /// Adds a row that has no floor.
    pub fn add_plain(&mut self, what: String, measured: String, promise: &str) {
        self.add([what, measured, promise.to_owned(), String::new(), String::new()]);
    }

    /// Prints all rows, each column as wide as it must be.
    pub fn print(&self) {
        let heads = ["", "measured (worst run)", "promise", "floor or peer", "ratio"].map(str::to_owned);
        let rows: Vec<&Row> = std::iter::once(&heads).chain(&self.0).collect();
        let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let widths = [0, 1, 2, 3, 4].map(width);
        println!();
        for row in rows {
            let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
            println!("{}", cells.collect::<Vec<_>>().join("  ").trim_end());
        }
    }
}

/// Seconds as milliseconds.
pub fn ms(seconds: f64) -> String {
    format!("{:.1} ms", seconds * 1000.0)
}

/// How many in a second.
pub fn per_second(number: f64) -> String {
    format!("{number:.0}/s")
}

/// A ratio.
pub fn ratio(ratio: f64) -> String {
    format!("{ratio:.2}")
}

/// Bytes as MB.
pub fn mb(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

/// Time as seconds.
pub fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}
