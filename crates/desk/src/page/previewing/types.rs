//! What page and host say to each other when a study is looked at as phones show it.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is to be seen. What was shown before ends.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OpenPreview {
    /// Codes of languages of the study, one for each phone: one or two.
    pub languages: Vec<String>,
    /// The day after joining, from 1, which is the day of joining; none for the first run, before anybody has joined.
    pub day: Option<u32>,
}

/// A preview that is shown.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct PreviewView {
    /// Its number, for asking when it ends.
    pub number: u32,
    /// One in each language that was asked for.
    pub phones: Vec<PreviewPhone>,
    /// What opens their lock; none where whoever tries the first run chooses that.
    pub pin: Option<String>,
    /// The days on which something is asked that was not asked in this way before, in order.
    pub days: Vec<PreviewDay>,
    /// The last day that can be chosen.
    pub last_day: u32,
}

/// A phone of a preview.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct PreviewPhone {
    /// What it speaks.
    pub language: String,
    /// Where its page is. The link is good once, and is the only way to it.
    pub url: String,
}

/// A day that is worth a look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PreviewDay {
    /// From 1, the day of joining.
    pub day: u32,
    /// Its date for somebody who joins today.
    pub date: String,
    /// The title of its phase.
    pub phase: String,
    /// What is asked beside the daily prompts because of the day: titles of prompt sets.
    pub weekly: Vec<String>,
}

/// Names a preview.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct PreviewRef {
    /// Its number.
    pub number: u32,
}

/// Its links let somebody in.
impl fmt::Debug for PreviewView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PreviewView").field("number", &self.number).finish_non_exhaustive()
    }
}

/// As [`PreviewView`].
impl fmt::Debug for PreviewPhone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PreviewPhone").field("language", &self.language).finish_non_exhaustive()
    }
}
