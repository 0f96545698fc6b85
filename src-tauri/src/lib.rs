//! The diary's shell: a window with the page in it, the page's commands, and the lock when the app goes out of sight.
//!
//! Thin by design: what the diary does is in `waymark-diary`, which knows nothing of Tauri. The page can call the
//! declared commands (`commands`) and play voice notes (`sound`), nothing else, and its window shows no other page (`window`).

mod commands;
mod folder;
#[cfg(desktop)]
mod reminder;
mod sound;
#[cfg(target_os = "linux")]
mod speech;
mod window;

use tauri::Manager;
use waymark_diary::page::{Diaries, LockWhenLeft};

/// Runs the app until its window is closed.
#[cfg_attr(mobile, tauri::mobile_entry_point)]
pub fn run() {
    waymark_hardening::no_core_dumps();
    waymark_diary::install_crypto();
    let app = tauri::Builder::default()
        // For numbers to call, from Rust alone: the page gets none of its permissions, and no script of it.
        .plugin(tauri_plugin_opener::Builder::new().open_js_links_on_click(false).build())
        .invoke_handler(commands::handler())
        .register_asynchronous_uri_scheme_protocol(sound::SCHEME, |context, request, responder| {
            sound::answer(context.app_handle(), request, responder);
        })
        .on_window_event(window::lock_when_out_of_sight)
        .setup(|app| {
            let outbox = folder::outbox(app);
            #[cfg(desktop)]
            let system = reminder::System::of(&app.config().identifier);
            #[cfg(target_os = "linux")]
            let voice = std::env::var_os("PATH").and_then(|path| speech::SpeechDispatcher::find(&path));
            let diaries = Diaries::new(folder::of(app)?, move |diary| {
                let diary = match &outbox {
                    Some(outbox) => diary.with_outbox(outbox.clone()),
                    None => diary,
                };
                #[cfg(desktop)]
                let diary = diary.with_reminding(system.clone());
                #[cfg(target_os = "linux")]
                let diary = match &voice {
                    Some(voice) => diary.with_speaking(voice.clone()),
                    None => diary,
                };
                diary
            });
            tauri::async_runtime::spawn(diaries.clone().watch(LockWhenLeft::AsChosen));
            app.manage(diaries);
            window::open(app)?;
            Ok(())
        })
        .run(tauri::generate_context!());
    if let Err(error) = app {
        eprintln!("Waymark cannot start: {error}");
        std::process::exit(1);
    }
}
