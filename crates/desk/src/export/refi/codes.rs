//! The codebook of an export: the study's own codes, and below one code of their own those that the diary brings: prompts, tags, weights.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use quick_xml::events::BytesText;
use waymark_protocol::StudyId;
use waymark_protocol::study::Plan;

use super::guid::Guid;
use super::names::Names;
use super::{Project, Row};
use crate::codebook::Codebook;
use crate::export::xml::{self, Xml};

/// The code above those that the diary brings. It is not used itself.
const DIARY: &str = "From the diary";

/// A code with those below it.
struct Code {
    guid: Guid,
    name: String,
    description: Option<String>,
    is_codable: bool,
    below: Vec<Code>,
}

/// All codes, and those that the diary brings by what they stand for.
pub(super) struct Codes {
    tree: Vec<Code>,
    brought: BTreeMap<Brought, Guid>,
}

/// What a code of the diary stands for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Brought {
    /// A prompt, by its id.
    Prompt(String),
    /// A tag.
    Tag(String),
    /// How an entry weighs.
    Weight(&'static str),
}

impl Brought {
    fn name(&self) -> String {
        match self {
            Self::Prompt(id) => format!("prompt: {id}"),
            Self::Tag(tag) => format!("tag: {tag}"),
            Self::Weight(weight) => format!("weight: {weight}"),
        }
    }

    /// What an entry brings.
    fn of(row: &Row) -> impl Iterator<Item = Self> {
        let prompts = row.answers.iter().map(|answer| Self::Prompt(answer.prompt.clone()));
        let tags = row.tags.iter().cloned().map(Self::Tag);
        prompts.chain(tags).chain(row.weight.map(Self::Weight))
    }
}

impl Codes {
    pub fn of(project: &Project<'_>) -> Self {
        let mut names = Names::default();
        let mut codes =
            Self { tree: below(&project.study, project.codebook, None, &mut names), brought: BTreeMap::new() };
        let above = names.give(DIARY);
        let brought: BTreeSet<Brought> = project.rows.iter().flat_map(Brought::of).collect();
        let below: Vec<Code> = brought
            .iter()
            .map(|brought| Code {
                guid: Guid::of(&project.study, "diary code", &[brought.name().as_bytes()]),
                name: names.give(&brought.name()),
                description: question(project.plan, brought),
                is_codable: true,
                below: Vec::new(),
            })
            .collect();
        codes.brought = brought.into_iter().zip(below.iter().map(|code| code.guid)).collect();
        if !below.is_empty() {
            codes.tree.push(Code {
                guid: Guid::of(&project.study, "diary code", &[]),
                name: above,
                description: Some(
                    "What people answered, which tags they gave, and how an entry weighed on them.".to_owned(),
                ),
                is_codable: false,
                below,
            });
        }
        codes
    }

    /// The study's own.
    pub fn of_codebook(study: StudyId, codebook: &Codebook) -> Self {
        Self { tree: below(&study, codebook, None, &mut Names::default()), brought: BTreeMap::new() }
    }

    pub fn is_empty(&self) -> bool {
        self.tree.is_empty()
    }

    /// The code of what the diary brings.
    pub fn get(&self, brought: &Brought) -> Option<Guid> {
        self.brought.get(brought).copied()
    }

    pub fn write(&self, xml: &mut Xml) -> io::Result<()> {
        xml.create_element("Codes")
            .write_inner_content(|xml| self.tree.iter().try_for_each(|code| write_code(code, xml)))?;
        Ok(())
    }
}

/// The codes right below one; a codebook has no circles, for a code stands after the one above it.
fn below(study: &StudyId, codebook: &Codebook, parent: Option<&str>, names: &mut Names) -> Vec<Code> {
    let codes = codebook.0.iter().filter(|code| code.parent.as_deref() == parent);
    codes
        .map(|code| Code {
            guid: Guid::of(study, "code", &[code.name.as_bytes()]),
            name: names.give(&code.name),
            description: code.description.clone(),
            is_codable: true,
            below: below(study, codebook, Some(&code.name), names),
        })
        .collect()
}

fn question(plan: &Plan, brought: &Brought) -> Option<String> {
    let Brought::Prompt(id) = brought else { return None };
    let prompt = plan.prompts.iter().find(|prompt| prompt.id == *id)?;
    Some(prompt.text.get(plan.languages.first()?).to_owned())
}

fn write_code(code: &Code, xml: &mut Xml) -> io::Result<()> {
    let guid = code.guid.to_string();
    let is_codable = if code.is_codable { "true" } else { "false" };
    let element = xml.create_element("Code").with_attributes([
        ("guid", guid.as_str()),
        ("name", code.name.as_str()),
        ("isCodable", is_codable),
    ]);
    if code.description.is_none() && code.below.is_empty() {
        element.write_empty()?;
        return Ok(());
    }
    element.write_inner_content(|xml| {
        if let Some(description) = &code.description {
            xml.create_element("Description").write_text_content(BytesText::new(&xml::name(description)))?;
        }
        code.below.iter().try_for_each(|code| write_code(code, xml))
    })?;
    Ok(())
}

/// A codebook alone.
pub(super) fn write_codebook(codes: &Codes) -> io::Result<Vec<u8>> {
    let mut xml = xml::begin()?;
    xml.create_element("CodeBook")
        .with_attributes([("xmlns", "urn:QDA-XML:codebook:1.0"), ("origin", super::project::ORIGIN)])
        .write_inner_content(|xml| codes.write(xml))?;
    xml::end(xml)
}
