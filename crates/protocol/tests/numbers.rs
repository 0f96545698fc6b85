//! Numbers and words that other programs rely on: changing one of them breaks what is out there.

use waymark_protocol::api::{ApiErrorCode, MAX_FEED_BYTES, MAX_UNLISTED_BYTES};

#[test]
fn the_limits_of_the_api_are_those_that_are_published() {
    assert_eq!(MAX_FEED_BYTES, 4_194_304);
    assert_eq!(MAX_UNLISTED_BYTES, 67_108_864);
}

#[test]
fn a_code_is_shown_as_it_is_sent() {
    assert_eq!(ApiErrorCode::Unauthorized.to_string(), "unauthorized");
    assert_eq!(ApiErrorCode::Diverged.to_string(), "diverged");
}
