//! Certificates.

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;
use waymark_desk::certificate::{Certificate, Checked, Device, Statement, check, make};
use waymark_desk::now_ms;

use super::{DONE, Failure, LOOK, open, print_json};

pub(super) fn make_certificate(desk: &Path, out: &Path) -> Result<u8, Failure> {
    let certificate = make(&open(desk)?, out, now_ms())?;
    let Statement { devices, counts, .. } = &certificate.statement;
    let (received, devices) = (counts.received, devices.len());
    writeln!(io::stdout(), "{received} records of {devices} devices, proven in {}", out.display())?;
    writeln!(io::stdout(), "Whoever gets it runs `waymark-desk check-certificate {}`.", out.display())?;
    Ok(DONE)
}

pub(super) fn check_certificate(file: &Path, json: bool) -> Result<u8, Failure> {
    let checked = check(file)?;
    if json {
        print_json(&checked.certificate.statement)?;
    } else {
        print_checked(&checked)?;
    }
    Ok(if checked.needs_attention() { LOOK } else { DONE })
}

/// As the file has it.
fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn print_checked(checked: &Checked) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let Certificate { study, made_at, statement, desks_word, .. } = &checked.certificate;
    let made = made_at.as_deref().unwrap_or("no time");
    writeln!(out, "{}, study {study}, certificate of {made}", checked.title)?;
    writeln!(out, "The signatures of the phones and of the study say what it says:\n")?;
    for Device { participant, device, state, seq, as_of } in &statement.devices {
        let participant = participant.map_or_else(|| "unknown".to_owned(), |id| id.to_string());
        let as_of = as_of.as_deref().unwrap_or("never");
        writeln!(out, "participant {participant}  device {device}  {} at {seq}, as of {as_of}", word(state))?;
    }
    let counts = &statement.counts;
    writeln!(
        out,
        "\n{} received = {} proven + {} erased + {} waiting + {} in quarantine",
        counts.received, counts.covered, counts.erased, counts.waiting, counts.quarantined
    )?;
    for erasure in &statement.erasures {
        let at = erasure.at.as_deref().unwrap_or("no time");
        writeln!(out, "erased: device {} place {}, by the {}, {at}", erasure.device, erasure.seq, word(&erasure.by))?;
    }
    for refused in &statement.quarantined {
        writeln!(out, "in quarantine: device {} place {}: {}", refused.device, refused.seq, refused.reason)?;
    }
    writeln!(
        out,
        "\nThe desk's word alone: {} shared entries opened, {} records not readable, {} parts of recordings missing",
        desks_word.opened, desks_word.not_readable, desks_word.parts_missing
    )
}
