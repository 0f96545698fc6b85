//! The study file: what a researcher writes.

mod blocks;

use std::collections::BTreeSet;

use toml::de::DeTable;

use super::near::nearest;
use super::problem::{Faults, Problem, quoted};
use super::reader::{Block, Reader};
use super::{Plan, PromptKind, SpanRange, limits, rules};
use crate::invitation::JoinPage;

/// A study file that keeps all its rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StudyFile {
    /// The number of this version of the study, from 1.
    pub version: u32,
    /// What phones get to know.
    pub plan: Plan,
    /// When people are interviewed.
    pub time_points: Vec<TimePoint>,
    /// The codebook to start with.
    pub codes: Vec<Code>,
    /// The page that opens invitations, where the study has one.
    pub join_page: Option<JoinPage>,
}

/// An interview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimePoint {
    /// Its name, like `T1`.
    pub id: String,
    /// When it should take place, counted from joining.
    pub at: SpanRange,
}

/// A code of the starter codebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// Its name.
    pub name: String,
    /// The name of the code above it.
    pub parent: Option<String>,
    /// When to use it.
    pub description: Option<String>,
}

impl StudyFile {
    /// Reads a study file. All mistakes that can be found in one go are named, in the order of their lines.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        if text.len() > limits::FILE_BYTES {
            let message = format!("the file has {} bytes", text.len());
            let remedy = format!("keep it to {}", limits::FILE_BYTES);
            return Err(vec![Problem { line: 1, at: String::new(), message, remedy }]);
        }
        let mut reader = Reader::new(text);
        let (table, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            return Err(syntax_problems(&reader, &errors));
        }
        let file = blocks::read_file(&mut reader, &Block::top(table.get_ref()));
        let mut faults = Faults(rules::faults(&file.plan));
        file.check_what_is_the_files_own(&mut faults);
        let problems = reader.finish(faults.0);
        if problems.is_empty() { Ok(file) } else { Err(problems) }
    }

    /// The rules for what no document has: a kind of prompt that is probably a slip, interviews, codes.
    fn check_what_is_the_files_own(&self, faults: &mut Faults) {
        for (index, prompt) in self.plan.prompts.iter().enumerate() {
            if let PromptKind::Other(kind) = &prompt.kind
                && let Some(meant) = nearest(kind, PromptKind::KNOWN)
            {
                let message = format!("{} is no kind of prompt that is known", quoted(kind));
                faults.add(format!("prompt[{index}].kind"), message, format!("did you mean `{meant}`?"));
            }
        }
        rules::count("time_point", self.time_points.len(), limits::TIME_POINTS, faults);
        let mut seen = BTreeSet::new();
        for (index, point) in self.time_points.iter().enumerate() {
            let at = format!("time_point[{index}].id");
            rules::words_fit(&at, "id", &point.id, limits::ID_CHARS, faults);
            if !seen.insert(&point.id) {
                faults.add(
                    at,
                    format!("another `time_point` has the id {}", quoted(&point.id)),
                    "give each its own id",
                );
            }
        }
        rules::count("code", self.codes.len(), limits::CODES, faults);
        let mut seen = BTreeSet::new();
        for (index, code) in self.codes.iter().enumerate() {
            let at = format!("code[{index}]");
            rules::words_fit(&format!("{at}.name"), "name", &code.name, limits::NAME_CHARS, faults);
            if let Some(description) = &code.description {
                let at = format!("{at}.description");
                rules::words_fit(&at, "description", description, limits::TEXT_CHARS, faults);
            }
            if !seen.insert(code.name.as_str()) {
                let message = format!("another `code` has the name {}", quoted(&code.name));
                faults.add(format!("{at}.name"), message, "give each its own name");
            }
            if let Some(parent) = &code.parent {
                check_parent(&format!("{at}.parent"), parent, &self.codes[..index], faults);
            }
        }
    }
}

/// A parent stands above its children in the file, so codes cannot run in a circle.
fn check_parent(at: &str, parent: &str, above: &[Code], faults: &mut Faults) {
    if above.iter().any(|code| code.name == parent) {
        return;
    }
    let names = || above.iter().map(|code| code.name.as_str());
    let remedy = match nearest(parent, names()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "write the name of a code that stands above this one".to_owned(),
    };
    faults.add(at, format!("no code above this one is called {}", quoted(parent)), remedy);
}

fn syntax_problems(reader: &Reader, errors: &[toml::de::Error]) -> Vec<Problem> {
    const SHOWN: usize = 20;
    let problem = |error: &toml::de::Error| Problem {
        line: reader.line_of(error.span().map_or(0, |span| span.start)),
        at: String::new(),
        message: format!("this is not TOML: {}", error.message().replace('\n', ", ")),
        remedy: if error.message().contains("duplicate") {
            "take one of the two out, or write both as `[[…]]` if they are blocks".to_owned()
        } else {
            "look for a missing quote, bracket or `=` on this line or the one above".to_owned()
        },
    };
    let mut problems: Vec<Problem> = errors.iter().map(problem).collect();
    problems.sort_by_key(|problem| problem.line);
    problems.dedup_by_key(|problem| problem.line);
    problems.truncate(SHOWN);
    problems
}
