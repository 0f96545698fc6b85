//! Reminders on a computer: notifications of the system, as long as the app runs.

use notify_rust::Notification;
use waymark_diary::page::Reminding;

/// Who is named beside a reminder where the program can say so: what its window is called. Neither a study nor a diary is named.
const NAME: &str = "Notes";

/// The system's notifications.
#[derive(Clone)]
pub struct System {
    /// How Windows knows an installed app.
    #[cfg(windows)]
    identifier: String,
}

impl System {
    /// Windows and macOS name the installed app with this identifier beside a reminder.
    pub fn of(identifier: &str) -> Self {
        #[cfg(target_os = "macos")]
        // It can be said once; an app that is not installed goes by another name.
        let _ = notify_rust::set_application(identifier);
        #[cfg(not(any(windows, target_os = "macos")))]
        let _ = identifier;
        Self {
            #[cfg(windows)]
            identifier: identifier.to_owned(),
        }
    }
}

impl Reminding for System {
    fn show(&self, text: &str) -> bool {
        let mut notification = Notification::new();
        notification.appname(NAME).summary(text);
        #[cfg(windows)]
        notification.app_id(&self.identifier);
        notification.show().is_ok()
    }
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
