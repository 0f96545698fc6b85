//! The diary's shell: a window with the page in it, the page's commands, and the lock when the app goes out of sight.
//!
//! Thin by design: what the diary does is in `waymark-diary`, which knows nothing of Tauri. The page can call the
//! declared commands (`commands`) and play voice notes (`sound`), nothing else, and its window shows no other page (`window`).

mod commands;
mod folder;
#[cfg(desktop)]
mod reminder;
mod sound;
mod window;

use tauri::Manager;
use waymark_diary::page::DiaryApp;

/// Runs the app until its window is closed.
#[cfg_attr(mobile, tauri::mobile_entry_point)]
pub fn run() {
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
            let diary = DiaryApp::new(folder::of(app)?);
            let diary = match folder::outbox(app) {
                Some(outbox) => diary.with_outbox(outbox),
                None => diary,
            };
            #[cfg(desktop)]
            let diary = reminder::shown_by_the_system(diary, &app.config().identifier);
            tauri::async_runtime::spawn(diary.clone().lock_when_left(None));
            app.manage(diary);
            window::open(app)?;
            Ok(())
        })
        .run(tauri::generate_context!());
    if let Err(error) = app {
        eprintln!("Waymark cannot start: {error}");
        std::process::exit(1);
    }
}
