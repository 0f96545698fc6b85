//! Who depends on whom, as `cargo metadata` tells it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::failure::Failure;
use crate::{log, repo};

/// Which dependencies are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kinds {
    /// Those that end up in a program or build it.
    Built,
    /// Those of tests alone.
    Tests,
}

/// The resolved dependencies of the workspace, on every platform.
#[derive(Debug, Default)]
pub struct Tree {
    /// Name by package id.
    names: BTreeMap<String, String>,
    /// Ids of our own packages, with their manifests.
    members: BTreeMap<String, PathBuf>,
    built: BTreeMap<String, BTreeSet<String>>,
    tests: BTreeMap<String, BTreeSet<String>>,
}

impl Tree {
    /// Asks Cargo.
    pub fn read() -> Result<Self, Failure> {
        let mut command = Command::new("cargo");
        command.args(["metadata", "--format-version", "1"]).current_dir(repo::root());
        log::forget_this_package(&mut command);
        let output = command.output().map_err(|error| Failure::system("cargo does not start", error))?;
        if !output.status.success() {
            return Err(Failure::because(String::from_utf8_lossy(&output.stderr)));
        }
        let json = serde_json::from_slice(&output.stdout).map_err(|error| Failure::system("cargo metadata", error))?;
        Self::parse(&json).ok_or_else(|| Failure::because("`cargo metadata` has another shape than version 1."))
    }

    /// Reads format version 1.
    pub fn parse(json: &Value) -> Option<Self> {
        let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        let mut tree = Self::default();
        let mut manifests = BTreeMap::new();
        for package in json.get("packages")?.as_array()? {
            let id = text(package, "id")?;
            tree.names.insert(id.clone(), text(package, "name")?);
            manifests.insert(id, PathBuf::from(text(package, "manifest_path")?));
        }
        for member in json.get("workspace_members")?.as_array()? {
            let id = member.as_str()?.to_owned();
            let manifest = manifests.get(&id)?.clone();
            tree.members.insert(id, manifest);
        }
        for node in json.get("resolve")?.get("nodes")?.as_array()? {
            let id = text(node, "id")?;
            for dependency in node.get("deps")?.as_array()? {
                let to = text(dependency, "pkg")?;
                for kind in dependency.get("dep_kinds")?.as_array()? {
                    let edges = match kind.get("kind")?.as_str() {
                        Some("dev") => &mut tree.tests,
                        _ => &mut tree.built,
                    };
                    edges.entry(id.clone()).or_default().insert(to.clone());
                }
            }
        }
        Some(tree)
    }

    /// Names of our own packages.
    pub fn members(&self) -> impl Iterator<Item = &str> {
        self.members.keys().map(|id| self.name(id))
    }

    /// Our own packages' manifests.
    pub fn manifests(&self) -> impl Iterator<Item = (&str, &PathBuf)> {
        self.members.iter().map(|(id, manifest)| (self.name(id), manifest))
    }

    /// Which of our own packages one of them names.
    pub fn knows(&self, member: &str, kinds: Kinds) -> BTreeSet<&str> {
        let edges = match kinds {
            Kinds::Built => &self.built,
            Kinds::Tests => &self.tests,
        };
        let ids = edges.get(self.id(member)).into_iter().flatten();
        ids.filter(|id| self.members.contains_key(*id)).map(|id| self.name(id)).collect()
    }

    /// The way by which one of our packages comes to contain a package, if it does.
    pub fn way(&self, member: &str, to: &str) -> Option<Vec<&str>> {
        let start = self.id(member);
        let mut came_from: BTreeMap<&str, &str> = BTreeMap::new();
        let mut open = vec![start];
        while let Some(id) = open.pop() {
            if id != start && self.name(id) == to {
                let mut way = vec![self.name(id)];
                let mut at = id;
                while let Some(before) = came_from.get(at) {
                    way.insert(0, self.name(before));
                    at = before;
                }
                return Some(way);
            }
            for next in self.built.get(id).into_iter().flatten() {
                if next != start && !came_from.contains_key(next.as_str()) {
                    came_from.insert(next, id);
                    open.push(next);
                }
            }
        }
        None
    }

    fn name(&self, id: &str) -> &str {
        self.names.get(id).map_or("", String::as_str)
    }

    fn id(&self, member: &str) -> &str {
        self.members.keys().find(|id| self.name(id) == member).map_or("", String::as_str)
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A tree from `from → to` lines; a package whose name starts with `waymark` is ours. `~>` is a test's dependency.
    pub fn tree(edges: &[&str]) -> Tree {
        let mut tree = Tree::default();
        let add = |tree: &mut Tree, name: &str| {
            tree.names.insert(format!("id:{name}"), name.to_owned());
            if name.starts_with("waymark") {
                tree.members.insert(format!("id:{name}"), PathBuf::new());
            }
        };
        for edge in edges {
            let (from, to, tests) = match edge.split_once(" ~> ") {
                Some((from, to)) => (from, to, true),
                None => edge.split_once(" -> ").map(|(from, to)| (from, to, false)).expect("an edge"),
            };
            add(&mut tree, from);
            add(&mut tree, to);
            let edges = if tests { &mut tree.tests } else { &mut tree.built };
            edges.entry(format!("id:{from}")).or_default().insert(format!("id:{to}"));
        }
        tree
    }

    fn metadata() -> Value {
        serde_json::json!({
            "packages": [
                {"id": "a#1", "name": "a", "manifest_path": "/a/Cargo.toml"},
                {"id": "b#1", "name": "b", "manifest_path": "/b/Cargo.toml"},
                {"id": "c#1", "name": "c", "manifest_path": "/c/Cargo.toml"},
            ],
            "workspace_members": ["a#1", "b#1"],
            "resolve": {"nodes": [
                {"id": "a#1", "deps": [
                    {"pkg": "b#1", "dep_kinds": [{"kind": "dev", "target": null}]},
                    {"pkg": "c#1", "dep_kinds": [{"kind": null, "target": null}, {"kind": "dev", "target": null}]},
                ]},
                {"id": "b#1", "deps": [{"pkg": "c#1", "dep_kinds": [{"kind": "build", "target": null}]}]},
                {"id": "c#1", "deps": []},
            ]},
        })
    }

    #[test]
    fn cargo_s_metadata_is_understood() {
        let tree = Tree::parse(&metadata()).expect("format version 1");
        assert_eq!(tree.members().collect::<Vec<_>>(), ["a", "b"]);
        assert!(tree.knows("a", Kinds::Built).is_empty(), "b is a test's dependency only");
        assert_eq!(tree.knows("a", Kinds::Tests).into_iter().collect::<Vec<_>>(), ["b"]);
        assert_eq!(tree.way("b", "c"), Some(vec!["b", "c"]), "a build dependency counts");
        assert_eq!(tree.way("a", "b"), None);
    }

    #[test]
    fn another_shape_is_refused() {
        let mut json = metadata();
        json["resolve"] = Value::Null;
        assert!(Tree::parse(&json).is_none());
    }

    #[test]
    fn a_way_leads_through_others() {
        let tree = tree(&["waymark-a -> x", "x -> y", "y -> x", "y -> z"]);
        assert_eq!(tree.way("waymark-a", "z"), Some(vec!["waymark-a", "x", "y", "z"]));
        assert_eq!(tree.way("waymark-a", "elsewhere"), None);
    }
}
