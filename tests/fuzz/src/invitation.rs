//! What people type, scan and click: invitations in all their forms, addresses, the 24 words, and custodians' shares.

use waymark_protocol::custody::{CustodyShare, join};
use waymark_protocol::invitation::{Invitation, JoinPage, ServerUrl};
use waymark_protocol::keys::RecoverySecret;
use waymark_protocol::{Hash, Message};

use crate::script::Script;
use crate::world::World;

/// Reads a text as one of them, or bytes as an invitation whose checksum is right.
pub fn run(bytes: &[u8]) {
    let mut script = Script::new(bytes);
    let kind = script.byte() % 7;
    let bytes = script.rest();
    if kind == 0 {
        let text = typed(bytes);
        an_invitation(&text);
        is_the_only_form(bytes, &text);
        return;
    }
    if kind == 5 {
        a_share(&typed_as("waymark/custody-text/v1", bytes));
        return;
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match kind {
        1 => an_invitation(text),
        2 => a_server(text),
        3 => a_page(text),
        6 => a_share(text),
        _ => words(text),
    }
}

/// One of each form, and addresses that are written in few letters.
pub fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let world = World::new("fuzz invitation");
    let invitation = world.invitation();
    let page = JoinPage::parse("https://join.example.org/study").expect("an address");
    let of = |kind: u8, text: &str| [&[kind], text.as_bytes()].concat();
    let mut bytes = vec![0, 0x84, 1, 0x78, 25];
    bytes.extend(invitation.server.as_str().as_bytes());
    bytes.push(0x50);
    bytes.extend(invitation.study.0);
    bytes.push(0x50);
    bytes.extend(invitation.secret.dangerously_bytes());
    let mut of_version_0 = bytes.clone();
    of_version_0[2] = 0;
    vec![
        ("bytes", bytes),
        ("bytes-of-version-0", of_version_0),
        ("link", of(1, &invitation.to_link())),
        ("text", of(1, &invitation.to_text())),
        ("page-link", of(1, &invitation.to_page_link(&page))),
        ("page-link-cut", of(1, "https://join.example.org/study#")),
        ("server", of(2, "https://study.example.org")),
        ("server-here", of(2, "http://[::1]:8787/")),
        ("server-of-letters-that-stand-for-many", of(2, &format!("https://{}", "\u{fdf2}".repeat(80)))),
        ("page", of(3, page.as_str())),
        ("page-of-letters", of(3, "https://büro.example/über uns/")),
        ("words", of(4, &world.recovery.words().join(" "))),
        ("share-bytes", [&[5, 1][..], &[7; 20], &[2, 3, 1], &[9; 64]].concat()),
        ("share-of-later-keys", [&[5, 2][..], &[7; 20], &[2, 3, 1], &[9; 112]].concat()),
        ("share", of(6, &typed_as("waymark/custody-text/v1", &[&[1][..], &[7; 20], &[2, 3, 1], &[9; 64]].concat()))),
    ]
}

fn typed(bytes: &[u8]) -> String {
    typed_as("waymark/invitation-text/v1", bytes)
}

/// Crockford's base 32 with its checksum, as `waymark_protocol` writes it down.
fn typed_as(label: &'static str, bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let check = Hash::of(Message::new(label).lp(bytes).as_bytes());
    let bits: Vec<u8> =
        bytes.iter().chain(&check.0[..4]).flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1)).collect();
    let letter = |five: &[u8]| {
        let value = (0..5).fold(0, |value, bit| value << 1 | five.get(bit).copied().unwrap_or(0));
        char::from(ALPHABET[usize::from(value)])
    };
    bits.chunks(5).map(letter).collect()
}

fn a_share(text: &str) {
    let Ok(read) = CustodyShare::parse(text) else { return };
    assert!((1..=read.of()).contains(&read.number()) && (2..=read.of()).contains(&read.threshold()));
    let again = CustodyShare::parse(&read.dangerously_text()).expect("a share that was read is written as one");
    assert_eq!(again.dangerously_text(), read.dangerously_text());
    // Nobody makes keys of a study whose name they do not fit.
    assert!(join(&[read, again]).is_err());
}

fn an_invitation(text: &str) {
    let Ok(read) = Invitation::parse(text) else { return };
    let page = JoinPage::parse("https://join.example.org/").expect("an address");
    for form in [read.to_link(), read.to_text(), read.to_page_link(&page), read.to_text().to_ascii_lowercase()] {
        let again = Invitation::parse(&form).expect("an invitation that was read is written as one");
        assert_eq!((&again.server, again.study), (&read.server, read.study));
        assert!(again.secret.dangerously_bytes() == read.secret.dangerously_bytes());
    }
    for picture in [read.to_qr_svg(), read.to_page_qr_svg(&page)] {
        assert!(picture.starts_with("<svg ") && picture.ends_with("</svg>"));
    }
    a_server(read.server.as_str());
}

/// Unless its address was written otherwise, an invitation has one form.
fn is_the_only_form(bytes: &[u8], text: &str) {
    let Ok(read) = Invitation::parse(text) else { return };
    let link = read.to_link();
    let written = link.trim_start_matches("waymark://join/");
    let as_written = memchr::memmem::find(bytes, read.server.as_str().as_bytes()).is_some();
    assert!(written == text || written.len() != text.len() || !as_written, "an invitation in two forms");
}

fn a_server(text: &str) {
    let Ok(server) = ServerUrl::parse(text) else { return };
    let origin = server.as_str();
    assert_eq!(ServerUrl::parse(origin).as_ref(), Ok(&server), "an address is not read again");
    let here = ["http://localhost", "http://127.", "http://[::1]"].iter().any(|here| origin.starts_with(here));
    assert!(origin.starts_with("https://") || here, "an address that is not encrypted: {origin}");
    assert!(!origin.contains(['?', '#', '@', ' ', '\n']) && !origin.ends_with('/'));
    assert!(!server.host().is_empty());
}

fn a_page(text: &str) {
    let Ok(page) = JoinPage::parse(text) else { return };
    let address = page.as_str();
    assert_eq!(JoinPage::parse(address).as_ref(), Ok(&page), "a page's address is not read again");
    assert!(address.starts_with("https://") && !address.contains(['?', '#', ' ', '\n']));
    let host = &address[..address[8..].find('/').map_or(address.len(), |at| at + 8)];
    assert!(!host.contains('@'), "a page's address that names somebody");
    let server = ServerUrl::parse(host).expect("a page's host is an address");
    assert!(page.is_served_by(&server), "a page on the server's own host");
}

fn words(text: &str) {
    let Ok(secret) = RecoverySecret::from_words(text) else { return };
    let words = secret.words();
    assert_eq!(words.len(), 24);
    let again = RecoverySecret::from_words(&words.join(" ")).expect("words that were read are words");
    assert!(again.dangerously_bytes() == secret.dangerously_bytes());
}
