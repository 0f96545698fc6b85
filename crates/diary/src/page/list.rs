//! What the page asks of the diary to re-read, and what it gets: lines of a list, a calendar, tags, marks.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waymark_protocol::EntryId;

use super::ErrorCode;
use super::types::{EntrySummary, SearchPiece};
use super::views;
use crate::{Diary, Error, Filter, Mark, Marks, Month, Now};

/// The longest list that is made at once.
const MAX_LINES: usize = 10_000;

/// What an entry can be marked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum MarkKind {
    /// To be brought to the interview.
    Interview,
    /// To be brought to supervision.
    Supervision,
    /// To be talked about: the study was told so.
    Talk,
}

/// Which entries; what is left empty lets all of them through.
#[derive(Clone, Deserialize, TS)]
pub struct EntryFilter {
    /// Words; all must occur, in any case, with or without accents.
    pub query: String,
    /// Tags; all must be there.
    pub tags: Vec<String>,
    /// A mark that must be there.
    pub mark: Option<MarkKind>,
    /// The first day.
    pub from: Option<String>,
    /// The last day.
    pub to: Option<String>,
}

/// A part of the list.
#[derive(Clone, Deserialize, TS)]
pub struct ListEntries {
    /// Which entries.
    pub filter: EntryFilter,
    /// How many of them are passed over, from the newest.
    pub offset: u32,
    /// How many are given at most.
    pub limit: u32,
}

/// A part of the list, newest day first.
#[derive(Clone, Serialize, TS)]
pub struct EntryList {
    /// How many entries there are in all, whatever part was asked for.
    pub total: u32,
    /// The part.
    pub lines: Vec<ListedEntry>,
}

/// A line of the list.
#[derive(Clone, Serialize, TS)]
pub struct ListedEntry {
    /// The entry.
    pub entry: EntrySummary,
    /// Words around the first match, in pieces, when words were looked for; those with `hit` are what was looked for.
    pub around: Option<Vec<SearchPiece>>,
}

/// Which calendar page is to be shown.
#[derive(Clone, Deserialize, TS)]
pub struct AskCalendar {
    /// `YYYY-MM`; none for the newest month that has entries.
    pub month: Option<String>,
    /// Which entries count; its days do not matter here.
    pub filter: EntryFilter,
}

/// A month's page of the calendar.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Calendar {
    /// The month shown, `YYYY-MM`; none when nothing has been asked for and there is no entry.
    pub month: Option<String>,
    /// Its days that have entries, in order.
    pub days: Vec<DayCount>,
    /// All months that have entries, newest first.
    pub months: Vec<MonthCount>,
}

/// A day with entries.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DayCount {
    /// `YYYY-MM-DD`.
    pub date: String,
    /// How many.
    pub entries: u32,
}

/// A month with entries.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MonthCount {
    /// `YYYY-MM`.
    pub month: String,
    /// How many.
    pub entries: u32,
}

/// Which tags are to be shown.
#[derive(Clone, Deserialize, TS)]
pub struct FindTags {
    /// What the tag has in it; empty for all.
    pub find: String,
    /// How many at most.
    pub limit: u32,
}

/// Tags in use, the most used first.
#[derive(Clone, Serialize, TS)]
pub struct TagList {
    /// How many there are in all.
    pub total: u32,
    /// The first of them.
    pub tags: Vec<TagCount>,
}

/// A tag in use.
#[derive(Clone, Serialize, TS)]
pub struct TagCount {
    /// The tag.
    pub tag: String,
    /// On how many entries it is.
    pub entries: u32,
}

/// Marks an entry as given, and takes the other marks off.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MarkEntry {
    /// The entry.
    pub entry: String,
    /// To be brought to the interview.
    pub interview: bool,
    /// To be brought to supervision.
    pub supervision: bool,
}

/// Tells the study that the writer wants to talk about an entry, or that they do not any more.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TalkAbout {
    /// The entry.
    pub entry: String,
    /// Whether they want to.
    pub wanted: bool,
}

impl MarkEntry {
    pub(super) fn marks(&self) -> Marks {
        Marks { interview: self.interview, supervision: self.supervision }
    }
}

impl EntryFilter {
    fn parse(self, language: &str) -> Result<Filter, Error> {
        let day = |text: Option<String>| text.map(|text| text.parse::<NaiveDate>()).transpose();
        let unreadable = |_| Error::Plain(ErrorCode::Internal);
        Ok(Filter {
            query: self.query,
            language: language.to_owned(),
            tags: self.tags,
            mark: self.mark.map(|mark| match mark {
                MarkKind::Interview => Mark::Interview,
                MarkKind::Supervision => Mark::Supervision,
                MarkKind::Talk => Mark::Talk,
            }),
            from: day(self.from).map_err(unreadable)?,
            to: day(self.to).map_err(unreadable)?,
        })
    }
}

/// A part of the list.
pub fn entry_list(diary: &Diary, input: ListEntries, now: Now, language: &str) -> Result<EntryList, Error> {
    let choices = diary.choices(language)?;
    let filter = input.filter.parse(language)?;
    let found = diary.matching(&filter);
    let (offset, limit) = (index(input.offset), index(input.limit).min(MAX_LINES));
    let some: Vec<EntryId> = found.iter().skip(offset).take(limit).copied().collect();
    let lines = some.iter().zip(diary.around(&some, &filter)).map(|(id, around)| {
        let around = around
            .map(|pieces| pieces.into_iter().map(|piece| SearchPiece { text: piece.text, hit: piece.hit }).collect());
        Ok(ListedEntry { entry: views::summary(diary, id, now, &choices)?, around })
    });
    Ok(EntryList { total: count(found.len()), lines: lines.collect::<Result<_, Error>>()? })
}

/// A month's page of the calendar.
pub(super) fn calendar(diary: &Diary, input: AskCalendar, language: &str) -> Result<Calendar, Error> {
    let asked = input.month.as_deref().map(parse_month).transpose()?;
    let days = diary.days(&input.filter.parse(language)?);
    let mut months: Vec<(Month, usize)> = Vec::new();
    for (day, entries) in days.iter().rev() {
        match months.last_mut() {
            Some((month, sum)) if *month == Month::of(*day) => *sum += entries,
            _ => months.push((Month::of(*day), *entries)),
        }
    }
    let month = asked.or(months.first().map(|(month, _)| *month));
    let shown = days.iter().filter(|(day, _)| Some(Month::of(**day)) == month);
    Ok(Calendar {
        month: month.map(month_text),
        days: shown.map(|(day, entries)| DayCount { date: day.to_string(), entries: count(*entries) }).collect(),
        months: months
            .into_iter()
            .map(|(month, entries)| MonthCount { month: month_text(month), entries: count(entries) })
            .collect(),
    })
}

/// Tags in use.
pub(super) fn tag_list(diary: &Diary, input: &FindTags) -> TagList {
    let tags = diary.tags(&input.find);
    TagList {
        total: count(tags.len()),
        tags: tags
            .into_iter()
            .take(index(input.limit).min(MAX_LINES))
            .map(|(tag, entries)| TagCount { tag, entries: count(entries) })
            .collect(),
    }
}

fn parse_month(text: &str) -> Result<Month, Error> {
    let day = format!("{text}-01").parse().map_err(|_| Error::Plain(ErrorCode::Internal))?;
    Ok(Month::of(day))
}

fn month_text(month: Month) -> String {
    format!("{:04}-{:02}", month.year, month.month)
}

fn count(entries: usize) -> u32 {
    u32::try_from(entries).unwrap_or(u32::MAX)
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
