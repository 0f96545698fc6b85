//! A program's calls happen again, to the disk of a recording.

use std::collections::HashMap;
use std::path::Path;

use super::{Change, Disk, Node, ROOT, Renaming, Span, Tree, index};
use crate::power::strace::Call;

/// Bytes that went to others: a terminal, a pipe, a socket.
pub struct Output {
    pub span: Span,
    pub number: i64,
    pub bytes: Vec<u8>,
}

/// An open file: which, and the place at which it is written on.
#[derive(Clone, Copy)]
struct Open {
    node: usize,
    at: u64,
    appends: bool,
}

impl Disk {
    /// Lets a program's calls happen; what it sent to others.
    ///
    /// # Panics
    ///
    /// When the folder is not then as the program left it: something was not understood.
    pub fn replay(&mut self, calls: &[Call]) -> Vec<Output> {
        let mut open: HashMap<i64, Open> = HashMap::new();
        let mut outputs = Vec::new();
        let mut ordered: Vec<&Call> = calls.iter().collect();
        // A number is free again while its file is still being closed.
        ordered.sort_by_key(|call| if call.name == "close" { call.began } else { call.ended });
        for call in ordered {
            outputs.extend(self.happens(call, &mut open));
        }
        self.assert_is_as_left();
        outputs
    }

    fn happens(&mut self, call: &Call, open: &mut HashMap<i64, Open>) -> Option<Output> {
        let span = Span { began: call.began, ended: call.ended };
        match call.name.as_str() {
            "open" => self.opened(call, 0, open),
            "openat" => self.opened(call, 1, open),
            "close" => drop(open.remove(&call.number(0))),
            "dup" | "dup2" | "dup3" => drop(duplicate(call, open)),
            "fcntl" if call.arguments[1].starts_with("F_DUPFD") => drop(duplicate(call, open)),
            "fcntl" => {}
            "lseek" => {
                if let Some(open) = open.get_mut(&call.number(0)) {
                    open.at = call.result.cast_unsigned();
                }
            }
            "mmap" => {
                if call.has(3, "MAP_SHARED")
                    && call.has(2, "PROT_WRITE")
                    && let Some(open) = open.get(&call.number(4))
                {
                    let path = call.behind(4).expect("an open file has a path");
                    assert!(path.to_string_lossy().ends_with("-shm"), "written through memory: {}", path.display());
                    self.nodes[open.node].is_mapped = true;
                }
            }
            "write" | "writev" => match open.get_mut(&call.number(0)) {
                Some(open) => {
                    let bytes = call.taken(1);
                    let at = if open.appends { self.nodes[open.node].now.len() as u64 } else { open.at };
                    open.at = at + bytes.len() as u64;
                    self.change(open.node, span, Change::Write { at, bytes });
                }
                None => return Some(Output { span, number: call.number(0), bytes: call.taken(1) }),
            },
            "sendto" | "sendmsg" => return Some(Output { span, number: call.number(0), bytes: call.taken(1) }),
            "pwrite64" | "pwritev" | "pwritev2" => {
                if let Some(open) = open.get(&call.number(0)) {
                    self.change(
                        open.node,
                        span,
                        Change::Write { at: call.number(3).cast_unsigned(), bytes: call.taken(1) },
                    );
                }
            }
            "copy_file_range" if open.contains_key(&call.number(0)) && open.contains_key(&call.number(2)) => {
                assert!(call.arguments[1] == "NULL" && call.arguments[3] == "NULL", "copied from where both are");
                let (from, to) = (open[&call.number(0)], open[&call.number(2)]);
                let length = call.result.cast_unsigned();
                let bytes = self.nodes[from.node].now[index(from.at)..index(from.at + length)].to_vec();
                self.change(to.node, span, Change::Write { at: to.at, bytes });
                for (number, moved) in [(call.number(0), from), (call.number(2), to)] {
                    open.insert(number, Open { at: moved.at + length, ..moved });
                }
            }
            "ftruncate" => {
                if let Some(open) = open.get(&call.number(0)) {
                    self.change(open.node, span, Change::Length(call.number(1).cast_unsigned()));
                }
            }
            "fallocate" => {
                if let Some(open) = open.get(&call.number(0)) {
                    assert_eq!(call.arguments[1], "0", "only for more room");
                    let length = (call.number(2) + call.number(3)).cast_unsigned();
                    if length > self.nodes[open.node].now.len() as u64 {
                        self.change(open.node, span, Change::Length(length));
                    }
                }
            }
            "fsync" | "fdatasync" => {
                if let Some(open) = open.get(&call.number(0)) {
                    self.nodes[open.node].syncs.push(span);
                }
            }
            "mkdir" => self.made(&call.path(0), span),
            "mkdirat" => self.made(&call.path(1), span),
            "unlink" | "rmdir" => self.renamed(Some(&call.path(0)), None, span),
            "unlinkat" => self.renamed(Some(&call.path(1)), None, span),
            "rename" => self.renamed(Some(&call.path(0)), Some(&call.path(1)), span),
            "renameat" | "renameat2" => self.renamed(Some(&call.path(1)), Some(&call.path(3)), span),
            "link" => self.linked(&call.path(0), &call.path(1), span),
            "linkat" => self.linked(&call.path(1), &call.path(3), span),
            // Whichever file this is about: nothing here has been taught what it does.
            other => assert!(!self.concerns(call), "no program was expected to call {other}: {:?}", call.arguments),
        }
        None
    }

    fn concerns(&self, call: &Call) -> bool {
        call.name.starts_with("sync")
            || (0..call.arguments.len()).any(|at| call.behind(at).is_some_and(|path| path.starts_with(&self.root)))
    }

    fn opened(&mut self, call: &Call, path_at: usize, open: &mut HashMap<i64, Open>) {
        let path = call.path(path_at);
        open.remove(&call.result);
        if !path.starts_with(&self.root) {
            return;
        }
        let span = Span { began: call.began, ended: call.ended };
        let node = self.find(&path).unwrap_or_else(|| {
            assert!(call.has(path_at + 1, "O_CREAT"), "{} was opened and is not known", path.display());
            self.nodes.push(Node::default());
            let node = self.nodes.len() - 1;
            let (folder, name) = self.place(&path);
            self.rename(Renaming { span, gone: None, come: Some((folder, name, node)) });
            node
        });
        if call.has(path_at + 1, "O_TRUNC") {
            self.change(node, span, Change::Length(0));
        }
        open.insert(call.result, Open { node, at: 0, appends: call.has(path_at + 1, "O_APPEND") });
    }

    fn made(&mut self, path: &Path, span: Span) {
        if path.starts_with(&self.root) {
            self.nodes.push(Node { is_folder: true, ..Node::default() });
            let (folder, name) = self.place(path);
            self.rename(Renaming { span, gone: None, come: Some((folder, name, self.nodes.len() - 1)) });
        }
    }

    fn renamed(&mut self, from: Option<&Path>, to: Option<&Path>, span: Span) {
        let inside = |path: Option<&Path>| path.is_some_and(|path| path.starts_with(&self.root));
        if inside(from) || inside(to) {
            let from = from.expect("it had a name");
            let node = self.find(from).unwrap_or_else(|| panic!("{} was not known", from.display()));
            let come = to.map(|to| self.place(to)).map(|(folder, name)| (folder, name, node));
            self.rename(Renaming { span, gone: Some(self.place(from)), come });
        }
    }

    fn linked(&mut self, from: &Path, to: &Path, span: Span) {
        if to.starts_with(&self.root) {
            let node = self.find(from).unwrap_or_else(|| panic!("{} was not known", from.display()));
            let (folder, name) = self.place(to);
            self.rename(Renaming { span, gone: None, come: Some((folder, name, node)) });
        }
    }

    fn assert_is_as_left(&self) {
        let mut tree = Tree::new();
        self.collect(
            ROOT,
            Path::new(""),
            &|folder| self.nodes[folder].names.clone(),
            &mut |node| self.nodes[node].now.clone(),
            &mut tree,
        );
        let found = Self::of(&self.root);
        let mut left = Tree::new();
        found.collect(
            ROOT,
            Path::new(""),
            &|folder| found.nodes[folder].names.clone(),
            &mut |node| found.nodes[node].now.clone(),
            &mut left,
        );
        assert!(tree.keys().eq(left.keys()), "replayed {:?}, left {:?}", tree.keys(), left.keys());
        for (path, bytes) in &tree {
            let mapped = self.find(&self.root.join(path)).is_some_and(|node| self.nodes[node].is_mapped);
            assert!(mapped || left[path] == *bytes, "{} is not as the program left it", path.display());
        }
    }
}

fn duplicate(call: &Call, open: &mut HashMap<i64, Open>) -> Option<Open> {
    match open.get(&call.number(0)).copied() {
        Some(same) => open.insert(call.result, same),
        None => open.remove(&call.result),
    }
}
