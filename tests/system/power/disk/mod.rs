//! A disk as a recording leaves it, and as it may be after a power cut.
//!
//! | what the program has done | what is there after a cut |
//! |---|---|
//! | written, and then synced the file | it, byte for byte |
//! | written, and not synced yet | of each write and each change of length, whatever chance says: nothing, all, some sectors of 512 bytes, or the new length alone, with zeros in it |
//! | made, renamed or removed a name, and then synced the folder | it |
//! | the same, and not synced the folder yet | of each change, it or nothing; a rename is one change |
//!
//! Changes that are not synced do not wait for each other: a later one may be there and an earlier one not, of one file and of several. That is
//! stricter than the file systems of phones and servers are with names. On ext4, XFS, btrfs and F2FS a synced new file has its name too, and
//! names come in order. The programs are held to what POSIX promises instead: so much is kept by every file system, and a folder that is synced
//! costs next to nothing. SQLite asks for no more: it syncs the folder of a new journal or log with the first sync of that file.
//! What is left out on purpose: bytes beside those that were written do not change (SQLite calls this powersafe overwrite), and what was
//! synced stays.
//!
//! What a program writes through memory cannot be recorded. One such file is allowed, SQLite's `-shm`, which says nothing after a crash: it
//! gets noise.

mod replay;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

pub use self::replay::Output;
use crate::chance::Chance;

/// The lines of a recording between which something was under way.
#[derive(Debug, Clone, Copy)]
pub struct Span {
    pub began: usize,
    pub ended: usize,
}

/// What a power cut does to what is not synced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// All of it is gone.
    Everything,
    /// All of it is there.
    Nothing,
    /// The names are there, what was written is not.
    Bytes,
    /// What was written is there, the names are not.
    Names,
    /// Of each change what chance says.
    Chance,
}

/// All of them.
pub const LOSSES: [Loss; 5] = [Loss::Everything, Loss::Chance, Loss::Bytes, Loss::Names, Loss::Nothing];

const SECTOR: u64 = 512;
const ROOT: usize = 0;
/// What a file that is written through memory has after a cut.
const NOISE: usize = 32 * 1024;

enum Change {
    Write { at: u64, bytes: Vec<u8> },
    Length(u64),
}

/// A file or a folder, whatever its names.
#[derive(Default)]
struct Node {
    is_folder: bool,
    /// What was in it when the recording began, and is in it now; of a folder, its names.
    first: Vec<u8>,
    now: Vec<u8>,
    first_names: BTreeMap<OsString, usize>,
    names: BTreeMap<OsString, usize>,
    changes: Vec<(Span, Change)>,
    syncs: Vec<Span>,
    is_mapped: bool,
}

/// Names that go and a name that comes, at once.
struct Renaming {
    span: Span,
    gone: Option<(usize, OsString)>,
    come: Option<(usize, OsString, usize)>,
}

/// A folder and everything in it, from before a recording on.
pub struct Disk {
    root: PathBuf,
    nodes: Vec<Node>,
    renamings: Vec<Renaming>,
}

/// Folders and, with their bytes, files; by their paths in the disk's folder.
pub type Tree = BTreeMap<PathBuf, Option<Vec<u8>>>;

impl Disk {
    /// The folder as it is now, all of it synced.
    pub fn of(root: &Path) -> Self {
        let mut disk = Self { root: root.to_owned(), nodes: Vec::new(), renamings: Vec::new() };
        disk.take(root);
        disk
    }

    fn take(&mut self, path: &Path) -> usize {
        let number = self.nodes.len();
        self.nodes.push(Node { is_folder: path.is_dir(), ..Node::default() });
        if path.is_dir() {
            let entries = fs::read_dir(path).expect("the folder can be read");
            let names: BTreeMap<_, _> =
                entries.flatten().map(|entry| (entry.file_name(), self.take(&entry.path()))).collect();
            self.nodes[number].first_names.clone_from(&names);
            self.nodes[number].names = names;
        } else {
            let bytes = fs::read(path).expect("the file can be read");
            self.nodes[number].first.clone_from(&bytes);
            self.nodes[number].now = bytes;
        }
        number
    }

    fn rename(&mut self, renaming: Renaming) {
        if let Some((folder, name)) = &renaming.gone {
            self.nodes[*folder].names.remove(name);
        }
        if let Some((folder, name, node)) = &renaming.come {
            self.nodes[*folder].names.insert(name.clone(), *node);
        }
        self.renamings.push(renaming);
    }

    fn change(&mut self, node: usize, span: Span, change: Change) {
        apply(&mut self.nodes[node].now, &change, |_| true);
        self.nodes[node].changes.push((span, change));
    }

    fn find(&self, path: &Path) -> Option<usize> {
        let inside = path.strip_prefix(&self.root).ok()?;
        inside.components().try_fold(ROOT, |node, name| self.nodes[node].names.get(name.as_os_str()).copied())
    }

    /// The folder of a path, and its name there.
    fn place(&self, path: &Path) -> (usize, OsString) {
        let folder = path.parent().and_then(|folder| self.find(folder));
        let folder = folder.unwrap_or_else(|| panic!("the folder of {} is not known", path.display()));
        (folder, path.file_name().expect("a path has a name").to_owned())
    }

    /// The lines at which something began or ended that changes the disk, in order.
    pub fn moments(&self) -> Vec<usize> {
        let nodes = self.nodes.iter().flat_map(|node| node.changes.iter().map(|(span, _)| span).chain(&node.syncs));
        let spans = nodes.chain(self.renamings.iter().map(|renaming| &renaming.span));
        let mut moments: Vec<usize> = spans.flat_map(|span| [span.began + 1, span.ended + 1]).collect();
        moments.sort_unstable();
        moments.dedup();
        moments
    }

    /// What may be there when the power goes before the line `cut` was written.
    pub fn after_cut(&self, cut: usize, loss: Loss, chance: &mut Chance) -> Tree {
        let mut names: Vec<_> = self.nodes.iter().map(|node| node.first_names.clone()).collect();
        for Renaming { span, gone, come } in self.renamings.iter().filter(|renaming| renaming.span.began < cut) {
            let mut folders = gone.iter().map(|(folder, _)| folder).chain(come.iter().map(|(folder, ..)| folder));
            let kept = folders.all(|folder| self.is_synced(*folder, *span, cut))
                || match loss {
                    Loss::Everything | Loss::Names => false,
                    Loss::Nothing | Loss::Bytes => true,
                    Loss::Chance => chance.one_in(2),
                };
            if !kept {
                continue;
            }
            if let Some((folder, name)) = gone {
                names[*folder].remove(name);
            }
            if let Some((folder, name, node)) = come {
                names[*folder].insert(name.clone(), *node);
            }
        }
        let mut tree = Tree::new();
        let mut bytes = |node| self.bytes_after(node, cut, loss, chance);
        self.collect(ROOT, Path::new(""), &|folder| names[folder].clone(), &mut bytes, &mut tree);
        tree
    }

    fn bytes_after(&self, number: usize, cut: usize, loss: Loss, chance: &mut Chance) -> Vec<u8> {
        let node = &self.nodes[number];
        if node.is_mapped {
            return chance.bytes(NOISE);
        }
        let mut bytes = node.first.clone();
        for (span, change) in node.changes.iter().filter(|(span, _)| span.began < cut) {
            if self.is_synced(number, *span, cut) {
                apply(&mut bytes, change, |_| true);
                continue;
            }
            match loss {
                Loss::Everything | Loss::Bytes => {}
                Loss::Nothing | Loss::Names => apply(&mut bytes, change, |_| true),
                Loss::Chance => match chance.below(4) {
                    0 => {}
                    1 => apply(&mut bytes, change, |_| true),
                    2 => apply(&mut bytes, change, |_| chance.one_in(2)),
                    _ => apply(&mut bytes, change, |_| false),
                },
            }
        }
        bytes
    }

    /// Whether a sync that began after a change has ended before the cut.
    fn is_synced(&self, node: usize, change: Span, cut: usize) -> bool {
        self.nodes[node].syncs.iter().any(|sync| sync.began > change.ended && sync.ended < cut)
    }

    fn collect(
        &self,
        node: usize,
        path: &Path,
        names: &dyn Fn(usize) -> BTreeMap<OsString, usize>,
        bytes: &mut dyn FnMut(usize) -> Vec<u8>,
        tree: &mut Tree,
    ) {
        for (name, node) in names(node) {
            let path = path.join(name);
            if self.nodes[node].is_folder {
                tree.insert(path.clone(), None);
                self.collect(node, &path, names, bytes, tree);
            } else {
                tree.insert(path, Some(bytes(node)));
            }
        }
    }
}

fn index(at: u64) -> usize {
    usize::try_from(at).expect("files of tests are small")
}

/// A change as far as it got: `has` says which sectors. The length changes in any case.
fn apply(bytes: &mut Vec<u8>, change: &Change, mut has: impl FnMut(u64) -> bool) {
    match change {
        Change::Length(length) => bytes.resize(index(*length), 0),
        Change::Write { at, bytes: written } => {
            let end = at + written.len() as u64;
            if bytes.len() < index(end) {
                bytes.resize(index(end), 0);
            }
            for sector in at / SECTOR..end.div_ceil(SECTOR) {
                if has(sector) {
                    let (from, to) = ((sector * SECTOR).max(*at), ((sector + 1) * SECTOR).min(end));
                    bytes[index(from)..index(to)].copy_from_slice(&written[index(from - at)..index(to - at)]);
                }
            }
        }
    }
}

/// Writes a tree into a new folder.
pub fn write(tree: &Tree, folder: &Path) {
    fs::create_dir(folder).expect("the folder can be made");
    for (path, bytes) in tree {
        let path = folder.join(path);
        match bytes {
            None => fs::create_dir(path).expect("the folder can be made"),
            Some(bytes) => fs::write(path, bytes).expect("the file can be written"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::power::strace;

    const LENGTH: usize = 4096;

    /// `a` is replaced by a file that is written beside it, as a program would; `syncs` says after which of the three steps it syncs:
    /// the file after it is written, the folder after the rename.
    fn replaced(syncs: [bool; 2]) -> Disk {
        let folder = tempfile::tempdir().expect("a folder");
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("\\x{byte:02x}")).collect::<String>();
        let path = |name: &str| hex(folder.path().join(name).to_str().expect("a plain name").as_bytes());
        fs::write(folder.path().join("a"), [1; LENGTH]).expect("written");
        let mut disk = Disk::of(folder.path());
        fs::write(folder.path().join("a"), [2; LENGTH]).expect("written");
        let (new, old, root) = (path("b"), path("a"), path(""));
        let mut lines = vec![
            format!("7 openat(AT_FDCWD<{root}>, \"{new}\", O_WRONLY|O_CREAT, 0600) = 3<{new}>"),
            format!("7 write(3<{new}>, \"{}\", {LENGTH}) = {LENGTH}", hex(&[2; LENGTH])),
        ];
        if syncs[0] {
            lines.push(format!("7 fsync(3<{new}>) = 0"));
        }
        lines.push(format!("7 rename(\"{new}\", \"{old}\") = 0"));
        if syncs[1] {
            lines.push(format!("7 openat(AT_FDCWD<{root}>, \"{root}\", O_RDONLY) = 4<{root}>"));
            lines.push(format!("7 fsync(4<{root}>) = 0"));
        }
        disk.replay(&strace::read(&lines.join("\n"), 0));
        disk
    }

    /// What `a` may hold after a cut at the end.
    fn outcomes(disk: &Disk) -> Vec<Option<Vec<u8>>> {
        let cuts = LOSSES.into_iter().flat_map(|loss| (0..50).map(move |seed| (loss, seed)));
        let mut outcomes: Vec<_> = cuts
            .map(|(loss, seed)| {
                let tree = disk.after_cut(99, loss, &mut Chance::of(seed));
                tree.get(Path::new("a")).cloned().flatten()
            })
            .collect();
        outcomes.sort();
        outcomes.dedup();
        outcomes
    }

    #[test]
    fn what_was_synced_with_its_name_is_all_that_can_be_there() {
        assert_eq!(outcomes(&replaced([true, true])), [Some(vec![2; LENGTH])]);
    }

    #[test]
    fn a_rename_that_is_not_synced_leaves_the_old_file_or_the_new_one() {
        assert_eq!(outcomes(&replaced([true, false])), [Some(vec![1; LENGTH]), Some(vec![2; LENGTH])]);
    }

    #[test]
    fn a_file_that_is_not_synced_can_have_its_name_and_any_of_its_sectors() {
        let outcomes: Vec<Vec<u8>> = outcomes(&replaced([false, true])).into_iter().flatten().collect();
        assert!(
            outcomes.contains(&Vec::new())
                && outcomes.contains(&vec![0; LENGTH])
                && outcomes.contains(&vec![2; LENGTH])
        );
        let torn = outcomes.iter().filter(|bytes| bytes.contains(&0) && bytes.contains(&2));
        let mut sectors = torn.flat_map(|bytes| bytes.chunks(512));
        assert!(outcomes.len() > 10 && sectors.all(|sector| sector.iter().all(|byte| *byte == sector[0])));
    }
}
