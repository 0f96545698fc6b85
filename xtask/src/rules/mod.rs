//! The house's rules that no compiler checks: who may know whom, and what may not be in the tree or in a file.

mod files;
mod knowing;
mod manifests;
mod metadata;

use crate::failure::Failure;

/// How the rules stand.
pub struct Report {
    /// How many rules hold.
    pub held: u64,
    /// One sentence for each breach.
    pub broken: Vec<String>,
}

/// Checks every rule over the repository as it lies there.
pub fn check() -> Result<Report, Failure> {
    let tree = metadata::Tree::read()?;
    let files = files::Files::read()?;
    let rules = [
        knowing::strangers(&tree),
        knowing::never_meet(&tree),
        knowing::not_in_the_tree(&tree),
        manifests::lints_are_inherited(&tree),
        manifests::only_the_simulation_simulates(&tree),
        files.imports_of_the_shell(),
        files.the_diary_in_the_desk(),
        files.machine_paths(),
        files.foreign_packages(),
        files.tests_that_are_not_there(),
    ];
    let held = rules.iter().filter(|breaches| breaches.is_empty()).count() as u64;
    Ok(Report { held, broken: rules.concat() })
}
