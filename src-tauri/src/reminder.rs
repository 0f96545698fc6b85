//! Reminders on a computer: notifications of the system, as long as the app runs.

use notify_rust::Notification;
use waymark_diary::page::{DiaryApp, Reminding};

/// What the system calls the app beside a reminder: what its window is called. Neither a study nor a diary is named.
const NAME: &str = "Notes";

struct System;

impl Reminding for System {
    fn show(&self, text: &str) -> bool {
        Notification::new().appname(NAME).summary(text).show().is_ok()
    }
}

/// The same diary, with reminders that ring from now on, open or locked.
pub fn shown_by_the_system(diary: DiaryApp) -> DiaryApp {
    let diary = diary.with_reminding(System);
    tauri::async_runtime::spawn(diary.clone().ring());
    diary
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_beside_a_reminder_is_that_of_the_window() {
        let config: serde_json::Value =
            serde_json::from_str(include_str!("../../tauri.conf.json")).expect("the configuration is JSON");
        assert_eq!(config["app"]["windows"][0]["title"], NAME);
    }
}
