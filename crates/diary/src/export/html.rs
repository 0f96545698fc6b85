//! A page for printing: one file, no scripts, nothing loaded from anywhere. What was written is text and never markup.
//!
//! The policy in the page's head lets in this file's own style sheet, by its hash, and nothing else. Nobody knows which
//! language a person wrote in, so their text carries an empty `lang`, and each paragraph finds its own direction.

use std::fmt::{self, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::digest;
use waymark_protocol::content::Entry;
use zeroize::Zeroizing;

use super::Book;
use crate::voice;

const STYLE: &str = include_str!("print.css");

pub(super) fn write(book: &Book<'_>) -> Zeroizing<Vec<u8>> {
    let mut out = Zeroizing::new(String::with_capacity(book.room() + STYLE.len()));
    write_page(book, &mut out).expect("writing to a string succeeds");
    Zeroizing::new(std::mem::take(&mut *out).into_bytes())
}

/// Text, with what HTML would take for markup written out.
struct Text<'a>(&'a str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for letter in self.0.chars() {
            match letter {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                // HTML has no such letter and no way to write it.
                '\0' => f.write_char('\u{fffd}')?,
                // A bare one would be read as a new line.
                '\r' => f.write_str("&#13;")?,
                _ => f.write_char(letter)?,
            }
        }
        Ok(())
    }
}

fn write_page(book: &Book<'_>, out: &mut String) -> fmt::Result {
    let words = book.words;
    let hash = STANDARD.encode(digest::digest(&digest::SHA256, STYLE.as_bytes()));
    let direction = if words.right_to_left { "rtl" } else { "ltr" };
    writeln!(
        out,
        "<!doctype html>\n<html lang=\"{}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{hash}'; \
         base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>",
        Text(&words.language),
        Text(&words.title),
    )?;
    writeln!(out, "<header>\n<h1>{}</h1>\n<p>{}</p>\n</header>\n<main>", Text(&words.title), Text(&words.notice))?;
    for entry in &book.entries {
        writeln!(out, "<article>\n<h2>{}</h2>", Text(&book.day(entry.latest().about)))?;
        for (place, revision) in entry.revisions.iter().enumerate() {
            if place + 1 < entry.revisions.len() {
                writeln!(out, "<h3>{}</h3>", Text(&words.earlier))?;
            } else if place > 0 {
                writeln!(out, "<h3>{}</h3>", Text(&words.latest))?;
            }
            write_revision(book, revision, out)?;
        }
        writeln!(out, "</article>")?;
    }
    writeln!(out, "</main>\n</body>\n</html>")
}

fn write_revision(book: &Book<'_>, entry: &Entry, out: &mut String) -> fmt::Result {
    let words = book.words;
    let written = entry.written_at.format("%Y-%m-%d %H:%M %:z");
    writeln!(out, "<p class=\"about\">{}: <time>{written}</time></p>", Text(&words.written))?;
    if let Some(weight) = book.weight(entry) {
        writeln!(out, "<p class=\"about\">{}: {}</p>", Text(&words.weight), Text(weight))?;
    }
    if !entry.tags.is_empty() {
        let tags: Vec<String> = entry.tags.iter().map(|tag| format!("<bdi lang=\"\">{}</bdi>", Text(tag))).collect();
        writeln!(out, "<p class=\"about\">{}: {}</p>", Text(&words.tags), tags.join(", "))?;
    }
    for answer in voice::written_answers(entry) {
        if !answer.question.trim().is_empty() {
            writeln!(out, "<p class=\"question\" lang=\"\" dir=\"auto\">{}</p>", Text(&answer.question))?;
        }
        write_words(book.value(answer), out)?;
    }
    if !entry.text.trim().is_empty() {
        write_words(&entry.text, out)?;
    }
    for (question, note) in book.notes(entry) {
        if let Some(question) = question {
            writeln!(out, "<p class=\"question\" lang=\"\" dir=\"auto\">{}</p>", Text(question))?;
        }
        writeln!(out, "<p class=\"about\">{}</p>", Text(&note))?;
    }
    Ok(())
}

/// Each paragraph has a direction of its own; lines and spaces stay as they were written.
fn write_words(text: &str, out: &mut String) -> fmt::Result {
    for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
        writeln!(out, "<p class=\"words\" lang=\"\" dir=\"auto\">{}</p>", Text(paragraph))?;
    }
    Ok(())
}
