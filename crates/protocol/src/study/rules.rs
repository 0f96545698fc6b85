//! What must hold in every plan, whether it was read from a researcher's file or from a published document.

mod texts;

use std::collections::BTreeSet;

use super::limits;
use super::near::nearest;
use super::problem::{Fault, Faults, one_of, quoted};
use super::text::is_language_tag;
use super::{Day, Plan, Prompt, PromptKind, Schedule, When};

pub(super) use texts::words_fit;

/// The rules that `plan` breaks.
pub(super) fn faults(plan: &Plan) -> Vec<Fault> {
    let mut faults = Faults::default();
    languages(plan, &mut faults);
    numbers(plan, &mut faults);
    phases(plan, &mut faults);
    prompt_sets(plan, &mut faults);
    prompts(plan, &mut faults);
    schedules(plan, &mut faults);
    consent_and_support(plan, &mut faults);
    texts::check(plan, &mut faults);
    faults.0
}

fn languages(plan: &Plan, faults: &mut Faults) {
    count("languages", plan.languages.len(), limits::LANGUAGES, faults);
    if plan.languages.is_empty() {
        faults.add("languages", "the study has no language", "write at least one, like `languages = [\"en\"]`");
    }
    for (index, tag) in plan.languages.iter().enumerate() {
        let at = format!("languages[{index}]");
        if !is_language_tag(tag) {
            faults.add(
                at,
                format!("{} is no language", quoted(tag)),
                "write a language code, like \"en\", \"gd\" or \"pt-BR\"",
            );
        } else if plan.languages[..index].iter().any(|earlier| earlier.eq_ignore_ascii_case(tag)) {
            faults.add(at, format!("{} is there twice", quoted(tag)), "take one of them out");
        }
    }
}

fn numbers(plan: &Plan, faults: &mut Faults) {
    if plan.hold.hours() > limits::HOLD_HOURS {
        let message = format!("`hold` is {}, longer than 90 days", plan.hold);
        faults.add("hold", message, "write a shorter time, like \"48h\"; \"0h\" shares at once");
    }
    if plan.about_days_back > limits::ABOUT_DAYS_BACK {
        let remedy = format!("write a number from 0 to {}", limits::ABOUT_DAYS_BACK);
        faults.add("about_days_back", format!("`about_days_back` is {}", plan.about_days_back), remedy);
    }
    if plan.review_after.hours() == 0 {
        faults.add(
            "review_after",
            "`review_after` is no time at all",
            "write when to look again at what is kept, like \"10y\"",
        );
    }
}

fn phases(plan: &Plan, faults: &mut Faults) {
    count("phase", plan.phases.iter().count(), limits::PHASES, faults);
    ids("phase", "phase", plan.phases.iter().map(|phase| phase.id.as_str()), faults);
    if plan.phases.first().from.days() != 0 {
        let message = format!("the first phase begins at {}", plan.phases.first().from);
        faults.add("phase[0].from", message, "the first phase begins at joining: write `from = \"0w\"`");
    }
    for (index, (before, phase)) in plan.phases.iter().zip(plan.phases.iter().skip(1)).enumerate() {
        if phase.from.days() <= before.from.days() {
            let message =
                format!("phase `{}` begins at {}, not after the one before it ({})", phase.id, phase.from, before.from);
            faults.add(format!("phase[{}].from", index + 1), message, "put the phases in order of their beginning");
        }
    }
}

fn prompt_sets(plan: &Plan, faults: &mut Faults) {
    count("prompt_set", plan.prompt_sets.len(), limits::PROMPT_SETS, faults);
    if plan.prompt_sets.is_empty() {
        faults.add("prompt_set", "the study has no `[[prompt_set]]`", "add one, and prompts that belong to it");
    }
    ids("prompt_set", "prompt_set", plan.prompt_sets.iter().map(|set| set.id.as_str()), faults);
    for (index, set) in plan.prompt_sets.iter().enumerate() {
        let at = format!("prompt_set[{index}]");
        phase_names(plan, &at, &set.phases, faults);
        if !set.id.is_empty() && plan.prompts_in(&set.id).next().is_none() {
            let remedy = format!("add a `[[prompt]]` with `set = \"{}\"`, or take the prompt set out", set.id);
            faults.add(&at, format!("prompt set `{}` has no prompt", set.id), remedy);
        }
        if set.when == When::Weekly {
            let due_in = |phase: &String| {
                plan.schedules.iter().any(|schedule| schedule.set == set.id && schedule.phases.contains(phase))
            };
            for phase in set.phases.iter().filter(|phase| !due_in(phase)) {
                let message = format!(
                    "weekly prompt set `{}` has no schedule in phase `{phase}`, so nobody would see it",
                    set.id
                );
                let remedy = format!("add a `[[schedule]]` with `set = \"{}\"` and `days`, or another `when`", set.id);
                faults.add(format!("{at}.when"), message, remedy);
            }
        }
    }
}

fn prompts(plan: &Plan, faults: &mut Faults) {
    count("prompt", plan.prompts.len(), limits::PROMPTS, faults);
    ids("prompt", "prompt", plan.prompts.iter().map(|prompt| prompt.id.as_str()), faults);
    for (index, prompt) in plan.prompts.iter().enumerate() {
        let at = format!("prompt[{index}]");
        known_set(plan, &at, &prompt.set, faults);
        options(&at, prompt, faults);
        if let PromptKind::Other(kind) = &prompt.kind
            && !is_id(kind)
        {
            let remedy = format!("write one of: {}", PromptKind::KNOWN.join(", "));
            faults.add(format!("{at}.kind"), format!("{} is no kind of prompt", quoted(kind)), remedy);
        }
    }
}

fn options(at: &str, prompt: &Prompt, faults: &mut Faults) {
    let at_options = format!("{at}.option");
    count(&at_options, prompt.options.len(), limits::OPTIONS, faults);
    ids(&at_options, "option", prompt.options.iter().map(|option| option.id.as_str()), faults);
    match &prompt.kind {
        PromptKind::Text | PromptKind::Voice if !prompt.options.is_empty() => {
            let message = format!("prompt `{}` is answered by {} and has options", prompt.id, prompt.kind.as_str());
            faults.add(format!("{at_options}[0]"), message, "take them out, or write `kind = \"choice\"`");
        }
        PromptKind::Choice | PromptKind::Scale if prompt.options.len() < 2 => {
            let message = format!("prompt `{}` is a {} with fewer than two options", prompt.id, prompt.kind.as_str());
            faults.add(
                format!("{at}.kind"),
                message,
                "add `[[prompt.option]]` blocks below it, each with `id` and `text`",
            );
        }
        _ => {}
    }
}

fn schedules(plan: &Plan, faults: &mut Faults) {
    count("schedule", plan.schedules.len(), limits::SCHEDULES, faults);
    for (index, schedule) in plan.schedules.iter().enumerate() {
        let at = format!("schedule[{index}]");
        known_set(plan, &at, &schedule.set, faults);
        phase_names(plan, &at, &schedule.phases, faults);
        schedule_against_its_set(plan, &at, schedule, faults);
        days(&at, &schedule.days, faults);
        if let Some(aim) = schedule.aim_per_week.filter(|aim| !(1..=21).contains(aim)) {
            faults.add(
                format!("{at}.aim_per_week"),
                format!("`aim_per_week` is {aim}"),
                "write a number from 1 to 21, or leave it out",
            );
        }
        if schedule.every_weeks.get() > 52 {
            let message = format!("`every_weeks` is {}", schedule.every_weeks);
            faults.add(format!("{at}.every_weeks"), message, "write a number from 1 (every week) to 52");
        }
    }
}

fn schedule_against_its_set(plan: &Plan, at: &str, schedule: &Schedule, faults: &mut Faults) {
    let Some(set) = plan.prompt_set(&schedule.set) else {
        return;
    };
    if set.when == When::Event {
        let message = format!("prompt set `{}` is for events and has a schedule", set.id);
        faults.add(format!("{at}.set"), message, "take the schedule out: event sets are always on offer");
    }
    for (index, phase) in schedule.phases.iter().enumerate() {
        if plan.phases.get(phase).is_some() && !set.phases.contains(phase) {
            let message = format!("prompt set `{}` is not used in phase `{phase}`", set.id);
            let remedy = "take the phase out here, or add it to the prompt set's `phases`";
            faults.add(format!("{at}.phases[{index}]"), message, remedy);
        }
    }
}

fn days(at: &str, days: &[Day], faults: &mut Faults) {
    let at = format!("{at}.days");
    if days.is_empty() {
        faults.add(&at, "`days` names no day", format!("write {}", Day::EXPECTED));
    }
    if (1..days.len()).any(|index| days[..index].contains(&days[index])) {
        faults.add(&at, "`days` names a day twice", "take one of them out");
    }
}

fn consent_and_support(plan: &Plan, faults: &mut Faults) {
    count("consent", plan.consent.len(), limits::CONSENT_ITEMS, faults);
    ids("consent", "consent", plan.consent.iter().map(|item| item.id.as_str()), faults);
    if plan.consent.is_empty() {
        faults.add("consent", "the study asks for no consent", "add a `[[consent]]` with `id`, `required` and `text`");
    }
    count("support", plan.support.len(), limits::SUPPORT_CONTACTS, faults);
    for (index, contact) in plan.support.iter().enumerate() {
        let dialled = |c: char| c.is_ascii_digit() || "+ ()-#*".contains(c);
        let tel = &contact.tel;
        if tel.len() > limits::ID_CHARS || !tel.chars().all(dialled) || !tel.chars().any(|c| c.is_ascii_digit()) {
            let message = format!("{} is no telephone number", quoted(tel));
            faults.add(
                format!("support[{index}].tel"),
                message,
                "write digits, like \"116 123\" or \"+44 20 7946 0000\"",
            );
        }
    }
}

pub(super) fn count(at: &str, is: usize, most: usize, faults: &mut Faults) {
    if is > most {
        faults.add(format!("{at}[{most}]"), format!("there are {is} of `{at}`"), format!("keep it to {most}"));
    }
}

/// Each id well formed and used once among its kind.
pub(super) fn ids<'a>(at: &str, kind: &str, ids: impl Iterator<Item = &'a str>, faults: &mut Faults) {
    let mut seen = BTreeSet::new();
    for (index, id) in ids.enumerate() {
        let place = format!("{at}[{index}].id");
        if !is_id(id) {
            let remedy = format!("write 1 to {} of: a–z, 0–9 and -", limits::ID_CHARS);
            faults.add(place, format!("{} is no id", quoted(id)), remedy);
        } else if !seen.insert(id) {
            faults.add(place, format!("another `{kind}` has the id `{id}`"), "give each its own id");
        }
    }
}

fn is_id(id: &str) -> bool {
    (1..=limits::ID_CHARS).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn known_set(plan: &Plan, at: &str, set: &str, faults: &mut Faults) {
    if plan.prompt_set(set).is_none() {
        let known = || plan.prompt_sets.iter().map(|set| set.id.as_str());
        not_known(format!("{at}.set"), "prompt set", set, known, faults);
    }
}

fn phase_names(plan: &Plan, at: &str, phases: &[String], faults: &mut Faults) {
    let known = || plan.phases.iter().map(|phase| phase.id.as_str());
    if phases.is_empty() {
        faults.add(format!("{at}.phases"), "`phases` names no phase", format!("add some, {}", one_of(known())));
    }
    for (index, phase) in phases.iter().enumerate() {
        let at = format!("{at}.phases[{index}]");
        if plan.phases.get(phase).is_none() {
            not_known(at, "phase", phase, known, faults);
        } else if phases[..index].contains(phase) {
            faults.add(at, format!("phase `{phase}` is there twice"), "take one of them out");
        }
    }
}

fn not_known<'a, I: Iterator<Item = &'a str>>(
    at: String,
    kind: &str,
    id: &str,
    known: impl Fn() -> I,
    faults: &mut Faults,
) {
    let remedy = match nearest(id, known()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("write an id {}", one_of(known())),
    };
    faults.add(at, format!("no {kind} has the id {}", quoted(id)), remedy);
}
