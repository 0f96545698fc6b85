//! What libFuzzer says of its run.

/// Numbers of one log, in which a target may have run several times.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Said {
    /// How many inputs were run, all runs together.
    pub runs: u64,
    /// How many edges between pieces of code were reached by the last one.
    pub edges: u64,
}

impl Said {
    /// Reads `stat::number_of_executed_units: 8192` and `#8192 DONE cov: 300 ft: 900 …`; where a run failed, the last that it said before.
    pub fn of(log: &str) -> Self {
        let number = |text: &str| text.split_whitespace().next().and_then(|word| word.parse::<u64>().ok());
        let mut said = Self::default();
        for line in log.lines() {
            if let Some(runs) = line.strip_prefix("stat::number_of_executed_units:").and_then(number) {
                said.runs += runs;
            }
            if let Some(edges) = line.split_once(" cov: ").and_then(|(_, rest)| number(rest)) {
                said.edges = edges;
            }
        }
        said
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_added_and_the_last_coverage_counts() {
        let log = "#2\tINITED cov: 12 ft: 13 corp: 1/1b exec/s: 0 rss: 30Mb\n\
            #900\tDONE   cov: 80 ft: 90 corp: 9/1Kb\nstat::number_of_executed_units: 900\n\
            #7\tINITED cov: 80 ft: 91\n#100\tNEW    cov: 81 ft: 95 corp: 10/1Kb\nstat::number_of_executed_units: 100\n";
        assert_eq!(Said::of(log), Said { runs: 1000, edges: 81 });
    }

    #[test]
    fn a_log_without_numbers_says_nothing() {
        assert_eq!(Said::of("thread panicked at cov"), Said::default());
    }
}
