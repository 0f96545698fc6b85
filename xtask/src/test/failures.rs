//! What `cargo test` said about the tests that failed, out of a log in which most went well.

/// At most so many lines are shown; the log has the rest.
const MOST: usize = 200;

/// For each test binary what stands between its first line `failures:` and its result: what the tests printed, and their names.
pub fn of_cargo(output: &str) -> String {
    let mut found = Vec::new();
    let mut inside = false;
    for line in output.lines() {
        inside = (inside || line.trim() == "failures:") && !line.trim_start().starts_with("test result:");
        if inside {
            found.push(line);
        }
    }
    if found.len() > MOST {
        found.truncate(MOST);
        found.push("… (the log has the rest)");
    }
    found.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_failing_tests_said_is_shown_and_nothing_of_the_others() {
        let output = "test a ... ok\ntest b ... FAILED\n\nfailures:\n\n---- b stdout ----\nit rained\n\n\
            failures:\n    b\n\ntest result: FAILED. 1 passed; 1 failed;\n\ntest c ... ok\n\
            test result: ok. 1 passed; 0 failed;\n";
        let shown = of_cargo(output);
        assert!(shown.contains("it rained") && shown.ends_with("    b\n"), "{shown}");
        assert!(!shown.contains(" ok"), "{shown}");
    }

    #[test]
    fn of_very_much_the_beginning_is_shown() {
        let shown = of_cargo(&format!("failures:\n{}", "line\n".repeat(1000)));
        assert_eq!(shown.lines().count(), MOST + 1);
    }

    #[test]
    fn where_nothing_failed_nothing_is_shown() {
        assert_eq!(of_cargo("test a ... ok\ntest result: ok. 1 passed; 0 failed;"), "");
    }
}
