//! An export with its proofs and a voice note, as whoever checks it reads it: no line is believed that the honest one has not.

use std::fs;
use std::path::Path;

use serde_json::Value;
use waymark_desk::certificate::{CheckedExport, check, check_export};

use crate::script::Script;
use crate::stand::{self, EXPORT, Stand};

/// Changes the lines, the proofs and the voice note, each where its bit is set, and puts a file beside the voice note.
pub fn run(bytes: &[u8]) {
    let mut script = Script::new(bytes);
    stand::with(|stand| {
        let folder = stand::copy(&stand.exported);
        let folder = folder.path();
        let recording = recording(folder);
        let choices = script.byte();
        let files = [EXPORT.to_owned(), format!("{EXPORT}.proofs"), recording.clone()];
        for (bit, file) in files.iter().enumerate().filter(|(bit, _)| choices & 1 << bit != 0) {
            let file = folder.join(file);
            let before = fs::read(&file).expect("the desk wrote it");
            // A third of the changes are of whole lines: what a desk that leaves out and says again would do.
            let after = if bit < 2 && script.byte().is_multiple_of(3) {
                lines(&before, &mut script)
            } else {
                script.edited(&before)
            };
            fs::write(file, after).expect("a small file is written");
        }
        if choices & 8 != 0 {
            let stem = recording.trim_end_matches(".webm");
            let name = match script.byte() % 4 {
                0 => format!("{stem}-2.webm"),
                1 => format!("{stem}.mp3"),
                2 => format!("{EXPORT}.audio/Thumbs.db"),
                _ => recording.clone(),
            };
            fs::write(folder.join(name), script.rest()).expect("a small file is written");
        }
        let checked = check(&folder.join("certificate.json")).expect("the desk's own certificate");
        match check_export(&checked, &folder.join(EXPORT)) {
            Ok(exported) => holds(stand, folder, &exported),
            Err(wrong) => assert!(choices & 15 != 0, "the desk's own export is refused: {wrong}"),
        }
    });
}

/// Nothing changed, and changes of each file.
pub fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("whole", vec![0]),
        ("a-letter-of-the-line", vec![1, 1, 1, 0, 0, 20, b'x']),
        ("a-line-twice", vec![1, 0, 0]),
        ("no-line", vec![1, 0, 1]),
        ("a-proof-twice", vec![2, 0, 0, 1]),
        ("no-proof", vec![2, 0, 1, 1]),
        ("a-digit-of-the-proofs", vec![2, 1, 1, 0, 4, 0, b'9']),
        ("the-proofs-cut", vec![2, 1, 6, 0, 2, 0]),
        ("a-byte-of-the-voice-note", vec![4, 2, 0, 0, 9, 1]),
        ("another-voice-note", vec![8, 0, b'v']),
        ("a-systems-own-file", vec![8, 2]),
        ("the-voice-note-again", vec![8, 3]),
    ]
}

/// Doubles a line, takes one out, or exchanges two.
fn lines(before: &[u8], script: &mut Script<'_>) -> Vec<u8> {
    let mut lines: Vec<&[u8]> = before.split_inclusive(|byte| *byte == b'\n').collect();
    let how = script.byte() % 3;
    let (one, other) = (usize::from(script.byte()) % lines.len(), usize::from(script.byte()) % lines.len());
    match how {
        0 => lines.push(lines[one]),
        1 => drop(lines.remove(one)),
        _ => lines.swap(one, other),
    }
    lines.concat()
}

/// The voice note's file, from the folder of the export.
fn recording(folder: &Path) -> String {
    let audio = format!("{EXPORT}.audio");
    let mut files = fs::read_dir(folder.join(&audio)).expect("the voice note's folder");
    let file = files.next().expect("a voice note").expect("a file").file_name();
    format!("{audio}/{}", file.to_string_lossy())
}

/// Each line is one of the honest ones, each voice note that one names is what was spoken, and nothing else that lies there passes
/// for one.
fn holds(stand: &Stand, folder: &Path, exported: &CheckedExport) {
    let spoken = fs::read(stand.exported.join(recording(&stand.exported))).expect("the honest voice note");
    let (mut honest, believed) = (said(&stand.exported), said(folder));
    assert_eq!(believed.len() as u64, exported.entries);
    let mut named = Vec::new();
    for (line, files) in believed {
        let at = honest.iter().position(|(known, _)| *known == line).expect("a line that the honest export has not");
        honest.swap_remove(at);
        for file in files {
            assert!(fs::read(folder.join(&file)).expect("a voice note") == spoken, "other words than were spoken");
            named.push(file);
        }
    }
    assert!(honest.is_empty(), "a line was left out");
    for file in fs::read_dir(folder.join(format!("{EXPORT}.audio"))).expect("the folder") {
        let name = file.expect("a file").file_name().to_string_lossy().into_owned();
        let is_known = named.contains(&format!("{EXPORT}.audio/{name}")) || exported.other_files.contains(&name);
        assert!(is_known, "{name} passes for a voice note");
    }
}

/// The lines of an export without what is the desk's word alone, and the files of their voice notes.
fn said(folder: &Path) -> Vec<(Value, Vec<String>)> {
    let lines = fs::read_to_string(folder.join(EXPORT)).expect("an export that is believed is text");
    let said = lines.lines().map(|line| {
        let mut line: Value = serde_json::from_str(line).expect("a line that is believed is JSON");
        for word in ["participant", "phase"] {
            line[word].take();
        }
        let voice = line["voice"].as_array_mut().expect("a list");
        let files = voice.iter_mut().filter_map(|voice| voice["file"].take().as_str().map(str::to_owned)).collect();
        (line, files)
    });
    said.collect()
}
