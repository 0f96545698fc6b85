//! What a desk hands to an archive: a certificate, and an export that proves itself.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use waymark_desk::certificate::{Checked, CheckedExport, ExportCheckError as Wrong, check, check_export, make};
use waymark_desk::export::export_with_proofs;

use crate::phone::{Phone, To};
use crate::world::{NOW, World};

/// What an archive gets: a certificate, an export, its proofs and its recordings.
pub struct Archive {
    pub folder: PathBuf,
    _temporary: tempfile::TempDir,
}

impl Archive {
    pub fn of(world: &mut World) -> Self {
        let temporary = tempfile::tempdir().unwrap();
        let archive = Self { folder: temporary.path().to_owned(), _temporary: temporary };
        make(&world.desk, &archive.certificate(), NOW).unwrap();
        export_with_proofs(&mut world.desk, &archive.export()).unwrap();
        archive
    }

    pub fn certificate(&self) -> PathBuf {
        self.folder.join("certificate.json")
    }

    pub fn export(&self) -> PathBuf {
        self.folder.join("out.jsonl")
    }

    pub fn proofs(&self) -> PathBuf {
        self.folder.join("out.jsonl.proofs")
    }

    pub fn checked(&self) -> Checked {
        check(&self.certificate()).unwrap()
    }

    pub fn check(&self) -> Result<CheckedExport, Wrong> {
        check_export(&self.checked(), &self.export())
    }

    /// What is said of the export after this was done to the lines of one file, which is put back.
    pub fn after(&self, file: &Path, change: impl FnOnce(&mut Vec<String>)) -> Wrong {
        let before = fs::read_to_string(file).unwrap();
        let mut lines: Vec<String> = before.lines().map(str::to_owned).collect();
        change(&mut lines);
        fs::write(file, lines.iter().map(|line| format!("{line}\n")).collect::<String>()).unwrap();
        let wrong = self.check().expect_err("it was believed");
        fs::write(file, before).unwrap();
        wrong
    }

    /// The same for one proof, counted from 1.
    pub fn after_proof(&self, number: usize, change: impl FnOnce(&mut Value)) -> Wrong {
        self.after(&self.proofs(), |lines| {
            let mut proof = serde_json::from_str(&lines[number]).unwrap();
            change(&mut proof);
            lines[number] = proof.to_string();
        })
    }
}

/// Ash, Birch and Cedar; entries sealed to the study at once and granted later, one that says no phase, and one that came twice.
pub async fn studied() -> (World, [Phone; 3]) {
    let mut world = World::new().await;
    let (mut ash, mut birch) = (world.join("Ash").await, world.join("Birch").await);
    ash.write("at once", To::Study);
    let later = ash.write("granted later", To::Writer);
    ash.grant(later);
    ash.write("canary-private", To::Writer);
    let twice = ash.entry("came twice");
    ash.write_entry(&twice, To::Study);
    ash.write_entry(&twice, To::Study);
    let mut silent = birch.entry("no phase");
    silent.phase = None;
    birch.write_entry(&silent, To::Study);
    let cedar = world.join("Cedar").await;
    for phone in [&ash, &birch, &cedar] {
        world.server.receive(&phone.items());
    }
    world.pull().await;
    (world, [ash, birch, cedar])
}
