//! Playing voice notes: a scheme of our own, answered by the diary, range by range. Nothing is written anywhere on the way.

use tauri::http::header::RANGE;
use tauri::http::{Request, Response};
use tauri::{AppHandle, Manager, UriSchemeResponder};
use waymark_diary::page::{Diaries, Media};

/// `waymark-sound://localhost/<note>`; `http://waymark-sound.localhost/<note>` where a webview has no schemes of its own. The
/// content security policy lets the page play from here, and from nowhere else.
pub const SCHEME: &str = "waymark-sound";

/// Answers a player.
pub fn answer(app: &AppHandle, request: Request<Vec<u8>>, responder: UriSchemeResponder) {
    let diaries = app.state::<Diaries>().inner().clone();
    tauri::async_runtime::spawn(async move {
        let note = request.uri().path().trim_start_matches('/');
        let range = request.headers().get(RANGE).and_then(|range| range.to_str().ok());
        responder.respond(response(diaries.media(note, range).await));
    });
}

fn response(media: Media) -> Response<Vec<u8>> {
    let builder = Response::builder().status(media.status);
    let builder = media.headers.into_iter().fold(builder, |builder, (name, value)| builder.header(name, value));
    builder.body(media.body).unwrap_or_else(|_| {
        let mut nothing = Response::new(Vec::new());
        *nothing.status_mut() = tauri::http::StatusCode::INTERNAL_SERVER_ERROR;
        nothing
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_names_the_scheme_in_both_of_its_forms_and_no_other_source_of_sound() {
        let config: serde_json::Value =
            serde_json::from_str(include_str!("../../tauri.conf.json")).expect("the configuration is JSON");
        let sources = config["app"]["security"]["csp"]["media-src"].as_str().expect("a policy for sound");
        assert_eq!(sources, format!("{SCHEME}: http://{SCHEME}.localhost"));
    }

    #[test]
    fn status_headers_and_bytes_reach_the_player() {
        let headers = vec![("content-range", "bytes 0-2/9".to_owned())];
        let response = response(Media { status: 206, headers, body: b"abc".to_vec() });
        assert_eq!((response.status().as_u16(), response.body().as_slice()), (206, b"abc".as_slice()));
        assert_eq!(response.headers()["content-range"], "bytes 0-2/9");
    }
}
