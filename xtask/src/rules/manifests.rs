//! What must stand in a package's manifest, and what must not: every package of ours takes the workspace's lints, so `unsafe` is
//! forbidden everywhere; and none but the simulation, and what fuzzes with it, takes the cost out of locks.

use std::fs;

use super::metadata::Tree;

/// Packages that do not.
pub fn lints_are_inherited(tree: &Tree) -> Vec<String> {
    let breach = |(name, manifest): (&str, &std::path::PathBuf)| {
        let text = fs::read_to_string(manifest).unwrap_or_default();
        (!inherits(&text)).then(|| format!("{name} does not take the workspace's lints: `[lints] workspace = true`."))
    };
    tree.manifests().filter_map(breach).collect()
}

/// The packages that may ask for what `waymark_vault::simulation` takes away: tests, which no program contains.
const SIMULATE: [&str; 2] = ["waymark-simulation", "waymark-fuzz"];

/// Packages that ask for it and may not.
pub fn only_the_simulation_simulates(tree: &Tree) -> Vec<String> {
    let breach = |(name, manifest): (&str, &std::path::PathBuf)| {
        let text = fs::read_to_string(manifest).unwrap_or_default();
        (!SIMULATE.contains(&name) && simulates(&text))
            .then(|| format!("{name} asks for the feature `simulation`: that is for {} alone.", SIMULATE.join(" and ")))
    };
    tree.manifests().filter_map(breach).collect()
}

/// Whether a manifest asks for a vault whose locks can be made quick.
fn simulates(manifest: &str) -> bool {
    manifest.contains("\"simulation\"") || manifest.contains("waymark-vault/simulation")
}

/// Whether a manifest has the table `[lints]` with `workspace = true` in it.
fn inherits(manifest: &str) -> bool {
    let mut lines = manifest.lines().map(str::trim).skip_while(|line| *line != "[lints]").skip(1);
    lines.by_ref().take_while(|line| !line.starts_with('[')).any(|line| line.replace(' ', "") == "workspace=true")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_asks_for_quick_locks_is_found() {
        assert!(simulates("waymark-vault = { workspace = true, features = [\"simulation\"] }"));
        assert!(simulates("[features]\nfast = [\"waymark-vault/simulation\"]"));
        assert!(!simulates("[features]\nsimulation = []\n\n[workspace]\nmembers = [\"tests/simulation\"]"));
    }

    #[test]
    fn only_the_lints_table_counts() {
        assert!(inherits("[package]\nname = \"a\"\n\n[lints]\nworkspace = true\n"));
        assert!(!inherits("[package]\nname = \"a\"\n"));
        assert!(!inherits("[lints]\n[dependencies]\nworkspace = true\n"));
        assert!(!inherits("[lints.rust]\nunsafe_code = \"warn\"\n"));
    }
}
