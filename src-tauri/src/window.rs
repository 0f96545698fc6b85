//! The app's one window: it shows the diary's page and never another one.

use tauri::webview::NewWindowResponse;
use tauri::{App, Url, WebviewUrl, WebviewWindowBuilder, Window, WindowEvent};
use tauri_plugin_opener::OpenerExt as _;

/// How an invitation's link begins.
const INVITATION: &str = "waymark://join/";

/// Links are far shorter; what is longer is none.
const LONGEST_LINK: usize = 4096;

/// Numbers that can be dialled have at most 15 digits; some have codes before them.
const LONGEST_NUMBER: usize = 40;

/// Opens the window as the configuration describes it, on an invitation when the program was started with one.
pub fn open(app: &App) -> tauri::Result<()> {
    let mut config = app.config().app.windows.first().cloned().unwrap_or_default();
    if let Some(link) = invitation(std::env::args().skip(1)) {
        // After `#` it stays inside the page, which reads it and takes it out of its address.
        config.url = WebviewUrl::App(format!("index.html#invitation={link}").into());
    }
    let handle = app.handle().clone();
    WebviewWindowBuilder::from_config(app.handle(), &config)?
        .on_navigation(move |url| {
            if let Some(number) = number_to_call(url) {
                // Where nothing here can call, the number can be copied.
                let _ = handle.opener().open_url(number, None::<&str>);
            }
            is_own_page(url)
        })
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

/// A number to call, as an address for the system: digits and what belongs to them, nothing else.
fn number_to_call(url: &Url) -> Option<&str> {
    let number = url.as_str().strip_prefix("tel:")?;
    let rest = number.replace("%23", "");
    let is_number = (1..=LONGEST_NUMBER).contains(&number.len())
        && rest.bytes().all(|byte| byte.is_ascii_digit() || b"+*".contains(&byte));
    is_number.then_some(url.as_str())
}

/// Locks the diary when a phone puts the app in the background. Other systems do not tell.
pub fn lock_when_out_of_sight(window: &Window, event: &WindowEvent) {
    #[cfg(mobile)]
    if matches!(event, WindowEvent::Suspended) {
        use tauri::Manager;

        window.state::<waymark_diary::page::Diaries>().lock_now();
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
    fn a_number_is_handed_to_the_system_and_the_window_stays_where_it_is() {
        let called = |url: &str| number_to_call(&url.parse().expect("an address")).map(str::to_owned);
        for url in ["tel:116123", "tel:+442079460000", "tel:*100%23"] {
            assert_eq!(called(url).as_deref(), Some(url));
            assert!(!own(url));
        }
        for url in ["tel:", "tel:12;ext=3", "tel:a", "tel://12", "sms:12", "https://example.org/12", "tel:12?x=%0a"] {
            assert_eq!(called(url), None, "{url}");
        }
        assert_eq!(called(&format!("tel:{}", "1".repeat(41))), None);
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
