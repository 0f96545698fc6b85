//! How long programs that have ended had a processor: on a machine that does other things as well, minutes of a clock say little.

use std::fs;

/// Ticks of a second in `/proc`, on every processor that Linux runs on here.
const TICKS: f64 = 100.0;

/// Of all programs that this one has started and that have ended; none where the system does not tell.
pub fn seconds_of_ended_programs() -> Option<f64> {
    parse(&fs::read_to_string("/proc/self/stat").ok()?)
}

/// The 16th and 17th field of proc_pid_stat(5): `cutime` and `cstime`. The second is a name in brackets, which may hold anything.
fn parse(stat: &str) -> Option<f64> {
    let (_, rest) = stat.rsplit_once(')')?;
    let mut fields = rest.split_whitespace().skip(13);
    let mut ticks = || fields.next()?.parse::<f64>().ok();
    Some((ticks()? + ticks()?) / TICKS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_ended_programs_is_read_whatever_the_name_is() {
        let stat = "7 (a) b (c)) S 1 7 7 0 -1 4194560 1 2 3 4 11 12 250 50 20 0 1 0 99 1000 10";
        assert_eq!(parse(stat), Some(3.0));
        assert_eq!(parse("7 (cut off"), None);
    }
}
