//! `project.qde`: what stands in it, in the order of its schema.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use chrono::{Datelike, NaiveDate, SecondsFormat};
use quick_xml::events::BytesText;

use super::codes::Codes;
use super::documents::{Document, Documents, Selection};
use super::guid::Guid;
use super::names::Names;
use super::{Project, Row};
use crate::export::agreed;
use crate::export::xml::{self, Xml};

/// Who makes these files.
pub(super) const ORIGIN: &str = concat!("Waymark ", env!("CARGO_PKG_VERSION"));

/// A variable: its name, and its type in the schema.
type Variable<'v> = (&'v str, &'v str);

const ENTRIES: Variable<'static> = ("Entries", "Integer");
const FIRST_DAY: Variable<'static> = ("First day", "Date");
const LAST_DAY: Variable<'static> = ("Last day", "Date");
const DAY: Variable<'static> = ("Day", "Date");
const PHASE: Variable<'static> = ("Phase", "Text");
const PROMPTS: Variable<'static> = ("Prompts", "Text");
const WEIGHT: Variable<'static> = ("Weight", "Text");
const INTERVIEWS: Variable<'static> = ("Interviews", "Integer");
const CONSENT_DAY: Variable<'static> = ("Consent given on", "Date");
const CONSENT_VERSION: Variable<'static> = ("Consent version", "Integer");
const TIME_POINT: Variable<'static> = ("Time point", "Text");
/// Programs that do not follow a case to its documents have only this of whose they are.
const PARTICIPANT: Variable<'static> = ("Participant", "Text");
const VARIABLES: [Variable<'static>; 10] =
    [PARTICIPANT, ENTRIES, INTERVIEWS, FIRST_DAY, LAST_DAY, DAY, PHASE, PROMPTS, WEIGHT, TIME_POINT];

pub(super) fn write(project: &Project<'_>, codes: &Codes, documents: &Documents) -> io::Result<Vec<u8>> {
    let user = user(project);
    let title = xml::name(project.title);
    let made_at = project.made_at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let mut out = xml::begin()?;
    out.create_element("Project")
        .with_attributes([
            ("xmlns", "urn:QDA-XML:project:1.0"),
            ("name", title.as_str()),
            ("origin", ORIGIN),
            ("creatingUserGUID", user.as_str()),
            ("creationDateTime", made_at.as_str()),
        ])
        .write_inner_content(|xml| {
            xml.create_element("Users").write_inner_content(|xml| {
                xml.create_element("User")
                    .with_attributes([("guid", user.as_str()), ("name", "Waymark")])
                    .write_empty()?;
                Ok(())
            })?;
            if !codes.is_empty() {
                xml.create_element("CodeBook").write_inner_content(|xml| codes.write(xml))?;
            }
            // Each of these has to hold something, or not be there.
            if !documents.0.is_empty() {
                write_variables(project, documents, xml)?;
                write_cases(project, documents, xml)?;
                let sources =
                    |xml: &mut Xml| documents.0.iter().try_for_each(|document| write_source(project, document, xml));
                xml.create_element("Sources").write_inner_content(sources)?;
                write_sets(project, documents, xml)?;
            }
            Ok(())
        })?;
    xml::end(out)
}

/// Who coded: programs ask who did, and here it was no person.
fn user(project: &Project<'_>) -> String {
    Guid::of(&project.study, "user", &[]).to_string()
}

fn id_of(project: &Project<'_>, (name, _): Variable<'_>) -> String {
    Guid::of(&project.study, "variable", &[name.as_bytes()]).to_string()
}

/// Whether anything in the project has a value of it: programs make a column of each variable.
fn is_used(project: &Project<'_>, documents: &Documents, variable: Variable<'_>) -> bool {
    let entries = || documents.0.iter().filter_map(|document| document.entry.as_ref());
    let interviews = || documents.0.iter().filter_map(|document| document.interview.as_ref());
    match variable {
        INTERVIEWS | TIME_POINT => interviews().next().is_some(),
        FIRST_DAY | LAST_DAY => project.rows.iter().any(|row| can_be_written(row.about)),
        DAY => entries().map(|row| row.about).chain(interviews().map(|about| about.day)).any(can_be_written),
        PHASE => documents.0.iter().any(|document| document.phase.is_some()),
        PROMPTS => entries().any(|row| !row.prompt_set.is_empty()),
        WEIGHT => entries().any(|row| row.weight.is_some()),
        _ => true,
    }
}

/// The schema's dates have four digits for a year; a phone's clock may be anywhere.
fn can_be_written(day: NaiveDate) -> bool {
    (1..=9999).contains(&day.year())
}

fn write_variables(project: &Project<'_>, documents: &Documents, xml: &mut Xml) -> io::Result<()> {
    xml.create_element("Variables").write_inner_content(|xml| {
        let consent = consent_variables(project, documents);
        let consent = consent.iter().map(|(name, kind)| (name.as_str(), *kind));
        let used = VARIABLES.into_iter().filter(|variable| is_used(project, documents, *variable));
        let used: Vec<Variable<'_>> = used.chain(consent).collect();
        used.into_iter().try_for_each(|variable| {
            let guid = id_of(project, variable);
            xml.create_element("Variable")
                .with_attributes([("guid", guid.as_str()), ("name", variable.0), ("typeOfVariable", variable.1)])
                .write_empty()?;
            Ok(())
        })
    })?;
    Ok(())
}

fn write_value(project: &Project<'_>, variable: Variable<'_>, value: &str, xml: &mut Xml) -> io::Result<()> {
    xml.create_element("VariableValue").write_inner_content(|xml| {
        let guid = id_of(project, variable);
        xml.create_element("VariableRef").with_attribute(("targetGUID", guid.as_str())).write_empty()?;
        let element = format!("{}Value", variable.1);
        xml.create_element(element).write_text_content(BytesText::new(&xml::name(value)))?;
        Ok(())
    })?;
    Ok(())
}

fn write_day(project: &Project<'_>, variable: Variable<'_>, day: Option<NaiveDate>, xml: &mut Xml) -> io::Result<()> {
    match day.filter(|day| can_be_written(*day)) {
        Some(day) => write_value(project, variable, &day.to_string(), xml),
        None => Ok(()),
    }
}

/// What cases are told of consent, where one of them has answered: when and in which version last, and each item.
fn consent_variables(project: &Project<'_>, documents: &Documents) -> Vec<(String, &'static str)> {
    let people = || documents.0.iter().map(|document| document.participant.as_str());
    let latest = || people().filter_map(|participant| project.agreed.latest(participant));
    let days = latest().filter_map(agreed::day).any(can_be_written).then_some(CONSENT_DAY);
    let versions = latest().next().is_some().then_some(CONSENT_VERSION);
    let both = days.into_iter().chain(versions).map(|(name, kind)| (name.to_owned(), kind));
    let items = project.agreed.items(people(), project.plan).into_iter();
    both.chain(items.map(|item| (consent_name(&item), "Text"))).collect()
}

fn consent_name(item: &str) -> String {
    xml::name(&format!("Consent: {item}"))
}

fn write_consent(project: &Project<'_>, participant: &str, xml: &mut Xml) -> io::Result<()> {
    let Some(consent) = project.agreed.latest(participant) else { return Ok(()) };
    write_day(project, CONSENT_DAY, agreed::day(consent), xml)?;
    write_value(project, CONSENT_VERSION, &consent.document_version.to_string(), xml)?;
    // An item stands in an answer once; what a phone says twice counts as it is said last.
    let answers: BTreeMap<&str, bool> =
        consent.answers.iter().map(|answer| (answer.item.as_str(), answer.agreed)).collect();
    answers
        .into_iter()
        .try_for_each(|(item, yes)| write_value(project, (&consent_name(item), "Text"), agreed::said(yes), xml))
}

/// People are the cases.
fn write_cases(project: &Project<'_>, all: &Documents, xml: &mut Xml) -> io::Result<()> {
    let mut people: BTreeMap<&str, Vec<&Document>> = BTreeMap::new();
    for document in &all.0 {
        people.entry(&document.participant).or_default().push(document);
    }
    let mut names = Names::default();
    xml.create_element("Cases").write_inner_content(|xml| {
        people.iter().try_for_each(|(participant, documents)| {
            let guid = Guid::of(&project.study, "case", &[participant.as_bytes()]).to_string();
            let name = names.give(participant);
            let case = xml.create_element("Case").with_attributes([("guid", guid.as_str()), ("name", name.as_str())]);
            case.write_inner_content(|xml| {
                let rows = || project.rows.iter().filter(|row| row.participant == **participant);
                let entries: BTreeSet<_> = rows().map(|row| row.entry).collect();
                write_value(project, ENTRIES, &entries.len().to_string(), xml)?;
                let interviews = documents.iter().filter(|document| document.interview.is_some()).count();
                if is_used(project, all, INTERVIEWS) {
                    write_value(project, INTERVIEWS, &interviews.to_string(), xml)?;
                }
                write_day(project, FIRST_DAY, rows().map(|row| row.about).min(), xml)?;
                write_day(project, LAST_DAY, rows().map(|row| row.about).max(), xml)?;
                write_consent(project, participant, xml)?;
                documents.iter().try_for_each(|document| write_ref("SourceRef", document.guid, xml))
            })?;
            Ok(())
        })
    })?;
    Ok(())
}

fn write_ref(element: &str, target: Guid, xml: &mut Xml) -> io::Result<()> {
    xml.create_element(element).with_attribute(("targetGUID", target.to_string().as_str())).write_empty()?;
    Ok(())
}

fn write_source(project: &Project<'_>, document: &Document, xml: &mut Xml) -> io::Result<()> {
    let (guid, name) = (document.guid.to_string(), &document.name);
    let path = format!("internal://{guid}.txt");
    xml.create_element("TextSource")
        .with_attributes([
            ("guid", guid.as_str()),
            ("name", name.as_str()),
            ("plainTextPath", path.as_str()),
            ("creatingUser", user(project).as_str()),
        ])
        .write_inner_content(|xml| {
            document.selections.iter().try_for_each(|selection| write_selection(project, selection, xml))?;
            write_value(project, PARTICIPANT, &document.participant, xml)?;
            if let Some(phase) = &document.phase {
                write_value(project, PHASE, phase, xml)?;
            }
            if let Some(interview) = &document.interview {
                write_day(project, DAY, Some(interview.day), xml)?;
                write_value(project, TIME_POINT, &interview.time_point, xml)?;
            }
            if let Some(Row { about, prompt_set, weight, .. }) = &document.entry {
                write_day(project, DAY, Some(*about), xml)?;
                if !prompt_set.is_empty() {
                    write_value(project, PROMPTS, prompt_set, xml)?;
                }
                if let Some(weight) = weight {
                    write_value(project, WEIGHT, weight, xml)?;
                }
            }
            Ok(())
        })?;
    Ok(())
}

fn write_selection(project: &Project<'_>, selection: &Selection, xml: &mut Xml) -> io::Result<()> {
    let (guid, name) = (selection.guid.to_string(), xml::name(&selection.name));
    let (start, end) = (selection.range.start.to_string(), selection.range.end.to_string());
    xml.create_element("PlainTextSelection")
        .with_attributes([
            ("guid", guid.as_str()),
            ("name", name.as_str()),
            ("startPosition", start.as_str()),
            ("endPosition", end.as_str()),
            // Some programs look for it here, others at the coding.
            ("creatingUser", user(project).as_str()),
        ])
        .write_inner_content(|xml| {
            selection.codes.iter().try_for_each(|(coding, code)| {
                let (coding, user) = (coding.to_string(), user(project));
                xml.create_element("Coding")
                    .with_attributes([("guid", coding.as_str()), ("creatingUser", user.as_str())])
                    .write_inner_content(|xml| write_ref("CodeRef", *code, xml))?;
                Ok(())
            })
        })?;
    Ok(())
}

/// A set for each phase, where documents are of one phase each.
fn write_sets(project: &Project<'_>, documents: &Documents, xml: &mut Xml) -> io::Result<()> {
    let mut phases: BTreeMap<&str, Vec<&Document>> = BTreeMap::new();
    for document in &documents.0 {
        if let Some(phase) = &document.phase {
            phases.entry(phase).or_default().push(document);
        }
    }
    if phases.is_empty() {
        return Ok(());
    }
    let language = project.plan.languages.first().map_or("", String::as_str);
    // Programs make a variable of a set.
    let mut names = Names::besides(VARIABLES.map(|(name, _)| name));
    xml.create_element("Sets").write_inner_content(|xml| {
        phases.iter().try_for_each(|(phase, documents)| {
            let guid = Guid::of(&project.study, "set", &[phase.as_bytes()]).to_string();
            let title = project.plan.phases.get(phase).map_or(*phase, |known| known.title.get(language));
            let name = names.give(title);
            let set = xml.create_element("Set").with_attributes([("guid", guid.as_str()), ("name", name.as_str())]);
            set.write_inner_content(|xml| {
                documents.iter().try_for_each(|document| write_ref("MemberSource", document.guid, xml))
            })?;
            Ok(())
        })
    })?;
    Ok(())
}
