//! What a person does with a screen: look for words, press, choose, type.
//!
//! Everything is found by the words that a person reads. Each waits a while for what it looks for, since screens come
//! when the app is ready.

use std::path::Path;
use std::time::{Duration, Instant};

use fantoccini::Locator;
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use serde_json::Value;

use crate::Trouble;
use crate::driver::App;

/// How long a screen may take. An unoptimised key derivation is among what is waited for.
const PATIENCE: Duration = Duration::from_secs(30);
const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// Two frames later, everything that stands on the page now has been drawn. A window that draws none is not waited for.
const DRAWN: &str = "Promise.race([
    new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn(null)))),
    new Promise((enough) => setTimeout(() => enough(null), 1000)),
])";

impl App {
    /// Presses the button with these words, or whose title they are.
    pub async fn press(&self, words: &str) -> Result<(), Trouble> {
        self.click(&format!("the button “{words}”"), &named("button", words)).await
    }

    /// Chooses the answer with these words, or whose title they are.
    pub async fn choose(&self, words: &str) -> Result<(), Trouble> {
        self.click(&format!("the answer “{words}”"), &named("label", words)).await
    }

    /// Chooses the same answer to every question on the screen; gives how many there were.
    pub async fn choose_everywhere(&self, words: &str) -> Result<usize, Trouble> {
        let xpath = format!("//fieldset{}", named("label", words));
        self.visible(&format!("the answer “{words}”"), &xpath).await?;
        let answers = self.client.find_all(Locator::XPath(&xpath)).await?;
        for answer in &answers {
            self.bring_into_view(answer).await?;
            answer.click().await?;
        }
        Ok(answers.len())
    }

    /// Types into the field with this label, instead of what was in it.
    pub async fn fill(&self, label: &str, text: &str) -> Result<(), Trouble> {
        let literal = literal(label);
        let labels = format!("//*[self::label or self::h1 or self::h2 or self::legend][normalize-space(.)={literal}]");
        let xpath = format!(
            "//*[(self::input or self::textarea) and (@id={labels}/@for or @aria-labelledby={labels}/@id or @aria-label={literal})]"
        );
        let field = self.visible(&format!("the field “{label}”"), &xpath).await?;
        field.clear().await?;
        field.send_keys(text).await?;
        Ok(())
    }

    /// What stands in the field that is written in.
    pub async fn written(&self) -> Result<String, Trouble> {
        let field = self.visible("a field to write in", "//textarea").await?;
        Ok(field.prop("value").await?.unwrap_or_default())
    }

    /// Waits until these words are on the screen.
    pub async fn see(&self, words: &str) -> Result<(), Trouble> {
        self.until(&format!("“{words}”"), |page| page.contains(words)).await
    }

    /// Waits until these words are gone from the screen.
    pub async fn see_gone(&self, words: &str) -> Result<(), Trouble> {
        self.until(&format!("a screen without “{words}”"), |page| !page.contains(words)).await
    }

    /// All words on the screen.
    pub async fn words(&self) -> Result<String, Trouble> {
        let text = self.client.execute("return document.body ? document.body.innerText : ''", Vec::new()).await?;
        // Marks that isolate names from the text around them are nothing that a person sees.
        Ok(text.as_str().unwrap_or_default().replace(['\u{2068}', '\u{2069}'], "").replace('\u{a0}', " "))
    }

    /// Runs a script's expression in the page, and waits when it is a promise; `"refused"` when that is rejected.
    pub async fn evaluate(&self, expression: &str) -> Result<Value, Trouble> {
        let script = format!(
            "const answer = arguments[arguments.length - 1];
             Promise.resolve().then(() => ({expression})).then(answer, () => answer('refused'));"
        );
        Ok(self.client.execute_async(&script, Vec::new()).await?)
    }

    /// The page's address.
    pub async fn address(&self) -> Result<String, Trouble> {
        Ok(self.client.current_url().await?.to_string())
    }

    /// Takes a picture of the window, once what is on the page has been drawn.
    pub async fn picture(&self, file: &Path) -> Result<(), Trouble> {
        self.evaluate(DRAWN).await?;
        let picture = self.client.screenshot().await?;
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).map_err(Trouble::system(folder.display().to_string()))?;
        }
        std::fs::write(file, picture).map_err(Trouble::system(file.display().to_string()))
    }

    async fn until(&self, what: &str, holds: impl Fn(&str) -> bool) -> Result<(), Trouble> {
        let patience = Instant::now() + PATIENCE;
        loop {
            // Between two pages there is no document to read for a moment.
            let page = self.words().await.unwrap_or_default();
            if holds(&page) {
                return Ok(());
            }
            if Instant::now() > patience {
                return Err(Trouble::NotSeen { what: what.to_owned(), page });
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    async fn click(&self, what: &str, xpath: &str) -> Result<(), Trouble> {
        let patience = Instant::now() + PATIENCE;
        loop {
            let clicked = async {
                let element = self.visible(what, xpath).await?;
                self.bring_into_view(&element).await?;
                Ok(element.click().await?)
            };
            match clicked.await {
                // The screen changed between finding and clicking, or something was still in front of it.
                Err(Trouble::Driver(CmdError::Standard(_))) if Instant::now() < patience => {
                    tokio::time::sleep(LOOK_AGAIN).await;
                }
                other => return other,
            }
        }
    }

    /// The first element that is shown and can be used.
    async fn visible(&self, what: &str, xpath: &str) -> Result<Element, Trouble> {
        let patience = Instant::now() + PATIENCE;
        loop {
            for element in self.client.find_all(Locator::XPath(xpath)).await.unwrap_or_default() {
                if element.is_displayed().await.unwrap_or(false) && element.is_enabled().await.unwrap_or(false) {
                    return Ok(element);
                }
            }
            if Instant::now() > patience {
                let page = self.words().await.unwrap_or_default();
                return Err(Trouble::NotSeen { what: what.to_owned(), page });
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    async fn bring_into_view(&self, element: &Element) -> Result<(), Trouble> {
        let argument = serde_json::to_value(element).expect("an element reference is plain JSON");
        self.client.execute("arguments[0].scrollIntoView({ block: 'center' })", vec![argument]).await?;
        Ok(())
    }
}

/// Elements whose whole text, or whose title's, are these words.
fn named(element: &str, words: &str) -> String {
    let literal = literal(words);
    format!("//{element}[normalize-space(.)={literal} or .//*[contains(@class,'title')][normalize-space(.)={literal}]]")
}

/// A string of XPath, which has no escapes: our words hold no straight double quote.
fn literal(words: &str) -> String {
    debug_assert!(!words.contains('"'), "words on screen use typographic quotes");
    format!("\"{words}\"")
}
