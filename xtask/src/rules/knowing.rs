//! Who may know whom.
//!
//! A phone must build without a server's dependencies, the desk must be able to verify a diary without trusting code
//! that wrote it, and each program can be read, tested and replaced alone.

use super::metadata::{Kinds, Tree};

/// Each of our packages with those of ours that it may name. Packages of tests may see several.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("waymark-protocol", &[]),
    ("waymark-durable", &[]),
    ("waymark-hardening", &[]),
    ("waymark-cues", &[]),
    ("waymark-vault", &["waymark-durable"]),
    ("waymark-diary", &["waymark-cues", "waymark-durable", "waymark-page", "waymark-protocol", "waymark-vault"]),
    (
        "waymark-desk",
        &[
            "waymark-cues",
            // To show a study as phones show it, and in that folder alone: `files::the_diary_in_the_desk`.
            "waymark-diary",
            "waymark-durable",
            "waymark-hardening",
            "waymark-page",
            "waymark-page-host",
            "waymark-protocol",
            "waymark-vault",
        ],
    ),
    ("waymark-server", &["waymark-durable", "waymark-hardening", "waymark-protocol"]),
    ("waymark-pilot", &["waymark-diary", "waymark-hardening"]),
    ("waymark-page", &[]),
    ("waymark-page-host", &[]),
    ("waymark", &["waymark-diary", "waymark-hardening"]),
    ("waymark-browser-host", &["waymark-diary", "waymark-page-host"]),
    ("waymark-native", &[]),
    (
        "waymark-bench",
        &["waymark-cues", "waymark-protocol", "waymark-vault", "waymark-diary", "waymark-desk", "waymark-server"],
    ),
    ("waymark-simulation", &["waymark-protocol", "waymark-vault", "waymark-diary", "waymark-desk", "waymark-server"]),
    (
        "waymark-fuzz",
        &["waymark-protocol", "waymark-vault", "waymark-diary", "waymark-desk", "waymark-server", "waymark-simulation"],
    ),
    ("xtask", &[]),
];

/// The whole-system tests are the root package's, so its tests may see any of ours.
const TESTS_MAY_KNOW_ALL: &str = "waymark";

/// Pairs that must not meet in one program, however far apart, with the reason.
const NEVER_MEET: &[(&str, &str, &str)] = &[
    ("waymark-diary", "waymark-desk", "the diary must not hold a study's private side"),
    ("waymark-desk", "waymark-server", "the desk trusts nothing of the server"),
    ("waymark-server", "waymark-desk", "the server never opens a record"),
    ("waymark-diary", "waymark-server", "a phone builds without a server"),
    ("waymark-server", "waymark-diary", "the server never opens a record"),
    ("waymark-protocol", "tauri", "no crate knows the shell"),
    ("waymark-cues", "tauri", "no crate knows the shell"),
    ("waymark-vault", "tauri", "no crate knows the shell"),
    ("waymark-diary", "tauri", "no crate knows the shell"),
    ("waymark-server", "tauri", "no crate knows the shell"),
    ("waymark-desk", "tauri", "no crate knows the shell"),
    ("waymark-page", "tauri", "no crate knows the shell"),
    ("waymark-page-host", "tauri", "no crate knows the shell"),
    ("waymark-pilot", "tauri", "no crate knows the shell"),
];

/// Packages that nothing of ours may contain: one implementation of cryptography and one of TLS, in Rust where it can be.
const BANNED: &[&str] = &["aws-lc-rs", "aws-lc-sys", "openssl", "openssl-sys", "native-tls"];

/// Packages of ours that name one that they may not know, and packages without a rule.
pub fn strangers(tree: &Tree) -> Vec<String> {
    let mut breaches = Vec::new();
    for member in tree.members() {
        let Some((_, may_know)) = MAY_KNOW.iter().find(|(name, _)| *name == member) else {
            breaches.push(format!("{member} has no rule: say in xtask/src/rules/knowing.rs whom it may know."));
            continue;
        };
        let mut known = tree.knows(member, Kinds::Built);
        if member != TESTS_MAY_KNOW_ALL {
            known.extend(tree.knows(member, Kinds::Tests));
        }
        let strangers = known.into_iter().filter(|name| *name != member && !may_know.contains(name));
        breaches.extend(strangers.map(|stranger| format!("{member} may not know {stranger}.")));
    }
    breaches
}

/// Pairs that meet although they must not.
pub fn never_meet(tree: &Tree) -> Vec<String> {
    let breach = |(member, other, why): &(&str, &str, &str)| {
        let way = tree.way(member, other)?;
        Some(format!("{member} contains {other} ({}), but {why}.", way.join(" → ")))
    };
    NEVER_MEET.iter().filter_map(breach).collect()
}

/// Banned packages that one of ours contains.
pub fn not_in_the_tree(tree: &Tree) -> Vec<String> {
    let mut breaches = Vec::new();
    for member in tree.members() {
        for banned in BANNED {
            if let Some(way) = tree.way(member, banned) {
                breaches.push(format!("{banned} is banned: {}.", way.join(" → ")));
            }
        }
    }
    breaches
}

#[cfg(test)]
mod tests {
    use super::super::metadata::tests::tree;
    use super::*;

    #[test]
    fn the_house_as_it_is_drawn_holds() {
        let tree = tree(&[
            "waymark-diary -> waymark-protocol",
            "waymark-diary -> waymark-vault",
            "waymark-diary -> waymark-cues",
            "waymark-desk -> waymark-protocol",
            "waymark-desk -> waymark-vault",
            "waymark-server -> waymark-protocol",
            "waymark-pilot -> waymark-diary",
            "waymark -> waymark-diary",
            "waymark -> tauri",
            "waymark-protocol -> ring",
        ]);
        assert_eq!(strangers(&tree), Vec::<String>::new());
        assert_eq!(never_meet(&tree), Vec::<String>::new());
        assert_eq!(not_in_the_tree(&tree), Vec::<String>::new());
    }

    #[test]
    fn a_stranger_is_named() {
        let tree = tree(&["waymark-pilot -> waymark-server"]);
        assert_eq!(strangers(&tree), ["waymark-pilot may not know waymark-server."]);
    }

    #[test]
    fn the_cues_know_nobody() {
        assert_eq!(strangers(&tree(&["waymark-cues -> waymark-protocol"])).len(), 1);
    }

    #[test]
    fn a_crate_s_tests_do_not_know_strangers_either_but_the_whole_system_s_do() {
        assert_eq!(strangers(&tree(&["waymark-server ~> waymark-diary"])).len(), 1);
        assert!(strangers(&tree(&["waymark ~> waymark-desk"])).is_empty());
    }

    #[test]
    fn a_package_without_a_rule_is_named() {
        assert_eq!(strangers(&tree(&["waymark-new -> serde"])).len(), 1);
    }

    #[test]
    fn those_who_never_meet_are_found_however_far_apart() {
        let tree = tree(&["waymark-desk -> between", "between -> waymark-vault", "waymark-vault -> waymark-server"]);
        let breaches = never_meet(&tree);
        assert_eq!(breaches.len(), 1);
        assert!(breaches[0].contains("waymark-desk → between → waymark-vault → waymark-server"), "{breaches:?}");
    }

    #[test]
    fn a_crate_that_comes_to_contain_the_shell_is_found() {
        assert_eq!(never_meet(&tree(&["waymark-diary -> plugin", "plugin -> tauri"])).len(), 1);
    }

    #[test]
    fn banned_packages_are_found_deep_in_the_tree_but_not_in_tests_alone() {
        assert_eq!(not_in_the_tree(&tree(&["waymark-desk -> reqwest", "reqwest -> native-tls"])).len(), 1);
        assert!(not_in_the_tree(&tree(&["waymark-desk ~> native-tls"])).is_empty());
    }
}
