//! Study files: what is accepted, and how mistakes are named.

use proptest::prelude::*;
use waymark_protocol::study::{Problem, Span, SpanRange, StudyFile, Text, limits};

const TRANSITIONS: &str = include_str!("../../../studies/transitions.toml");

/// A small study, one block on few lines; mistakes are made in it by replacing words.
const SMALL: &str = include_str!("studies/small.toml");

fn parsed(text: &str) -> StudyFile {
    StudyFile::parse(text).unwrap_or_else(|problems| panic!("{}", listed(&problems)))
}

fn listed(problems: &[Problem]) -> String {
    problems.iter().map(|problem| format!("{problem}\n")).collect()
}

#[test]
fn the_example_study_has_no_problems_and_is_complete() {
    let file = parsed(TRANSITIONS);
    let phases: Vec<_> = file.plan.phases.iter().map(|phase| (phase.id.as_str(), phase.from.to_string())).collect();
    assert_eq!(phases, [("into", "0w".into()), ("through", "9w".into()), ("beyond", "48w".into())]);
    let count = |set| file.plan.prompts_in(set).count();
    let sets = ["daily", "something-happened", "look-back-into", "look-back-through", "look-back-beyond"];
    assert_eq!(sets.map(count), [3, 3, 3, 4, 4]);
    let time_points: Vec<_> = file.time_points.iter().map(|point| point.id.as_str()).collect();
    assert_eq!(time_points, ["T1", "T2", "T3", "T4"]);
    let consent: Vec<_> = file.plan.consent.iter().map(|item| (item.id.as_str(), item.required)).collect();
    let expected = ["text", "audio", "times", "quotation", "archive", "contact", "credit"].map(|id| (id, id == "text"));
    assert_eq!(consent, expected);
    assert_eq!((file.plan.hold.hours(), file.plan.about_days_back), (48, 7));
    assert_eq!(file.plan.review_after.to_string(), "10y");
    assert_eq!(file.codes.len(), 12);
    assert!(file.plan.support.iter().any(|contact| contact.tel == "116 123"));
}

#[test]
fn a_study_names_a_join_page_or_none() {
    let with = SMALL.replace("hold = \"0h\"", "join_page = \"https://Join.example.org\"");
    let page = parsed(&with).join_page.expect("it is there");
    assert_eq!(page.as_str(), "https://join.example.org/");
    assert_eq!(parsed(SMALL).join_page, None);
}

#[test]
fn what_is_left_out_takes_its_default() {
    let file = parsed(&SMALL.replace("hold = \"0h\"\n", ""));
    assert_eq!((file.plan.hold.hours(), file.plan.about_days_back), (48, 7));
    let daily = file.plan.prompt_set("daily").expect("it is there");
    assert_eq!(daily.phases, ["one", "two"], "a set without phases is used in all");
    assert_eq!(file.plan.schedules[0].phases, ["two"], "a schedule without phases holds in those of its set");
    assert_eq!(file.plan.phases.get("two").map(|phase| phase.title.clone()), Some(Text::new("en", "Two")));
}

/// `(what is replaced, by what, a piece of the wrong line as it then stands, a piece of the message, a piece of the remedy)`
type Mistake = (&'static str, &'static str, &'static str, &'static str, &'static str);

#[rustfmt::skip] // one mistake a line
const MISTAKES: &[Mistake] = &[
    // The top.
    ("title.en = \"Small\"\n", "", "version = 3", "the study has no `title`", "add `title.en = \"…\"`"),
    ("version = 3\n", "", "title.en = \"Small\"", "the study has no `version`", "add `version = 1`"),
    ("version = 3", "version = 0", "version = 0", "`version` cannot be 0", "a whole number from 1"),
    ("version = 3", "version = \"3\"", "version = \"3\"", "`version` cannot be \"3\"", "without quotes"),
    ("version = 3", "verzion = 3", "verzion = 3", "the study has no key \"verzion\"", "did you mean `version`?"),
    ("hold = \"0h\"", "colour = 1", "colour = 1", "no key \"colour\"", "take it out"),
    ("hold = \"0h\"", "hold = \"soon\"", "hold = \"soon\"", "`hold` cannot be \"soon\"", "\"48h\""),
    ("hold = \"0h\"", "hold = \"20w\"", "hold = \"20w\"", "longer than 90 days", "write a shorter time"),
    ("hold = \"0h\"", "about_days_back = 500", "about_days_back = 500", "`about_days_back` is 500", "0 to 366"),
    ("review_after = \"10y\"\n", "", "title.en = \"Small\"", "has no `review_after`", "`review_after = \"10y\"`"),
    ("\"10y\"", "\"0y\"", "review_after", "no time at all", "\"10y\""),
    ("languages = [\"en\", \"gd\"]\n", "", "title.en = \"Small\"", "has no `languages`", "`languages = [\"en\"]`"),
    ("[\"en\", \"gd\"]", "[\"en\", \"Gaelic\", \"gd\"]", "languages", "\"Gaelic\" is no language", "a language code"),
    ("[\"en\", \"gd\"]", "[\"en\", \"gd\", \"en\"]", "languages", "\"en\" is there twice", "take one"),
    ("title.en = \"Small\"", "title = 7", "title = 7", "`title` cannot be 7", "words between quotes"),
    ("title.en = \"Small\"", "title = \"  \"", "title = ", "`title` is empty", "write the text"),
    ("title.en = \"Small\"", "title = \"a\\u0007\"", "title = ", "control character U+0007", "take it out"),
    ("hold = \"0h\"", "join_page = 1", "join_page = 1", "`join_page` cannot be 1", "begins with https://"),
    ("hold = \"0h\"", "join_page = \"http://join.example.org\"", "join_page", "cannot be \"http://join.example.org\"", "https://"),
    ("hold = \"0h\"", "join_page = \"https://join.example.org/?a\"", "join_page", "cannot be \"https://", "no ? or #"),
    ("hold = \"0h\"", "join_page = \"https://join.example.org/#a\"", "join_page", "cannot be \"https://", "no ? or #"),
    ("every_weeks = 2", "join_page = \"https://join.example.org\"", "join_page", "`schedule` has no key", "move it to the top"),
    // Phases.
    ("from = \"0w\"", "from = \"1w\"", "from = \"1w\"", "the first phase begins at 1w", "write `from = \"0w\"`"),
    ("from = \"2w\"", "from = \"0w\"", "from = \"0w\"\ntitle = \"Two\"", "not after the one before it", "in order"),
    ("from = \"2w\"", "from = 2", "from = 2", "`from` cannot be 2", "a whole number and a unit"),
    ("from = \"2w\"\n", "", "[[phase]]\nid = \"two\"", "`phase` has no `from`", "`from = \"0w\"`"),
    ("id = \"two\"", "id = \"one\"", "id = \"one\"\nfrom = \"2w\"", "another `phase` has the id `one`", "its own id"),
    ("id = \"two\"", "id = \"Two!\"", "id = \"Two!\"", "\"Two!\" is no id", "a–z, 0–9"),
    ("title = \"Two\"", "title.gd = \"Dhà\"", "title.gd", "has no text in `en`", "add `title.en = \"…\"`"),
    ("title = \"Two\"", "title.en = \"a\"\ntitle.gb = \"b\"", "title.gb", "\"gb\" is not among the study's languages", "languages"),
    ("[[phase]]\nid = \"one\"", "[phase]\nid = \"one\"", "[[phase]]\nid = \"two\"", "not TOML", "`[[…]]`"),
    ("[[time_point]]", "[time_point]", "[time_point]", "`time_point` is not a list of blocks", "a line `[[time_point]]`"),
    ("kind = \"text\"", "kind = \"text\"\noption = []", "option = []", "`prompt.option` is not a list of blocks", "[[prompt.option]]"),
    // Prompt sets.
    ("when = \"day\"", "when = \"daily\"", "when = \"daily\"", "`when` cannot be \"daily\"", "\"day\", \"event\", \"weekly\""),
    ("when = \"day\"\n", "", "[[prompt_set]]\nid = \"daily\"", "`prompt_set` has no `when`", "add `when"),
    ("when = \"day\"", "when = \"weekly\"", "when = \"weekly\"", "no schedule in phase `one`", "[[schedule]]"),
    ("phases = [\"two\"]", "phases = [\"tow\"]", "phases = [\"tow\"]", "no phase has the id \"tow\"", "did you mean `two`?"),
    ("phases = [\"two\"]", "phases = []", "phases = []", "`phases` names no phase", "one of: one, two"),
    ("phases = [\"two\"]", "phases = \"two\"", "phases = \"two\"", "`phases` cannot be \"two\"", "a list in brackets"),
    ("set = \"event\"", "set = \"daily\"", "[[prompt_set]]\nid = \"event\"", "prompt set `event` has no prompt", "add a `[[prompt]]`"),
    // Prompts.
    ("set = \"daily\"\n", "", "[[prompt]]\nid = \"stays\"", "`prompt` has no `set`", "add `set = \"…\"` naming one of: daily, event, weekly"),
    ("set = \"daily\"", "set = \"dialy\"", "set = \"dialy\"", "no prompt set has the id \"dialy\"", "did you mean `daily`?"),
    ("set = \"daily\"", "set = \"x\"", "set = \"x\"", "no prompt set has the id \"x\"", "one of: daily, event, weekly"),
    ("id = \"happened\"", "id = \"stays\"", "id = \"stays\"\nset = \"event\"", "another `prompt` has the id `stays`", "its own id"),
    ("kind = \"text\"\n", "", "[[prompt]]\nid = \"stays\"", "`prompt` has no `kind`", "text, choice, scale, voice"),
    ("kind = \"text\"", "kind = \"txet\"", "kind = \"txet\"", "no kind of prompt", "did you mean `text`?"),
    ("kind = \"text\"", "kind = \"choice\"", "kind = \"choice\"", "fewer than two options", "[[prompt.option]]"),
    ("kind = \"scale\"", "kind = \"text\"", "[[prompt.option]]\nid = \"low\"", "has options", "kind = \"choice\""),
    ("id = \"high\"", "id = \"low\"", "id = \"low\"\ntext.en = \"High\"", "another `option` has the id `low`", "its own id"),
    ("text.en = \"High\"\n", "", "[[prompt.option]]\nid = \"high\"", "`prompt.option` has no `text`", "add `text.en"),
    ("text.en = \"What stays?\"", "txt.en = \"What stays?\"", "txt.en", "`prompt` has no key \"txt\"", "did you mean `text`?"),
    ("text.gd", "text.cy", "text.cy", "\"cy\" is not among", "languages"),
    ("text.en = \"How was it?\"", "text.en = 5", "text.en = 5", "`text` cannot be a table", "words between quotes"),
    // Schedules.
    ("days = [\"fri\"]", "days = [\"friday\"]", "days = ", "`days` cannot be this list", "\"fri\""),
    ("days = [\"fri\"]", "days = []", "days = ", "names no day", "\"mon\""),
    ("days = [\"fri\"]", "days = [\"fri\", \"fri\"]", "days = ", "names a day twice", "take one"),
    ("days = [\"fri\"]\n", "", "[[schedule]]", "`schedule` has no `days`", "add some"),
    ("aim_per_week = 1", "aim_per_week = 50", "aim_per_week = 50", "`aim_per_week` is 50", "1 to 21"),
    ("every_weeks = 2", "every_weeks = 0", "every_weeks = 0", "`every_weeks` cannot be 0", "from 1"),
    ("every_weeks = 2", "every_weeks = 60", "every_weeks = 60", "`every_weeks` is 60", "52"),
    ("every_weeks = 2", "hold = \"2h\"", "hold = \"2h\"", "`schedule` has no key \"hold\"", "move it to the top"),
    ("every_weeks = 2", "phases = [\"two\", \"one\"]", "phases = [\"two\", \"one\"]", "`weekly` is not used in phase `one`", "take the phase out"),
    ("every_weeks = 2", "\n[[schedule]]\nset = \"event\"\ndays = [\"mon\"]", "set = \"event\"\ndays", "for events and has a schedule", "always on offer"),
    ("\"1w..10w\"", "\"10w..1w\"", "weeks = ", "`weeks` cannot be \"10w..1w\"", "\"0w..2w\""),
    // Interviews, consent, support, codes.
    ("\"0w..2w\"", "\"0w-2w\"", "at = ", "`at` cannot be \"0w-2w\"", "\"0w..2w\""),
    ("at = \"0w..2w\"\n", "", "[[time_point]]", "`time_point` has no `at`", "add when"),
    ("[[consent]]\n", "[[consent]]\nid = \"other\"\ntext = \"x\"\n[[consent]]\nfoo = 1\n", "foo = 1", "no key \"foo\"", "id, required, text"),
    ("required = true", "required = \"yes\"", "required = \"yes\"", "`required` cannot be \"yes\"", "true or false"),
    ("[[consent]]\nid = \"text\"\nrequired = true\ntext.en = \"Agreed.\"\n", "", "title.en = \"Small\"", "asks for no consent", "[[consent]]"),
    ("tel = \"116 123\"", "tel = \"call us\"", "tel = ", "\"call us\" is no telephone number", "116 123"),
    ("tel = \"116 123\"\n", "", "[[support]]", "`support` has no `tel`", "add `tel"),
    ("parent = \"Outer\"", "parent = \"Outre\"", "parent = ", "is called \"Outre\"", "did you mean `Outer`?"),
    ("name = \"Outer\"", "name = \"Outer\"\nparent = \"Inner\"", "parent = \"Inner\"", "no code above this one", "above this one"),
    ("name = \"Inner\"", "name = \"Outer\"", "name = \"Outer\"\nparent", "another `code` has the name \"Outer\"", "its own name"),
    // TOML itself.
    ("version = 3", "version = \"3", "version = \"3", "not TOML", "missing quote"),
    ("version = 3", "version = 3\nversion = 4", "version = 4", "not TOML", "take one of the two out"),
    ("id = \"stays\"", "id \"stays\"", "id \"stays\"", "not TOML", "`=`"),
];

#[test]
fn every_mistake_is_named_with_its_line_and_a_remedy() {
    parsed(SMALL);
    let mut failures = String::new();
    for (old, new, place, message, remedy) in MISTAKES {
        assert!(SMALL.contains(old), "the small study has no {old:?}");
        let text = SMALL.replacen(old, new, 1);
        let problems = StudyFile::parse(&text).expect_err(new);
        let line_of = |(at, _): (usize, _)| 1 + text[..at].matches('\n').count();
        let lines: Vec<usize> = text.match_indices(place).map(line_of).collect();
        let found = problems.iter().any(|problem| {
            lines.contains(&problem.line) && problem.message.contains(message) && problem.remedy.contains(remedy)
        });
        if !found {
            failures += &format!(
                "{old:?} → {new:?}: expected at {place:?}: {message} … {remedy}; got\n{}\n",
                listed(&problems)
            );
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn a_missing_value_is_complained_of_once() {
    for gone in
        ["set = \"daily\"\n", "from = \"2w\"\n", "when = \"event\"\n", "kind = \"scale\"\n", "text.en = \"High\"\n"]
    {
        let problems = StudyFile::parse(&SMALL.replacen(gone, "", 1)).expect_err(gone);
        let about: Vec<_> = problems.iter().filter(|problem| !problem.message.contains("has no prompt")).collect();
        assert_eq!(about.len(), 1, "{gone:?}:\n{}", listed(&problems));
    }
}

#[test]
fn all_mistakes_are_named_at_once_in_the_order_of_their_lines() {
    let text = SMALL
        .replace("version = 3", "version = true")
        .replace("from = \"2w\"", "from = \"2x\"")
        .replace("set = \"event\"\nkind", "sett = \"event\"\nkind")
        .replace("days = [\"fri\"]", "days = [5]")
        .replace("tel = \"116 123\"", "tel = \"?\"");
    let problems = StudyFile::parse(&text).expect_err("five mistakes");
    let lines: Vec<_> = problems.iter().map(|problem| problem.line).collect();
    assert!(lines.is_sorted());
    for wrong in ["version = true", "from = \"2x\"", "sett", "days = [5]", "tel = \"?\""] {
        let line = 1 + text.lines().position(|line| line.contains(wrong)).expect("it is there");
        assert!(lines.contains(&line), "{wrong} on line {line}:\n{}", listed(&problems));
    }
}

#[test]
fn a_problem_reads_as_one_sentence() {
    let problems = StudyFile::parse(&SMALL.replacen("set = \"daily\"\n", "", 1)).expect_err("no set");
    let shown = "line 31: `prompt` has no `set`; add `set = \"…\"` naming one of: daily, event, weekly";
    assert!(problems.iter().any(|problem| problem.to_string() == shown), "{}", listed(&problems));
}

#[test]
fn what_is_too_large_is_refused() {
    let long = "x".repeat(limits::TEXT_CHARS + 1);
    let problems = StudyFile::parse(&SMALL.replace("What stays?", &long)).expect_err("a long text");
    assert_eq!(problems[0].message, "`text` has 4001 characters");
    parsed(&SMALL.replace("What stays?", &long[1..]));

    let prompt = |n| format!("\n[[prompt]]\nid = \"p{n}\"\nset = \"daily\"\nkind = \"text\"\ntext = \"?\"\n");
    let many: String = (0..limits::PROMPTS).map(prompt).collect();
    let problems = StudyFile::parse(&format!("{SMALL}{many}")).expect_err("many prompts");
    assert_eq!(problems[0].message, "there are 503 of `prompt`");

    let comment = format!("{SMALL}#{}", "x".repeat(limits::FILE_BYTES));
    let problems = StudyFile::parse(&comment).expect_err("a large file");
    assert!(problems[0].message.starts_with("the file has "));

    let problems =
        StudyFile::parse(&SMALL.replace("id = \"stays\"", &format!("id = \"{}\"", "s".repeat(41)))).expect_err("id");
    assert!(problems[0].message.ends_with("is no id"), "{}", problems[0]);
}

#[test]
fn deep_nesting_is_refused() {
    for deep in ["[", "{a=", "[{a="] {
        let text = format!("title = {}", deep.repeat(60_000));
        let problems = StudyFile::parse(&text).expect_err("deep");
        assert_eq!(problems[0].line, 1);
    }
}

#[test]
fn spans_are_read_and_written_as_they_were() {
    for (written, hours) in [("0h", 0), ("48h", 48), ("2d", 48), ("3w", 504), ("10y", 87_600), ("100y", 876_000)] {
        let span: Span = written.parse().expect(written);
        assert_eq!((span.hours(), span.to_string().as_str()), (hours, written));
    }
    for wrong in
        ["", "h", "48", "48 h", "-1h", "+1h", "1.5h", "01h", "101y", "4294967297h", "999999y", "1H", "1é", "é", "²h"]
    {
        assert!(wrong.parse::<Span>().is_err(), "{wrong}");
    }
    let range: SpanRange = "1w..20d".parse().expect("a range");
    assert_eq!([6, 7, 19, 20].map(|day| range.contains_day(day)), [false, true, true, false]);
}

#[test]
fn texts_stand_in_the_order_of_the_studys_languages() {
    let both = |line: &str| match line.split_once(".en = ") {
        Some((key, text)) if key != "text" || text != "\"What stays?\"" => format!("{line}\n{key}.gd = {text}\n"),
        _ => format!("{line}\n"),
    };
    let text: String = SMALL.replace("[\"en\", \"gd\"]", "[\"gd\", \"en\"]").lines().map(both).collect();
    let file = parsed(&text);
    let tags: Vec<_> = file.plan.prompts[0].text.entries().map(|(tag, _)| tag).collect();
    assert_eq!(tags, ["gd", "en"]);
    assert_eq!(file.plan.prompts[0].text.get("fr"), "Dè dh'fhuiricheas?");
}

proptest! {
    #[test]
    fn reading_a_file_never_panics(text in any::<String>()) {
        let _ = StudyFile::parse(&text);
    }
}
