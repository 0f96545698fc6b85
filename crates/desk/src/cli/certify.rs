//! Certificates.

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;
use waymark_desk::certificate::{
    Certificate, Checked, CheckedExport, Device, Statement, check, check_export, compare, make,
};
use waymark_desk::now_ms;

use super::{DONE, Failure, LOOK, compared, open, print_json};

pub(super) fn make_certificate(desk: &Path, out: &Path) -> Result<u8, Failure> {
    let certificate = make(&open(desk)?, out, now_ms())?;
    let Statement { devices, counts, .. } = &certificate.statement;
    let (received, devices) = (counts.received, devices.len());
    writeln!(io::stdout(), "{received} records of {devices} devices, proven in {}", out.display())?;
    writeln!(io::stdout(), "Whoever gets it runs `waymark-desk check-certificate {}`.", out.display())?;
    Ok(DONE)
}

pub(super) fn check_certificate(file: &Path, export: Option<&Path>, json: bool) -> Result<u8, Failure> {
    /// The statement alone, or with what was found of an export.
    #[derive(Serialize)]
    struct Found<'a> {
        #[serde(flatten)]
        statement: &'a Statement,
        #[serde(skip_serializing_if = "Option::is_none")]
        export: Option<&'a CheckedExport>,
    }
    let checked = check(file)?;
    let exported = export.map(|path| check_export(&checked, path)).transpose()?;
    if json {
        print_json(&Found { statement: &checked.certificate.statement, export: exported.as_ref() })?;
    } else {
        print_checked(&checked)?;
        if let (Some(path), Some(exported)) = (export, &exported) {
            print_export(&checked, path, exported)?;
        }
    }
    let look = exported.is_some_and(|exported| exported.needs_attention(&checked));
    Ok(if checked.needs_attention() || look { LOOK } else { DONE })
}

pub(super) fn compare_certificates(first: &Path, second: &Path, json: bool) -> Result<u8, Failure> {
    let comparison = compare(&check(first)?, &check(second)?)?;
    if json {
        print_json(&comparison)?;
    } else {
        compared::print(&comparison, [first, second])?;
    }
    Ok(if comparison.needs_attention() { LOOK } else { DONE })
}

/// As the file has it.
pub(super) fn word(value: &impl Serialize) -> String {
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

fn print_export(checked: &Checked, path: &Path, exported: &CheckedExport) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let opened = checked.certificate.desks_word.opened;
    let CheckedExport { entries, doubles, .. } = exported;
    writeln!(out, "\n{}: {entries} entries, each of them what its phone has sealed", path.display())?;
    if *doubles > 0 {
        writeln!(out, "{doubles} of them came twice, word for word the same, and stand there once")?;
    }
    for place in &exported.left_out {
        writeln!(out, "shared, and not in it: device {} place {}", place.device, place.seq)?;
    }
    for name in &exported.other_files {
        writeln!(out, "beside the voice notes, and of no line: {name}")?;
    }
    if exported.lacks_something(checked) {
        let here = entries + doubles;
        writeln!(
            out,
            "The desk had opened {opened}, and here are {here}: the export is older than the certificate, or something was left out."
        )?;
    }
    writeln!(out, "\nThe desk's word alone, for it is in no signature:")?;
    for (participant, name) in &exported.names {
        writeln!(out, "participant {participant} is called {name}")?;
    }
    if exported.phases_counted > 0 {
        writeln!(out, "the phase of {} entries, counted from the day of joining", exported.phases_counted)?;
    }
    if exported.recordings_missing > 0 {
        writeln!(out, "that {} voice notes have not come yet", exported.recordings_missing)?;
    }
    Ok(())
}
