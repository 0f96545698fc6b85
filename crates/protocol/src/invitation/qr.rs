//! A QR code as SVG.

use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write as _;

/// Quiet zone in modules, as ISO/IEC 18004 asks.
const BORDER: i32 = 4;

pub(super) fn svg(link: &str) -> String {
    // The link's letters are upper case after the scheme, but the scheme is not: QR alphanumeric mode upper-cases it, and
    // schemes are read in any case (RFC 3986, section 3.1).
    let code = QrCode::encode_text(&link.to_ascii_uppercase(), QrCodeEcc::Medium)
        .expect("an invitation is bounded far below a QR code's 2,953 bytes");
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
