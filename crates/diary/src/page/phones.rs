//! The person's phones on the page.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use zeroize::Zeroizing;

use super::{DiaryApp, ErrorCode, views};
use crate::{Diary, Error, Now, Phone, stop_phone};

/// A phone of the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PhoneView {
    /// Its id.
    pub device: String,
    /// Whether it is this one.
    pub this: bool,
    /// When it was added, once the server has said so.
    pub joined_at: Option<String>,
    /// When the server last got something from it.
    pub heard_at: Option<String>,
    /// Whether the person has not said yet that it is theirs.
    pub new: bool,
    /// Whether it has been stopped.
    pub stopped: bool,
}

/// The person's phones: this one first, then in the order in which they were added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PhoneList {
    /// One line each.
    pub phones: Vec<PhoneView>,
}

/// Names a phone.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PhoneRef {
    /// Its id.
    pub device: String,
}

/// A phone that is to be stopped.
#[derive(Clone, Deserialize, TS)]
pub struct StopPhone {
    /// Its id.
    pub device: String,
    /// The 24 words; none while the vault still has them because nobody confirmed them.
    pub words: Option<String>,
}

/// The first phone that the person has not said anything about.
pub(super) fn new_phone(diary: &Diary, now: Now) -> Option<PhoneView> {
    diary.phones().into_iter().find(|phone| phone.new).map(|phone| view(&phone, now))
}

fn list(diary: &Diary, now: Now) -> PhoneList {
    PhoneList { phones: diary.phones().iter().map(|phone| view(phone, now)).collect() }
}

fn view(phone: &Phone, now: Now) -> PhoneView {
    PhoneView {
        device: phone.device.to_string(),
        this: phone.this,
        joined_at: (phone.joined_at > 0).then(|| views::time(now, phone.joined_at)),
        heard_at: phone.heard_at.map(|at| views::time(now, at)),
        new: phone.new,
        stopped: phone.stopped,
    }
}

/// A phone is named by the page alone, so what is no id is a mistake of its own.
fn device(text: &str) -> Result<waymark_protocol::DeviceId, Error> {
    text.parse().map_err(|_| Error::Plain(ErrorCode::Internal))
}

impl DiaryApp {
    pub(super) async fn phones_now(&self) -> Result<PhoneList, Error> {
        let clock = self.clock.clone();
        self.with(move |diary| Ok(list(diary, clock.now()))).await
    }

    pub(super) async fn know_phone_now(&self, input: PhoneRef) -> Result<PhoneList, Error> {
        let clock = self.clock.clone();
        let device = device(&input.device)?;
        self.with(move |diary| {
            diary.know_phone(&device)?;
            Ok(list(diary, clock.now()))
        })
        .await
    }

    pub(super) async fn stop_phone_now(&self, input: StopPhone) -> Result<PhoneList, Error> {
        let (device, words) = (device(&input.device)?, input.words.map(Zeroizing::new));
        let words = words.as_ref().map(|words| words.as_str());
        {
            let _one_at_a_time = self.syncing.lock().await;
            let transport = self.transport().await?;
            stop_phone(&self.diary, &device, words, self.clock.now(), &transport).await?;
        }
        self.phones_now().await
    }
}
