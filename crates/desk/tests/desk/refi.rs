//! Projects for programs for qualitative analysis: what stands in them is what was written, and stands where they say.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::Command;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use waymark_desk::export::refi::{Flavour, LineEnds, Per};
use waymark_desk::export::{Format, export, export_as};
use waymark_desk::transcripts::{About, change};
use waymark_protocol::RevisionId;
use waymark_protocol::content::Answer;

use crate::phone::To;
use crate::transcripts::add;
use crate::world::{NOW, World};

const FLAVOURS: [(Per, LineEnds); 6] = [
    (Per::Participant, LineEnds::Lf),
    (Per::Participant, LineEnds::Crlf),
    (Per::Phase, LineEnds::Lf),
    (Per::Phase, LineEnds::Crlf),
    (Per::Entry, LineEnds::Lf),
    (Per::Entry, LineEnds::Crlf),
];

/// Texts that are hard to count in, and names that XML has to write otherwise.
const HARD: [&str; 6] = [
    "plain",
    "CR\rLF\nCRLF\r\nend\n",
    "NUL \0 and \u{ffff} inside",
    "emoji 👩🏽‍🚒 and e\u{301} and \u{202e}rtl",
    "<tag a=\"b\"> & ]]> 'c'",
    "",
];

async fn hard_world() -> World {
    let mut world = World::new().await;
    for label in ["Ash & \"A\" <1>", "P02"] {
        let mut phone = world.join(label).await;
        for (place, text) in HARD.iter().enumerate() {
            let mut entry = phone.entry(text);
            entry.phase = Some(if place % 2 == 0 { "into" } else { "through" }.to_owned());
            entry.tags = vec!["supervision".to_owned(), format!("{text}\u{1}")];
            let question = "Asked *once*,\nlong ago?".to_owned();
            entry.answers.push(Answer { prompt: "gone".to_owned(), question, value: (*text).to_owned() });
            phone.write_entry(&entry, To::Study);
        }
        let first = phone.entry("an earlier version");
        phone.write_entry(&first, To::Study);
        let mut second = first.clone();
        (second.revision, second.parents) = (RevisionId([7; 16]), vec![first.revision]);
        second.text = "as it is now".to_owned();
        second.answers[0].value = "answer to what is asked".to_owned();
        phone.write_entry(&second, To::Study);
        phone.write("never shown", To::Writer);
        world.server.receive(&phone.items());
    }
    world.pull().await;
    world
}

/// A project as another program finds it.
struct Found {
    qde: String,
    sources: BTreeMap<String, String>,
}

fn open(path: &Path) -> Found {
    let mut zip = zip::ZipArchive::new(Cursor::new(std::fs::read(path).unwrap())).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    let mut read = |name: &str| {
        let mut text = String::new();
        zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let qde = read("project.qde");
    let sources = names.iter().filter(|name| name.starts_with("sources/")).map(|name| (name.clone(), read(name)));
    Found { qde, sources: sources.collect() }
}

/// The attributes of every element of this name, with the number of the source that it stands in.
fn elements(qde: &str, wanted: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = Reader::from_str(qde);
    let (mut found, mut source) = (Vec::new(), String::new());
    let attributes = |element: &BytesStart<'_>| -> BTreeMap<String, String> {
        let all = element.attributes().map(Result::unwrap);
        all.map(|attribute| {
            (
                attribute.key.as_ref().to_owned(),
                attribute.normalized_value(XmlVersion::Explicit1_0).unwrap().into_owned(),
            )
        })
        .collect()
    };
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) | Event::Empty(element) => {
                let mut attributes = attributes(&element);
                if element.name().as_ref() == "TextSource" {
                    source = attributes["plainTextPath"].replace("internal://", "sources/");
                }
                if element.name().as_ref() == wanted {
                    attributes.insert("in".to_owned(), source.clone());
                    found.push(attributes);
                }
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

#[tokio::test]
async fn what_a_selection_names_is_what_was_answered_in_every_flavour() {
    let mut world = hard_world().await;
    for (per, line_ends) in FLAVOURS {
        let path = world.folder.join("out.qdpx");
        export_as(&mut world.desk, Format::Qdpx, Flavour { per, line_ends }, &path).unwrap();
        let found = open(&path);
        let line_end = if line_ends == LineEnds::Lf { "\n" } else { "\r\n" };
        let lines = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n").replace('\n', line_end);
        let mut answers = Vec::new();
        for selection in elements(&found.qde, "PlainTextSelection") {
            let text = text_of(&found, &selection);
            match selection["name"].as_str() {
                "gone" => answers.push(text),
                "stays" => assert!(text.starts_with("answer to "), "{text:?}"),
                // An entry, with its heading.
                day => assert!(text.starts_with(day) && text.ends_with(line_end), "{text:?}"),
            }
        }
        let Found { qde, sources } = found;
        // In the order in which a document has them, which for equal times is not that of writing.
        let mut expected: Vec<String> =
            [HARD, HARD].concat().into_iter().filter(|text| !text.is_empty()).map(lines).collect();
        expected.sort();
        answers.sort();
        assert_eq!(answers, expected, "{per:?} {line_ends:?}");
        let all = sources.values().cloned().collect::<String>();
        assert!(all.contains("as it is now") && !all.contains("an earlier version") && !all.contains("never shown"));
        assert!(!qde.contains("never shown"));
        let documents = match per {
            Per::Participant => 2,
            Per::Phase => 4,
            Per::Entry => 2 * (HARD.len() + 1),
        };
        assert_eq!((sources.len(), elements(&qde, "TextSource").len()), (documents, documents));
        assert_eq!(elements(&qde, "Set").len(), if per == Per::Participant { 0 } else { 2 });
    }
}

#[tokio::test]
async fn people_are_cases_codes_are_the_studys_and_every_reference_has_its_end() {
    let mut world = hard_world().await;
    let path = world.folder.join("out.qdpx");
    export(&mut world.desk, Format::Qdpx, &path).unwrap();
    let Found { qde, .. } = open(&path);
    let names =
        |element: &str| elements(&qde, element).into_iter().map(|each| each["name"].clone()).collect::<Vec<_>>();
    assert_eq!(names("Case"), ["Ash & \"A\" <1>", "P02"]);
    let codes = names("Code");
    for code in ["prompt: gone", "prompt: stays", "tag: supervision", "weight: okay", "From the diary"] {
        assert!(codes.iter().any(|name| name == code), "{code} is not among {codes:?}");
    }
    let file = waymark_desk::study::read_study_file(&crate::world::example()).unwrap();
    assert!(!file.codes.is_empty() && file.codes.iter().all(|code| codes.contains(&code.name)));
    let mut ids = Vec::new();
    for element in ["User", "Code", "Variable", "Case", "TextSource", "PlainTextSelection", "Coding", "Set"] {
        ids.extend(elements(&qde, element).into_iter().map(|each| each["guid"].clone()));
    }
    let number = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), number, "an id names one thing");
    for element in ["CodeRef", "VariableRef", "SourceRef", "MemberSource"] {
        for reference in elements(&qde, element) {
            assert!(ids.binary_search(&reference["targetGUID"]).is_ok(), "{element} leads nowhere");
        }
    }
    // The same again has the same ids, so what was done with one export fits the next.
    export(&mut world.desk, Format::Qdpx, &world.folder.join("again.qdpx")).unwrap();
    let again = open(&world.folder.join("again.qdpx")).qde;
    let without_time = |qde: &str| qde.split_once("creationDateTime").unwrap().1.split_once('>').unwrap().1.to_owned();
    assert_eq!(without_time(&again), without_time(&qde));
}

#[tokio::test]
async fn a_document_says_whose_it_is_and_variables_are_those_that_have_a_value() {
    let mut world = hard_world().await;
    for (per, line_ends) in FLAVOURS {
        let path = world.folder.join("out.qdpx");
        export_as(&mut world.desk, Format::Qdpx, Flavour { per, line_ends }, &path).unwrap();
        let qde = open(&path).qde;
        let user = elements(&qde, "User").remove(0)["guid"].clone();
        for element in ["TextSource", "PlainTextSelection", "Coding"] {
            assert!(elements(&qde, element).iter().all(|each| each["creatingUser"] == user), "{element}");
        }
        let variables = elements(&qde, "Variable");
        let references: Vec<String> =
            elements(&qde, "VariableRef").into_iter().map(|each| each["targetGUID"].clone()).collect();
        assert!(variables.iter().all(|variable| references.contains(&variable["guid"])), "{per:?}");
        let names: Vec<&str> = variables.iter().map(|variable| variable["name"].as_str()).collect();
        let documents: &[&str] = match per {
            Per::Participant => &[],
            Per::Phase => &["Phase"],
            Per::Entry => &["Day", "Phase", "Prompts", "Weight"],
        };
        let consent: &[&str] = &["Consent given on", "Consent version", "Consent: text"];
        let people: &[&str] = &["Participant", "Entries", "First day", "Last day"];
        assert_eq!(names, [people, documents, consent].concat(), "{per:?}");
        let whose = variables.iter().find(|variable| variable["name"] == "Participant").unwrap();
        let told = references.iter().filter(|reference| **reference == whose["guid"]).count();
        assert_eq!(told, elements(&qde, "TextSource").len(), "one of each document");
        for source in elements(&qde, "TextSource") {
            assert!(!source["name"].contains(['/', '<', '>', '"', '.']), "it can be the name of a file");
        }
    }
}

#[tokio::test]
async fn a_case_says_what_its_person_has_agreed_to_last() {
    let mut world = World::new().await;
    let mut phone = world.join("P01").await;
    phone.agree("2026-06-02T08:00:00.000+01:00", &[("text", true), ("voice & \"more\"", false)]);
    phone.write("Written", To::Study);
    world.server.receive(&phone.items());
    // Who has agreed and shared nothing is no case, and makes no variable.
    let mut silent = world.join("P02").await;
    silent.agree("2026-06-03T08:00:00.000+01:00", &[("of nobody's case", true)]);
    world.server.receive(&silent.items());
    world.pull().await;
    let path = world.folder.join("out.qdpx");
    export(&mut world.desk, Format::Qdpx, &path).unwrap();
    let qde = open(&path).qde;
    let case = qde.split_once("<Case ").unwrap().1.split_once("</Case>").unwrap().0;
    let of_case: Vec<String> = elements(case, "VariableRef").iter().map(|each| each["targetGUID"].clone()).collect();
    let value = |name: &str| {
        let variables = elements(&qde, "Variable");
        let variable = variables.iter().find(|variable| variable["name"] == name).expect(name);
        assert!(of_case.contains(&variable["guid"]), "{name}");
        let after = case.split_once(&variable["guid"]).unwrap().1;
        after.split_once("Value>").unwrap().1.split_once('<').unwrap().0.to_owned()
    };
    assert_eq!(value("Consent given on"), "2026-06-02");
    assert_eq!(value("Consent version"), "2");
    assert_eq!((value("Consent: text"), value("Consent: voice & \"more\"")), ("yes".to_owned(), "no".to_owned()));
    assert!(!qde.contains("of nobody"));
}

/// What a selection names.
fn text_of(found: &Found, selection: &BTreeMap<String, String>) -> String {
    let [start, end] = ["startPosition", "endPosition"].map(|at| selection[at].parse::<usize>().unwrap());
    let text: String = found.sources[&selection["in"]].chars().skip(start).take(end - start).collect();
    assert_eq!(text.chars().count(), end - start, "it ends in the document");
    text
}

/// What each selection of a project names, by its id.
fn selected(found: &Found) -> BTreeMap<String, String> {
    let selections = elements(&found.qde, "PlainTextSelection");
    selections.iter().map(|selection| (selection["guid"].clone(), text_of(found, selection))).collect()
}

#[tokio::test]
async fn an_id_names_the_same_passage_when_entries_have_come_before_it_and_others_are_gone() {
    let mut world = World::new().await;
    let mut phone = world.join("P01").await;
    let gone = phone.write("Taken back later", To::Study);
    let mut stays = phone.entry("Stays");
    stays.about = "2026-05-06".parse().unwrap();
    phone.write_entry(&stays, To::Study);
    let sent = phone.log.len();
    world.server.receive(&phone.items());
    world.pull().await;
    for per in [Per::Participant, Per::Phase, Per::Entry] {
        let name = |name: &str| world.folder.join(format!("{per:?}-{name}.qdpx"));
        let (before, flavour) = (name("before"), Flavour { per, line_ends: LineEnds::Lf });
        export_as(&mut world.desk, Format::Qdpx, flavour, &before).unwrap();
    }
    let mut earlier = phone.entry("Of an earlier day");
    earlier.about = "2026-05-05".parse().unwrap();
    phone.write_entry(&earlier, To::Study);
    phone.withdraw(gone);
    world.server.receive(&phone.items()[sent..]);
    world.pull().await;
    for per in [Per::Participant, Per::Phase, Per::Entry] {
        let [before, after] = ["before", "after"].map(|name| world.folder.join(format!("{per:?}-{name}.qdpx")));
        export_as(&mut world.desk, Format::Qdpx, Flavour { per, line_ends: LineEnds::Lf }, &after).unwrap();
        let (before, after) = (selected(&open(&before)), selected(&open(&after)));
        let in_both: Vec<_> = before.iter().filter(|(id, _)| after.contains_key(*id)).collect();
        assert_eq!(in_both.len(), 2, "the answer of the entry that stays, and the entry");
        assert!(in_both.iter().all(|(id, text)| after[*id] == **text), "{per:?}");
    }
}

#[tokio::test]
async fn no_two_codes_cases_and_documents_have_one_name() {
    let mut world = World::new().await;
    for label in ["P  1", "P 1"] {
        let mut phone = world.join(label).await;
        let mut entry = phone.entry("Text");
        entry.tags = ["a b", "a  b", "A b", "x\u{1}", "x\u{2}"].map(str::to_owned).to_vec();
        phone.write_entry(&entry, To::Study);
        phone.write("Of the same day", To::Study);
        world.server.receive(&phone.items());
    }
    world.pull().await;
    let path = world.folder.join("out.qdpx");
    export_as(&mut world.desk, Format::Qdpx, Flavour { per: Per::Entry, line_ends: LineEnds::Lf }, &path).unwrap();
    let qde = open(&path).qde;
    validate(&qde);
    for (element, number) in [("Case", 2), ("TextSource", 4), ("Code", 0)] {
        let mut names: Vec<String> =
            elements(&qde, element).into_iter().map(|each| each["name"].to_lowercase()).collect();
        let all = names.len();
        names.sort();
        names.dedup();
        assert!(names.len() == all && (number == 0 || all == number), "{element}: {names:?}");
    }
}

#[tokio::test]
async fn a_study_in_which_nobody_has_shared_anything_makes_a_project_of_its_codes() {
    let mut world = World::new().await;
    let path = world.folder.join("out.qdpx");
    export(&mut world.desk, Format::Qdpx, &path).unwrap();
    let Found { qde, sources } = open(&path);
    assert!(sources.is_empty() && elements(&qde, "Case").is_empty() && !elements(&qde, "Code").is_empty());
    validate(&qde);
}

#[tokio::test]
async fn every_flavour_is_valid_by_the_schema() {
    let mut world = hard_world().await;
    for (per, line_ends) in FLAVOURS {
        let path = world.folder.join("out.qdpx");
        export_as(&mut world.desk, Format::Qdpx, Flavour { per, line_ends }, &path).unwrap();
        validate(&open(&path).qde);
    }
}

/// Against the published schema, where it lies beside the project: it is not ours to bring along.
fn validate(qde: &str) {
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/refi-qda/Project.xsd");
    if !schema.is_file() {
        eprintln!("the schema is not here: nothing was validated");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("project.qde");
    std::fs::write(&file, qde).unwrap();
    let judged = Command::new("xmllint").arg("--noout").arg("--schema").args([&schema, &file]).output();
    let judged = judged.expect("xmllint is there: `cargo xtask setup` installs it");
    assert!(judged.status.success(), "{}", String::from_utf8_lossy(&judged.stderr));
}

#[tokio::test]
async fn a_codebook_is_exported_alone() {
    let mut world = World::new().await;
    let path = world.folder.join("out.qdc");
    export(&mut world.desk, Format::Qdc, &path).unwrap();
    let qdc = std::fs::read_to_string(&path).unwrap();
    let file = waymark_desk::study::read_study_file(&crate::world::example()).unwrap();
    let names: Vec<String> = elements(&qdc, "Code").into_iter().map(|code| code["name"].clone()).collect();
    assert_eq!(names.len(), file.codes.len());
    assert!(file.codes.iter().all(|code| names.contains(&code.name)));
    assert!(qdc.contains("urn:QDA-XML:codebook:1.0"));
}

#[tokio::test]
async fn an_interview_is_a_document_of_its_own_of_its_persons_case_in_every_flavour() {
    let mut world = hard_world().await;
    world.invite("P03").await;
    let said: Vec<String> = HARD.iter().map(|text| text.replace(['\0', '\u{ffff}'], "?")).collect();
    let said = format!("I: Begin & <end>.\nP: {}End", said.join("\nP: "));
    add(&mut world, "P02", "T1", "2026-04-20", &said);
    let alone = add(&mut world, "P03", "T1", "2026-04-20", "P: Nothing written, much said.");
    let title = About::parse("T<2>", "2026-04-21", "\"Quoted\" & told", NOW).unwrap();
    for (per, line_ends) in FLAVOURS {
        let path = world.folder.join("out.qdpx");
        let exported = export_as(&mut world.desk, Format::Qdpx, Flavour { per, line_ends }, &path).unwrap();
        assert_eq!(exported.transcripts, 2);
        let found = open(&path);
        validate(&found.qde);
        let sources = elements(&found.qde, "TextSource");
        let source =
            |name: &str| sources.iter().find(|source| source["name"] == name).unwrap_or_else(|| panic!("{name}"));
        let line_end = if line_ends == LineEnds::Lf { "\n" } else { "\r\n" };
        let with_ends =
            |text: &str| format!("{}\n", text.replace("\r\n", "\n").replace('\r', "\n")).replace('\n', line_end);
        let talked = source("P02 2026-04-20 T1");
        assert_eq!(found.sources[&talked["in"]], with_ends(&said));
        let case = case_of(&found.qde, &talked["guid"]);
        assert_eq!(case.as_deref(), Some("P02"), "{per:?}");
        assert_eq!(
            case_of(&found.qde, &source("P03 2026-04-20 T1")["guid"]).as_deref(),
            Some("P03"),
            "who wrote nothing"
        );
        assert!(
            found.qde.contains("<TextValue>T1</TextValue>") && found.qde.contains("<DateValue>2026-04-20</DateValue>")
        );
    }
    // Its id stays when it is corrected.
    let ids = |world: &mut World| {
        let path = world.folder.join("out.qdpx");
        export(&mut world.desk, Format::Qdpx, &path).unwrap();
        let qde = open(&path).qde;
        validate(&qde);
        elements(&qde, "TextSource")
            .into_iter()
            .map(|each| (each["guid"].clone(), each["name"].clone()))
            .collect::<BTreeMap<_, _>>()
    };
    let before = ids(&mut world);
    change(&mut world.desk, alone, "P02", title).unwrap();
    let after = ids(&mut world);
    assert!(before.keys().eq(after.keys()));
    let renamed: Vec<_> =
        before.iter().filter(|(id, name)| after[*id] != **name).map(|(id, _)| after[id].as_str()).collect();
    assert_eq!(renamed, ["P02 2026-04-21 T-2- · -Quoted- & told"]);
}

/// The name of the case that a source belongs to.
fn case_of(qde: &str, guid: &str) -> Option<String> {
    let mut reader = Reader::from_str(qde);
    let mut case = None;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) if element.name().as_ref() == "Case" => {
                let name = element.try_get_attribute("name").unwrap().unwrap();
                case = Some(name.normalized_value(XmlVersion::Explicit1_0).unwrap().into_owned());
            }
            Event::Empty(element)
                if element.name().as_ref() == "SourceRef"
                    && &*element.try_get_attribute("targetGUID").unwrap().unwrap().value == guid =>
            {
                return case;
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}
