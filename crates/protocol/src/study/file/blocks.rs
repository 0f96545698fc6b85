//! Reads the blocks of a study file, each with its defaults. What is missing is complained of, and something harmless stands in
//! for it, so that reading goes on; a file with complaints is never given out.

use std::num::NonZeroU32;

use super::{Code, StudyFile, TimePoint};
use crate::invitation::JoinPage;
use crate::study::problem::one_of;
use crate::study::reader::{BLOCKS, Block, Reader, SETTINGS};
use crate::study::schedule::every_week;
use crate::study::{
    ConsentItem, Day, Phase, Phases, Plan, Prompt, PromptKind, PromptOption, PromptSet, Schedule, Span, SpanRange,
    SupportContact, Text, When,
};

pub(super) fn read_file(r: &mut Reader, top: &Block<'_>) -> StudyFile {
    let keys: Vec<&str> = ["title"].into_iter().chain(SETTINGS).chain(BLOCKS).collect();
    r.known_keys(top, &keys);
    let languages = r.words(top, "languages", "language codes, like [\"en\"]");
    let languages = r.need(top, "languages", languages, "add one line at the top, like `languages = [\"en\"]`");
    r.languages = languages.unwrap_or_default();

    let version = r.number(top, "version", 1);
    let version =
        r.need(top, "version", version, "add `version = 1`, and count up whenever you publish a change").unwrap_or(1);
    let title = needed_text(r, top, "title");
    let review_after = r.word(top, "review_after", Span::EXPECTED);
    let remedy = "add when to look again at what is kept, like `review_after = \"10y\"`";
    let review_after = r.need(top, "review_after", review_after, remedy).unwrap_or(Span::from_hours(1));

    let phases = read_phases(r, top);
    let prompt_sets = read_prompt_sets(r, top, &phases);
    let plan = Plan {
        title,
        about: r.text(top, "about"),
        run_by: r.text(top, "run_by"),
        contact: r.text(top, "contact"),
        languages: r.languages.clone(),
        hold: r.word(top, "hold", Span::EXPECTED).unwrap_or(Span::from_hours(48)),
        about_days_back: r.number(top, "about_days_back", 0).unwrap_or(7),
        review_after,
        phases,
        prompts: read_prompts(r, top, &prompt_sets),
        schedules: read_schedules(r, top, &prompt_sets),
        prompt_sets,
        consent: read_consent(r, top),
        support: read_support(r, top),
    };
    StudyFile {
        version,
        plan,
        time_points: read_time_points(r, top),
        codes: read_codes(r, top),
        join_page: r.word(top, "join_page", JoinPage::EXPECTED),
    }
}

fn needed_word(r: &mut Reader, block: &Block<'_>, key: &str) -> String {
    let id = r.string(block, key);
    r.need(block, key, id, format!("add `{key} = \"…\"`")).unwrap_or_default()
}

fn needed_text(r: &mut Reader, block: &Block<'_>, key: &str) -> Text {
    let text = r.text(block, key);
    let language = r.languages.first().cloned().unwrap_or_else(|| "en".to_owned());
    let text = r.need(block, key, text, format!("add `{key}.{language} = \"…\"`"));
    text.unwrap_or_else(|| Text::new(language, "…"))
}

fn needed_set(r: &mut Reader, block: &Block<'_>, sets: &[PromptSet]) -> String {
    let set = r.string(block, "set");
    let remedy = format!("add `set = \"…\"` {}", one_of(sets.iter().map(|set| set.id.as_str())));
    r.need(block, "set", set, remedy).unwrap_or_default()
}

fn read_phases(r: &mut Reader, top: &Block<'_>) -> Phases {
    let mut phases = Vec::new();
    for block in r.blocks(top, "phase") {
        r.known_keys(&block, &["id", "from", "title"]);
        let id = needed_word(r, &block, "id");
        let from = r.word(&block, "from", Span::EXPECTED);
        let from = r.need(&block, "from", from, "add when it begins, counted from joining, like `from = \"0w\"`");
        phases.push(Phase { id, from: from.unwrap_or(Span::ZERO), title: needed_text(r, &block, "title") });
    }
    let first = Phase { id: "phase".to_owned(), from: Span::ZERO, title: Text::new("", "…") };
    Phases::try_from(phases).unwrap_or_else(|_| {
        r.need(top, "phase", None::<Phases>, "add a `[[phase]]` with `id`, `from = \"0w\"` and `title`");
        Phases::from(first)
    })
}

fn read_prompt_sets(r: &mut Reader, top: &Block<'_>, phases: &Phases) -> Vec<PromptSet> {
    let mut sets = Vec::new();
    for block in r.blocks(top, "prompt_set") {
        r.known_keys(&block, &["id", "when", "title", "phases"]);
        let id = needed_word(r, &block, "id");
        let when = r.word(&block, "when", When::EXPECTED);
        let when = r.need(&block, "when", when, format!("add `when = \"…\"` with {}", When::EXPECTED));
        let title = r.text(&block, "title");
        let phases = r
            .words(&block, "phases", "phases' ids between quotes")
            .unwrap_or_else(|| phases.iter().map(|phase| phase.id.clone()).collect());
        sets.push(PromptSet { id, when: when.unwrap_or(When::Day), title, phases });
    }
    sets
}

fn read_prompts(r: &mut Reader, top: &Block<'_>, sets: &[PromptSet]) -> Vec<Prompt> {
    let mut prompts = Vec::new();
    for block in r.blocks(top, "prompt") {
        r.known_keys(&block, &["id", "set", "kind", "text", "option"]);
        let id = needed_word(r, &block, "id");
        let set = needed_set(r, &block, sets);
        let kind = r.word(&block, "kind", "a word between quotes");
        let remedy = format!("add `kind = \"…\"` with one of: {}", PromptKind::KNOWN.join(", "));
        // A missing kind stands in as one that may have options or none, so that no second complaint follows.
        let kind = r.need(&block, "kind", kind, remedy).unwrap_or(PromptKind::Other("missing".to_owned()));
        let text = needed_text(r, &block, "text");
        prompts.push(Prompt { id, set, kind, text, options: read_options(r, &block) });
    }
    prompts
}

fn read_options(r: &mut Reader, prompt: &Block<'_>) -> Vec<PromptOption> {
    let mut options = Vec::new();
    for block in r.blocks(prompt, "option") {
        r.known_keys(&block, &["id", "text"]);
        options.push(PromptOption { id: needed_word(r, &block, "id"), text: needed_text(r, &block, "text") });
    }
    options
}

fn read_schedules(r: &mut Reader, top: &Block<'_>, sets: &[PromptSet]) -> Vec<Schedule> {
    let mut schedules = Vec::new();
    for block in r.blocks(top, "schedule") {
        r.known_keys(&block, &["set", "days", "aim_per_week", "phases", "weeks", "every_weeks"]);
        let set = needed_set(r, &block, sets);
        let days = r.words(&block, "days", Day::EXPECTED);
        let days = r.need(&block, "days", days, "add some, like `days = [\"mon\", \"fri\"]`").unwrap_or_default();
        let phases_of_set = || sets.iter().find(|known| known.id == set).map(|known| known.phases.clone());
        let phases = r.words(&block, "phases", "phases' ids between quotes").or_else(phases_of_set).unwrap_or_default();
        schedules.push(Schedule {
            days,
            aim_per_week: r.number(&block, "aim_per_week", 1),
            phases,
            weeks: r.word(&block, "weeks", SpanRange::EXPECTED),
            every_weeks: r.number(&block, "every_weeks", 1).and_then(NonZeroU32::new).unwrap_or(every_week()),
            set,
        });
    }
    schedules
}

fn read_consent(r: &mut Reader, top: &Block<'_>) -> Vec<ConsentItem> {
    let mut consent = Vec::new();
    for block in r.blocks(top, "consent") {
        r.known_keys(&block, &["id", "required", "text"]);
        let required = r.boolean(&block, "required").unwrap_or(false);
        consent.push(ConsentItem { id: needed_word(r, &block, "id"), required, text: needed_text(r, &block, "text") });
    }
    consent
}

fn read_support(r: &mut Reader, top: &Block<'_>) -> Vec<SupportContact> {
    let mut support = Vec::new();
    for block in r.blocks(top, "support") {
        r.known_keys(&block, &["name", "tel", "hours"]);
        let tel = needed_word(r, &block, "tel");
        support.push(SupportContact { name: needed_text(r, &block, "name"), tel, hours: r.text(&block, "hours") });
    }
    support
}

fn read_time_points(r: &mut Reader, top: &Block<'_>) -> Vec<TimePoint> {
    let mut points = Vec::new();
    for block in r.blocks(top, "time_point") {
        r.known_keys(&block, &["id", "at"]);
        let id = needed_word(r, &block, "id");
        let at = r.word(&block, "at", SpanRange::EXPECTED);
        let at = r.need(&block, "at", at, "add when it should take place, like `at = \"0w..2w\"`");
        points.extend(at.map(|at| TimePoint { id, at }));
    }
    points
}

fn read_codes(r: &mut Reader, top: &Block<'_>) -> Vec<Code> {
    let mut codes = Vec::new();
    for block in r.blocks(top, "code") {
        r.known_keys(&block, &["name", "parent", "description"]);
        let name = needed_word(r, &block, "name");
        codes.push(Code { name, parent: r.string(&block, "parent"), description: r.string(&block, "description") });
    }
    codes
}
