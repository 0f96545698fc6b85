//! What programs do to one folder, one after the other, recorded; and the power cuts that it is asked about.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::disk::{self, Disk, LOSSES, Loss, Output};
use super::strace;
use crate::chance::Chance;
use crate::process::{Ended, rounds, start_with};

/// How many cuts at moments of chance there are.
const CUTS: usize = 5;

/// A folder, and all that has been done to it.
pub struct Story {
    pub disk: Disk,
    /// How many lines the recordings have had until now.
    pub lines: usize,
    /// What went to terminals, files elsewhere and sockets.
    pub outputs: Vec<Output>,
    recording: PathBuf,
}

/// A power cut before a line, and what it does.
#[derive(Debug, Clone, Copy)]
pub struct Cut {
    pub line: usize,
    pub loss: Loss,
    seed: u64,
}

impl Story {
    /// Nothing has been done yet to what is in `folder`; the recordings lie beside it.
    pub fn of(folder: &Path) -> Self {
        Self { disk: Disk::of(folder), lines: 0, outputs: Vec::new(), recording: folder.with_extension("strace") }
    }

    /// Runs a program to its end; the lines of it.
    pub fn run(
        &mut self,
        program: &Path,
        arguments: &[String],
        variables: &[(&str, &str)],
        stdin: &[u8],
    ) -> (Ended, Range<usize>) {
        let mut all = strace::arguments(&self.recording, program);
        all.extend_from_slice(arguments);
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        let ended = start_with(Path::new("strace"), &all, variables, stdin).end();
        (ended, self.read())
    }

    /// Takes in what has been recorded since the last time by a program that has ended.
    pub fn read(&mut self) -> Range<usize> {
        let recording = fs::read_to_string(&self.recording).expect("the recording can be read");
        let first = self.lines;
        self.outputs.extend(self.disk.replay(&strace::read(&recording, first)));
        self.lines += recording.lines().count();
        first..self.lines
    }

    /// Where recordings are written.
    pub fn recording(&self) -> &Path {
        &self.recording
    }

    /// The first line in `lines` at whose end bytes had gone out that `matter`.
    pub fn said(&self, lines: &Range<usize>, matter: impl Fn(&Output) -> bool) -> Option<usize> {
        let said = self.outputs.iter().filter(|output| lines.contains(&output.span.ended) && matter(output));
        said.map(|output| output.span.ended).min()
    }

    /// Cuts right after each of these lines, when something has been said to be done, that take all that they may; and cuts
    /// at moments of chance, as many in each of the `parts`, that do whatever they do.
    pub fn cuts(&self, parts: &[Range<usize>], done: &[usize], seed: u64) -> Vec<Cut> {
        let (moments, mut chance) = (self.disk.moments(), Chance::of(seed));
        let moments_of = |part: &Range<usize>| -> Vec<usize> {
            moments.iter().copied().filter(|moment| (part.start + 1..=part.end).contains(moment)).collect()
        };
        let parts: Vec<_> = parts.iter().map(moments_of).filter(|moments| !moments.is_empty()).collect();
        assert!(!parts.is_empty(), "something was done to the disk");
        let right_after = done.iter().map(|line| Cut { line: line + 1, loss: Loss::Everything, seed });
        // Where there are more parts than cuts, chance says which are left out.
        let first = chance.below(parts.len());
        let anywhere = (0..rounds(CUTS)).map(|number| {
            let moments = &parts[(first + number) % parts.len()];
            let loss = if number % 2 == 0 { Loss::Chance } else { LOSSES[chance.below(LOSSES.len())] };
            Cut { line: moments[chance.below(moments.len())], loss, seed: seed + number as u64 }
        });
        let mut cuts: Vec<Cut> = right_after.chain(anywhere).collect();
        cuts.sort_by_key(|cut| cut.line);
        cuts
    }

    /// What is in the folder after a cut, in another folder.
    pub fn after(&self, cut: Cut, folder: &Path) {
        if folder.exists() {
            fs::remove_dir_all(folder).expect("the folder can be removed");
        }
        disk::write(&self.disk.after_cut(cut.line, cut.loss, &mut Chance::of(cut.seed)), folder);
    }
}
