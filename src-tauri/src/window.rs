//! The app's one window: it shows the diary's page and never another one.

use tauri::webview::NewWindowResponse;
use tauri::{App, Url, WebviewUrl, WebviewWindowBuilder, Window, WindowEvent};

/// How an invitation's link begins.
const INVITATION: &str = "waymark://join/";

/// Links are far shorter; what is longer is none.
const LONGEST_LINK: usize = 4096;

/// Opens the window as the configuration describes it, on an invitation when the program was started with one.
pub fn open(app: &App) -> tauri::Result<()> {
    let mut config = app.config().app.windows.first().cloned().unwrap_or_default();
    if let Some(link) = invitation(std::env::args().skip(1)) {
        // After `#` it stays inside the page, which reads it and takes it out of its address.
        config.url = WebviewUrl::App(format!("index.html#invitation={link}").into());
    }
    WebviewWindowBuilder::from_config(app.handle(), &config)?
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    Ok(())
}

/// The first argument that is an invitation's link: so the system hands over a link that was opened.
///
/// Links are letters and digits, so the page's address can carry one as it is.
fn invitation(mut arguments: impl Iterator<Item = String>) -> Option<String> {
    arguments.find(|argument| {
        argument.len() <= LONGEST_LINK
            && argument.strip_prefix(INVITATION).is_some_and(|rest| {
                !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
            })
    })
}

/// The address under which Tauri serves the embedded page: a scheme of its own, or a host name where there are none.
fn is_own_page(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => {
            cfg!(any(windows, target_os = "android"))
                && url.host_str() == Some("tauri.localhost")
                && url.port().is_none()
        }
        _ => false,
    }
}

/// Locks the diary when a phone puts the app in the background. Other systems do not tell.
pub fn lock_when_out_of_sight(window: &Window, event: &WindowEvent) {
    #[cfg(mobile)]
    if matches!(event, WindowEvent::Suspended) {
        use tauri::Manager;

        window.state::<waymark_diary::page::DiaryApp>().lock_now();
    }
    #[cfg(not(mobile))]
    let _ = (window, event);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(url: &str) -> bool {
        is_own_page(&url.parse().expect("an address"))
    }

    #[test]
    fn the_window_stays_on_its_own_page() {
        assert!(own("tauri://localhost"));
        assert!(own("tauri://localhost/index.html#waymark://join/abc"));
        for url in [
            "https://example.org/",
            "http://localhost/",
            "https://tauri.localhost.example.org/",
            "tauri://elsewhere/",
            "file:///etc/passwd",
            "data:text/html,x",
            "about:blank",
            "waymark://join/abc",
        ] {
            assert!(!own(url), "{url}");
        }
    }

    #[test]
    fn an_invitation_is_found_among_the_arguments() {
        let arguments = |list: &[&str]| invitation(list.iter().map(|text| (*text).to_owned()));
        assert_eq!(arguments(&["--flag", "waymark://join/abc"]).as_deref(), Some("waymark://join/abc"));
        assert_eq!(arguments(&[]), None);
        assert_eq!(arguments(&["https://example.org/waymark://join/abc", "waymark://other/abc"]), None);
    }

    #[test]
    fn what_cannot_be_an_invitation_does_not_reach_the_page() {
        for link in [
            "waymark://join/",
            "waymark://join/a b",
            "waymark://join/a&b=c",
            "waymark://join/a/b",
            "waymark://join/\u{e4}",
        ] {
            assert_eq!(invitation([link.to_owned()].into_iter()), None, "{link}");
        }
        assert_eq!(invitation([format!("waymark://join/{}", "a".repeat(5000))].into_iter()), None);
    }
}
