//! A QR code as SVG.

use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc, QrSegment};

use super::JoinPage;

/// Quiet zone in modules, as ISO/IEC 18004 asks.
const BORDER: i32 = 4;

pub(super) fn svg(link: &str) -> String {
    // The link's letters are upper case after the scheme, but the scheme is not: QR alphanumeric mode upper-cases it, and
    // schemes are read in any case (RFC 3986, section 3.1).
    let code = QrCode::encode_text(&link.to_ascii_uppercase(), QrCodeEcc::Medium)
        .expect("an invitation is bounded far below a QR code's 2,953 bytes");
    picture(&code)
}

/// The page's address as it is, for paths know capitals from small letters, and the text in the mode that takes least room.
pub(super) fn page_svg(page: &JoinPage, text: &str) -> String {
    let segments =
        [QrSegment::make_bytes(format!("{}#", page.as_str()).as_bytes()), QrSegment::make_alphanumeric(text)];
    let code = QrCode::encode_segments(&segments, QrCodeEcc::Medium)
        .expect("a page's address and an invitation are bounded far below a QR code's 2,953 bytes");
    picture(&code)
}

fn picture(code: &QrCode) -> String {
    let side = code.size() + 2 * BORDER;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            write!(path, "M{},{}h1v1h-1z", x + BORDER, y + BORDER).expect("writing to a string succeeds");
        }
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
         <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/><path fill=\"#000000\" d=\"{path}\"/></svg>"
    )
}
