//! The way through the diary, step by step, in the words that are on its screens.

use crate::Trouble;
use crate::driver::App;

/// What opens the diary here. It guards nothing real.
pub const PASSPHRASE: &str = "four quiet grey stones";

/// The example study's questions of the day, in order.
const QUESTIONS: [&str; 3] = [
    "What stays with you from today?",
    "Why did it matter to you?",
    "What might you try, ask for or leave alone next time?",
];

/// First run: reads an invitation, typed or pasted, as far as the study's own page.
pub async fn read_invitation(app: &App, invitation: &str) -> Result<(), Trouble> {
    app.press("I have an invitation").await?;
    app.fill("Paste the link, or type the text", invitation).await?;
    app.press("Open the invitation").await?;
    app.see("Who can read what").await
}

/// Says yes to each question, and stands before the choice of a lock.
pub async fn agree(app: &App) -> Result<usize, Trouble> {
    app.press("Go on to the questions").await?;
    let questions = app.choose_everywhere("Yes").await?;
    app.press("Join, and choose a lock").await?;
    Ok(questions)
}

/// Chooses a passphrase, which makes the diary and joins the study; ends on the 24 words.
pub async fn choose_lock(app: &App) -> Result<(), Trouble> {
    app.fill("Your passphrase", PASSPHRASE).await?;
    app.fill("The same passphrase again", PASSPHRASE).await?;
    app.press("Lock it with this").await?;
    app.see("Your 24 words").await
}

/// Puts the 24 words off, and waits on Today until joining has reached the server.
pub async fn words_later(app: &App) -> Result<(), Trouble> {
    app.press("Later").await?;
    app.see(QUESTIONS[0]).await?;
    app.see("Everything that should be there by now has arrived.").await
}

/// Begins today's entry with an answer to the first question, and waits until that is sealed on the disk.
pub async fn begin_entry(app: &App, first: &str) -> Result<(), Trouble> {
    app.press("Write").await?;
    app.fill(QUESTIONS[0], first).await?;
    app.see("Saved").await
}

/// Answers the second question, skips the third, and comes to the question who may read it.
pub async fn end_entry(app: &App, second: &str) -> Result<(), Trouble> {
    app.press("Next").await?;
    app.fill(QUESTIONS[1], second).await?;
    app.press("Next").await?;
    app.see(QUESTIONS[2]).await?;
    app.press("Skip").await?;
    app.see("Anything else?").await?;
    app.press("Done").await?;
    app.see("Who should read this?").await
}

/// Shares the entry with the study.
pub async fn share(app: &App) -> Result<(), Trouble> {
    app.choose("Me and the study").await?;
    app.press("Done").await?;
    app.see("Saved. It goes to the study").await
}

/// Keeps the entry to its writer.
pub async fn keep_private(app: &App) -> Result<(), Trouble> {
    app.choose("Only me").await?;
    app.press("Done").await?;
    app.see("Saved. Only you can read it.").await
}

/// Asks for a sync by hand, and waits until all that was due has been receipted.
pub async fn sync(app: &App) -> Result<(), Trouble> {
    app.press("Me").await?;
    app.press("Send and fetch now").await?;
    app.see("Everything that should be there by now has arrived.").await
}

/// Locks the diary; nothing of it stays on the screen.
pub async fn lock(app: &App) -> Result<(), Trouble> {
    app.press("Lock").await?;
    app.see("Notes").await
}

/// Opens the lock with the right passphrase.
pub async fn unlock(app: &App) -> Result<(), Trouble> {
    app.fill("Passphrase", PASSPHRASE).await?;
    app.press("Open").await?;
    app.see_gone("Notes").await
}

/// Goes to the choice of language, whose line among the settings has these words, and chooses one by its own name.
pub async fn speak(app: &App, settings: &str, language: &str) -> Result<(), Trouble> {
    app.press("Me").await?;
    app.press(settings).await?;
    app.choose(language).await
}
