//! What two certificates say of each other.

use std::io::{self, Write};
use std::path::Path;

use waymark_desk::certificate::{Comparison, DeviceComparison, Histories, Stands};

use super::certify::word;

pub(super) fn print(comparison: &Comparison, files: [&Path; 2]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let name = |second: bool| files[usize::from(second)].display();
    for DeviceComparison { device, histories, states, in_one, erased_in_one } in &comparison.devices {
        write!(out, "device {device}: {}", sentence(*histories, files))?;
        for (second, stands) in [false, true].into_iter().zip(states) {
            if let Some(Stands { state, seq }) = stands {
                write!(out, "; {} at {seq} in {}", word(state), name(second))?;
            }
        }
        writeln!(out)?;
        for (second, places) in [false, true].into_iter().zip(in_one) {
            if let Some(first) = places.first() {
                let (many, only) = (places.len(), name(second));
                writeln!(out, "device {device}: {many} records are proven in {only} alone, the first at {first}")?;
            }
        }
        for (second, places) in [false, true].into_iter().zip(erased_in_one) {
            for place in places {
                writeln!(out, "device {device}: only {} knows that place {place} was erased", name(second))?;
            }
        }
    }
    let [first, second] = comparison.documents;
    if comparison.documents_split {
        writeln!(out, "the study has signed two different documents of version {first}")?;
    } else if first != second {
        writeln!(out, "the study's document is of version {first} in {}, {second} in {}", name(false), name(true))?;
    }
    if comparison.differs() {
        writeln!(
            out,
            "The two were shown different histories: pull at both desks, make new certificates, and compare again."
        )?;
    }
    Ok(())
}

fn sentence(histories: Histories, files: [&Path; 2]) -> String {
    let name = |second: bool| files[usize::from(second)].display();
    match histories {
        Histories::Same { through: 0 } => "proven in neither".to_owned(),
        Histories::Same { through } => format!("the same up to {through}"),
        Histories::Gaps { through } => format!("both have {through}, and not the same before it"),
        Histories::Ahead { second, agree, first_through, second_through } => {
            let (more, less) = if second { (second_through, first_through) } else { (first_through, second_through) };
            let (ahead, behind) = (name(second), name(!second));
            format!("{ahead} is ahead with {more}, {behind} has {less}; they agree as far as {agree}")
        }
        Histories::OnlyOne { second, through } => format!("only {} knows it, up to {through}", name(second)),
        Histories::Split { at } => format!(
            "server-splits at {at}: the phone's key has signed two different histories, and the desks were not shown the same"
        ),
        Histories::ForkedInBoth { at } => {
            format!(
                "forked in both at {at}: the phone's key has signed two different histories, and both desks were shown that"
            )
        }
    }
}
