//! Markdown, to be read: questions in italics, text as it was written.

use std::io::{self, Write};

use super::document::{Block, Fact};

pub(super) fn write(blocks: &[Block<'_>], out: &mut dyn Write) -> io::Result<()> {
    blocks.iter().try_for_each(|block| match block {
        Block::Title(title) => writeln!(out, "# {title}"),
        Block::Person(participant) => writeln!(out, "\n## {participant}"),
        Block::Day(day) => writeln!(out, "\n### {day}"),
        Block::Question(question) => writeln!(out, "\n*{}*", question.replace('*', "\\*")),
        Block::Text(text) => writeln!(out, "\n{text}"),
        // An empty line of a quotation is one that can be written on.
        Block::Notes => writeln!(out, "\n**Notes**\n\n> \n> \n> "),
        Block::Facts(facts) => {
            writeln!(out)?;
            facts.iter().try_for_each(|Fact { text, file }| match file {
                Some(file) => writeln!(out, "- {text}: [listen](<{file}>)"),
                None => writeln!(out, "- {text}"),
            })
        }
    })
}
