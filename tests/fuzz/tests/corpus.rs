//! Every target over its seeds, its corpus, and what comes of both when they are cut and changed: always the same.

use std::fs;
use std::path::{Path, PathBuf};

use waymark_fuzz::{TARGETS, Target};
use waymark_simulation::chance::Chance;

/// The longest input that the fuzzer may make: what it keeps stays small.
const LONGEST: usize = 64 * 1024;

fn folder(kind: &str, target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(kind).join(target)
}

/// The files of a folder by name, in order; none where there is no folder.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<_> = entries
        .map(|entry| entry.expect("an entry of a folder"))
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).expect("a file")))
        .collect();
    files.sort();
    files
}

fn seeds(target: &Target) -> Vec<(String, Vec<u8>)> {
    let mut seeds: Vec<_> = (target.seeds)().into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).collect();
    seeds.sort();
    seeds
}

/// Cut, or with bits flipped and bytes set here and there.
fn changed(bytes: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let place = |chance: &mut Chance, len: usize| usize::try_from(chance.below(len as u64)).expect("a place");
    if chance.percent(25) {
        bytes.truncate(place(chance, bytes.len()));
        return bytes;
    }
    for _ in 0..=chance.below(4) {
        let at = place(chance, bytes.len());
        let new = u8::try_from(chance.below(256)).expect("a byte");
        let flips = chance.percent(50);
        if let Some(byte) = bytes.get_mut(at) {
            *byte = if flips { *byte ^ 1 << (new % 8) } else { new };
        }
    }
    bytes
}

/// Runs one target over everything; the inputs' names come with a failure.
fn holds(name: &str) {
    let target = TARGETS.iter().find(|target| target.name == name).expect("a target of that name");
    let inputs = [files(&folder("seeds", name)), files(&folder("corpus", name))].concat();
    assert!(!inputs.is_empty(), "{name} has no inputs");
    for (file, bytes) in &inputs {
        println!("{name}: {file}");
        (target.run)(bytes);
    }
    let mut chance = Chance::new(1);
    for number in 0..target.changed {
        let (file, bytes) = &inputs[usize::try_from(chance.below(inputs.len() as u64)).expect("an index")];
        let bytes = changed(bytes, &mut chance);
        println!("{name}: change {number} of {file}");
        (target.run)(&bytes);
    }
}

/// One test for each target, so that they run beside each other.
macro_rules! targets {
    ($($name:ident)*) => {
        $(#[test] fn $name() { holds(stringify!($name)); })*

        #[test]
        fn every_target_is_run_here_and_is_a_program_of_cargo_fuzz() {
            let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
            assert_eq!(names, [$(stringify!($name)),*]);
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cargo-fuzz");
            let manifest = fs::read_to_string(folder.join("Cargo.toml")).expect("a manifest");
            for name in names {
                let program = fs::read_to_string(folder.join(format!("fuzz_targets/{name}.rs"))).expect("a program");
                assert!(program.contains(&format!("waymark_fuzz::{name}::run(bytes)")), "{name}");
                assert!(manifest.contains(&format!("[[bin]]\nname = \"{name}\"\n")), "{name}");
            }
            assert_eq!(manifest.matches("[[bin]]").count(), TARGETS.len());
        }
    };
}

targets! {
    wire record sealed content attachment signed proof invitation study api vault certificate export transcript desk server phone
}

#[test]
fn seeds_are_those_that_the_targets_make() {
    for target in TARGETS {
        let (folder, made) = (folder("seeds", target.name), seeds(target));
        if std::env::var_os("WAYMARK_REGENERATE").is_some() {
            let _ = fs::remove_dir_all(&folder);
            fs::create_dir_all(&folder).expect("a folder for the seeds");
            made.iter().for_each(|(name, bytes)| fs::write(folder.join(name), bytes).expect("a seed is written"));
        }
        let same = files(&folder) == made;
        assert!(
            same,
            "the seeds of {} are not up to date: run WAYMARK_REGENERATE=1 cargo test -p waymark-fuzz --test corpus seeds",
            target.name
        );
    }
}

#[test]
fn what_is_kept_stays_small() {
    let all: Vec<_> = TARGETS
        .iter()
        .flat_map(|target| [files(&folder("seeds", target.name)), files(&folder("corpus", target.name))].concat())
        .collect();
    assert!(all.iter().all(|(_, bytes)| bytes.len() <= LONGEST));
    assert!(all.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() < 1024 * 1024, "more than 1 MiB of inputs");
}
