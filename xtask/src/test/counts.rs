//! How many tests passed and failed, read from the summaries that the runners print.

use std::ops::Add;

/// Tests that passed and tests that failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Those that passed.
    pub passed: u64,
    /// Those that failed.
    pub failed: u64,
}

impl Counts {
    /// One check.
    pub fn one(passed: bool) -> Self {
        Self { passed: u64::from(passed), failed: u64::from(!passed) }
    }

    /// Cargo's tests: `test result: ok. 3 passed; 0 failed; …`, once for each test binary.
    pub fn from_cargo(output: &str) -> Self {
        output
            .lines()
            .filter_map(|line| line.trim().strip_prefix("test result:"))
            .fold(Self::default(), |sum, line| sum + Self::before_words(line))
    }

    /// Vitest: `Tests  1 failed | 11 passed (12)`; files are counted on another line.
    pub fn from_vitest(output: &str) -> Self {
        output
            .lines()
            .filter_map(|line| line.trim().strip_prefix("Tests "))
            .fold(Self::default(), |sum, line| sum + Self::before_words(line))
    }

    /// Playwright: `12 passed (3.2s)`, `1 failed`, `1 flaky`, each on its own line. Flaky counts as failed.
    pub fn from_playwright(output: &str) -> Self {
        let mut sum = Self::default();
        for line in output.lines() {
            let mut words = line.split_whitespace();
            let (Some(count), Some(what)) = (words.next().and_then(|word| word.parse::<u64>().ok()), words.next())
            else {
                continue;
            };
            // After the word comes nothing, or the time in brackets.
            if words.next().is_some_and(|more| !more.starts_with('(')) {
                continue;
            }
            match what {
                "passed" => sum.passed += count,
                "failed" | "flaky" | "interrupted" => sum.failed += count,
                _ => {}
            }
        }
        sum
    }

    /// The numbers before the words `passed` and `failed`.
    fn before_words(line: &str) -> Self {
        let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let before = |name: &str| {
            words.windows(2).filter(|pair| pair[1] == name).filter_map(|pair| pair[0].parse::<u64>().ok()).sum()
        };
        Self { passed: before("passed"), failed: before("failed") }
    }
}

impl Add for Counts {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_s_test_binaries_are_added_up() {
        let output = "running 2 tests\ntest a ... ok\n\n\
            test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            test result: FAILED. 3 passed; 4 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n";
        assert_eq!(Counts::from_cargo(output), Counts { passed: 5, failed: 4 });
    }

    #[test]
    fn vitest_s_files_are_not_counted_as_tests() {
        let output = " Test Files  1 failed | 2 passed (3)\n      Tests  1 failed | 11 passed | 2 skipped (14)\n";
        assert_eq!(Counts::from_vitest(output), Counts { passed: 11, failed: 1 });
        assert_eq!(Counts::from_vitest("      Tests  12 passed (12)"), Counts { passed: 12, failed: 0 });
    }

    #[test]
    fn playwright_s_flaky_tests_count_as_failed() {
        let output =
            "  1 failed\n    [phone] › a.spec.ts:3:1 › 7 passed things\n  1 flaky\n  2 skipped\n  12 passed (3.2s)\n";
        assert_eq!(Counts::from_playwright(output), Counts { passed: 12, failed: 2 });
    }

    #[test]
    fn a_runner_that_said_nothing_counts_nothing() {
        assert_eq!(Counts::from_cargo("error: could not compile"), Counts::default());
        assert_eq!(Counts::from_vitest(""), Counts::default());
        assert_eq!(Counts::from_playwright("Running 12 tests using 2 workers"), Counts::default());
    }
}
