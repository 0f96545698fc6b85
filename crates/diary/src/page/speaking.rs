//! Reading a study's questions aloud, where the shell can. Only what a study wrote is read: nothing of the diary leaves the page this way.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::app::blocking;
use super::{DiaryApp, ErrorCode, Language, Nothing};
use crate::Error;

/// A question is a sentence or a few.
const LONGEST: usize = 4000;

/// How a shell reads aloud.
pub trait Speaking: Send + Sync + 'static {
    /// Begins to read, in the place of what was being read. Whether the system took it; `language` is a tag of BCP 47.
    fn speak(&self, text: &str, language: &str) -> bool;

    /// Stops reading.
    fn stop(&self);
}

/// What this device can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct Speech {
    /// Whether it can read aloud. Where it can't, nothing offers it.
    pub can_read_aloud: bool,
}

/// Something that a study wrote, to be read aloud.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ReadAloud {
    /// The words.
    pub text: String,
    /// Their language.
    pub language: String,
}

/// Reading was to begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct Reading {
    /// Whether the system took it.
    pub began: bool,
}

impl DiaryApp {
    /// The same, with a shell that can read aloud.
    pub fn with_speaking(mut self, shell: impl Speaking) -> Self {
        self.speaking = Some(Arc::new(shell));
        self
    }

    pub(super) fn speech_now(&self) -> Speech {
        Speech { can_read_aloud: self.speaking.is_some() }
    }

    pub(super) async fn read_aloud_now(&self, input: ReadAloud) -> Result<Reading, Error> {
        let bad = || Error::Plain(ErrorCode::Internal);
        if input.text.chars().count() > LONGEST || input.text.contains('\0') {
            return Err(bad());
        }
        Language::try_from(input.language.clone()).map_err(|_| bad())?;
        let shell = self.speaking.clone();
        // A system may take its time.
        blocking(move || Ok(Reading { began: shell.is_some_and(|shell| shell.speak(&input.text, &input.language)) }))
            .await
    }

    pub(super) async fn stop_reading_now(&self) -> Result<Nothing, Error> {
        let shell = self.speaking.clone();
        blocking(move || {
            if let Some(shell) = shell {
                shell.stop();
            }
            Ok(Nothing {})
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use serde_json::{Value, json};

    use super::*;

    #[derive(Clone, Default)]
    struct Speaker(Arc<Mutex<Vec<String>>>);

    impl Speaking for Speaker {
        fn speak(&self, text: &str, language: &str) -> bool {
            self.0.lock().expect("whole").push(format!("{language}: {text}"));
            true
        }

        fn stop(&self) {
            self.0.lock().expect("whole").push("stop".to_owned());
        }
    }

    async fn ok(app: &DiaryApp, name: &str, input: Value) -> Value {
        app.call(name, input).await.unwrap_or_else(|error| panic!("{name}: {error:?}"))
    }

    #[tokio::test]
    async fn what_is_read_reaches_the_shell_with_its_language_and_stops_when_asked() {
        let dir = tempfile::tempdir().expect("a folder");
        let speaker = Speaker::default();
        let app = DiaryApp::new(dir.path().to_path_buf()).with_speaking(speaker.clone());
        assert_eq!(ok(&app, "speech", json!({})).await["can_read_aloud"], true);
        let reading = ok(&app, "read_aloud", json!({ "text": "May we?", "language": "en-GB" })).await;
        assert_eq!(reading["began"], true);
        ok(&app, "stop_reading", json!({})).await;
        assert_eq!(*speaker.0.lock().expect("whole"), ["en-GB: May we?", "stop"]);
    }

    #[tokio::test]
    async fn what_is_no_language_or_longer_than_a_question_reaches_nobody() {
        let dir = tempfile::tempdir().expect("a folder");
        let speaker = Speaker::default();
        let app = DiaryApp::new(dir.path().to_path_buf()).with_speaking(speaker.clone());
        for (text, language) in
            [("May we?", "--cancel"), ("May we?", ""), ("a\0b", "en"), (&*"a".repeat(LONGEST + 1), "en")]
        {
            let refused = app.call("read_aloud", json!({ "text": text, "language": language })).await;
            assert!(refused.is_err(), "{language}");
        }
        assert!(speaker.0.lock().expect("whole").is_empty());
    }

    #[tokio::test]
    async fn a_shell_that_cannot_read_says_so() {
        let dir = tempfile::tempdir().expect("a folder");
        let app = DiaryApp::new(dir.path().to_path_buf());
        assert_eq!(ok(&app, "speech", json!({})).await["can_read_aloud"], false);
        assert_eq!(ok(&app, "read_aloud", json!({ "text": "May we?", "language": "en" })).await["began"], false);
        ok(&app, "stop_reading", json!({})).await;
    }
}
