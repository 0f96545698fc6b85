//! Exports on the command line.

use std::io::{self, Write};
use std::path::Path;

use waymark_desk::export::{
    Format, Text, Wanted, WantedPack, Without, export_pack, export_wanted, export_with_proofs_for,
};
use waymark_desk::exported::{self, Made, PAPER};
use waymark_desk::prepare::{LONGEST_NAME, LONGEST_REASON, Said, WhoAndWhy};

use super::{DONE, Failure, LOOK, USAGE, open, print_json};

/// Who makes an export and why, as it was typed.
pub(super) fn said(by: Option<&str>, why: Option<&str>) -> Result<Option<WhoAndWhy>, Failure> {
    let Some(by) = by else { return Ok(None) };
    let why = why.map(|why| line(why, "--why", LONGEST_REASON)).transpose()?;
    Ok(Some(WhoAndWhy { by: line(by, "--by", LONGEST_NAME)?, why }))
}

/// Who is left out and why, as it was typed.
pub(super) fn without(participants: Vec<String>, why: Option<&str>) -> Result<Option<Without>, Failure> {
    let Some(why) = why else { return Ok(None) };
    let why = line(why, "--why-without", LONGEST_REASON)?;
    Ok(Some(Without { participants: participants.into_iter().collect(), why }))
}

fn line(typed: &str, option: &str, longest: usize) -> Result<Said, Failure> {
    let sentence = format!("`{option}` is one line of at most {longest} characters");
    Said::of(typed, longest).ok_or(Failure { code: USAGE, sentence })
}

pub(super) fn exports(desk: &Path, json: bool) -> Result<u8, Failure> {
    let made = exported::all(&open(desk)?)?;
    if json {
        print_json(&made)?;
    } else {
        print_exports(&made)?;
    }
    let look = |export: &Made| export.needs_attention() || is_paper_to_destroy(export);
    Ok(if made.iter().any(look) { LOOK } else { DONE })
}

/// Whether it was printed, and something of it was withdrawn since. Nobody can look whether it is still there.
fn is_paper_to_destroy(export: &Made) -> bool {
    export.format == PAPER && !export.withdrawn.is_empty()
}

fn print_exports(made: &[Made]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{:<20}  {:<7}  {:<14}  {:>9}  {:>9}  {:>10}  {:>7}  file",
        "made", "format", "words", "revisions", "withdrawn", "interviews", "removed"
    )?;
    for export in made {
        let (at, format, revisions) = (export.at.as_deref().unwrap_or("-"), &export.format, export.revisions);
        let path = if *format == PAPER { "on paper".to_owned() } else { export.path.display().to_string() };
        let words = if export.copy { "names replaced" } else { "as written" };
        let gone = if export.there || *format == PAPER { "" } else { " (not there any more)" };
        let withdrawn = export.withdrawn.len();
        let (interviews, removed) = (export.transcripts, export.removed.len());
        writeln!(
            out,
            "{at:<20}  {format:<7}  {words:<14}  {revisions:>9}  {withdrawn:>9}  {interviews:>10}  {removed:>7}  {path}{gone}"
        )?;
        if let Some(participant) = &export.pack {
            writeln!(out, "{:<20}  what {participant} wants to talk about, for an interview", "")?;
        }
        if let Some(Without { participants, why }) = &export.without {
            let people: Vec<&str> = participants.iter().map(String::as_str).collect();
            writeln!(out, "{:<20}  without {}: {}", "", people.join(", "), why.as_str())?;
        }
        if let Some(WhoAndWhy { by, why }) = &export.said {
            let why = why.as_ref().map(|why| format!(": {}", why.as_str())).unwrap_or_default();
            writeln!(out, "{:<20}  by {}{why}", "", by.as_str())?;
        }
        if !export.read_by.is_empty() {
            let read_by: Vec<&str> = export.read_by.iter().map(Said::as_str).collect();
            writeln!(out, "{:<20}  read by {}", "", read_by.join(", "))?;
        }
    }
    let gone = |export: &Made| {
        let entries = export.withdrawn.iter().map(ToString::to_string);
        let interviews = export.removed.iter().map(|id| format!("interview {id}"));
        entries.chain(interviews).collect::<Vec<_>>().join(", ")
    };
    let mut held = |there: bool, what: &str| -> io::Result<()> {
        let made = made.iter().filter(|export| export.format != PAPER);
        let mut held = made.filter(|export| export.there == there && !gone(export).is_empty()).peekable();
        if held.peek().is_some() {
            writeln!(out, "\n{what}")?;
        }
        held.try_for_each(|export| writeln!(out, "  {}: {}", export.path.display(), gone(export)))
    };
    held(
        true,
        "Withdrawn or removed since, and still in these files. Take them out, or delete the file and what lies beside it:",
    )?;
    held(
        false,
        "Withdrawn or removed since, and in files that are no longer where they were written. If one was moved or copied, look there:",
    )?;
    let mut paper = made.iter().filter(|export| is_paper_to_destroy(export)).peekable();
    if paper.peek().is_some() {
        writeln!(out, "\nWithdrawn since, and printed. Only you know where it is: destroy what is still there:")?;
    }
    paper.try_for_each(|export| {
        let (participant, at) = (export.pack.as_deref().unwrap_or("-"), export.at.as_deref().unwrap_or("-"));
        writeln!(out, "  on paper, for an interview with {participant}, printed {at}: {}", gone(export))
    })
}

pub(super) fn pack_to(desk: &Path, wanted: &WantedPack, out: &Path) -> Result<u8, Failure> {
    let exported = export_pack(&mut open(desk)?, wanted, out)?;
    writeln!(io::stdout(), "{} entries in {}", exported.revisions, out.display())?;
    if exported.needs_attention {
        eprintln!("waymark-desk: the collection lacks something: see `verify`");
    }
    Ok(if exported.needs_attention { LOOK } else { DONE })
}

pub(super) fn export_to(desk: &Path, wanted: &Wanted, out: &Path, with_proofs: bool) -> Result<u8, Failure> {
    if with_proofs && !matches!(wanted.format, Format::Jsonl) {
        let sentence = "`--with-proofs` goes with `--format jsonl`, which has a line for each entry".to_owned();
        return Err(Failure { code: USAGE, sentence });
    }
    let desk = &mut open(desk)?;
    let exported = if with_proofs {
        export_with_proofs_for(desk, out, wanted.said.clone())?
    } else {
        export_wanted(desk, wanted, out)?
    };
    match (wanted.format, wanted.text) {
        (Format::Qdc, _) => writeln!(io::stdout(), "The study's codebook is in {}", out.display())?,
        (_, Text::Original) => writeln!(io::stdout(), "{} entry revisions in {}", exported.revisions, out.display())?,
        (_, Text::Copy { .. }) => {
            writeln!(io::stdout(), "{} entries with names replaced in {}", exported.revisions, out.display())?;
        }
    }
    if exported.transcripts > 0 {
        writeln!(io::stdout(), "{} interviews in {}", exported.transcripts, out.display())?;
    }
    if exported.left_out > 0 {
        writeln!(io::stdout(), "{} entries are not in it: nobody has read their copies", exported.left_out)?;
    }
    if exported.left_out_interviews > 0 {
        writeln!(
            io::stdout(),
            "{} interviews are not in it: nobody has read their copies",
            exported.left_out_interviews
        )?;
    }
    match (exported.recordings, wanted.format) {
        (0, _) => {}
        (recordings, Format::Archive) => writeln!(io::stdout(), "{recordings} voice notes in it")?,
        (recordings, _) => writeln!(io::stdout(), "{recordings} voice notes in {}.audio", out.display())?,
    }
    if let (Format::Archive, Text::Original) = (wanted.format, wanted.text) {
        writeln!(
            io::stdout(),
            "It shows of itself that each line is what was sealed, with the keys of what it holds: data/README.txt says how."
        )?;
    }
    if with_proofs {
        writeln!(
            io::stdout(),
            "Their proofs are in {}.proofs, with the keys of what the export holds: whoever has that file can read just that.",
            out.display()
        )?;
    }
    if exported.needs_attention {
        eprintln!("waymark-desk: the collection lacks something: see `verify`");
    }
    Ok(if exported.needs_attention { LOOK } else { DONE })
}
