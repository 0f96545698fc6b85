//! Invitations as people copy them: mistyped, shouted, broken over lines.

mod common;

use common::World;
use proptest::prelude::*;
use waymark_protocol::invitation::{
    Invitation, InvitationError, JoinPage, MalformedJoinPage, ServerUrl, ServerUrlError,
};
use waymark_protocol::{StudyId, keys::InvitationSecret};

fn same(one: &Invitation, other: &Invitation) -> bool {
    one.server == other.server
        && one.study == other.study
        && one.secret.dangerously_bytes() == other.secret.dangerously_bytes()
}

fn invitation() -> Invitation {
    World::new("invitation").invitation()
}

#[test]
fn link_text_and_qr_code_lead_to_one_invitation() {
    let invitation = invitation();
    assert!(invitation.to_link().starts_with("waymark://join/"));
    assert!(same(&Invitation::parse(&invitation.to_link()).unwrap(), &invitation));
    assert!(same(&Invitation::parse(&invitation.to_text()).unwrap(), &invitation));
    assert!(same(&Invitation::parse(&invitation.to_link().to_ascii_uppercase()).unwrap(), &invitation));
    assert!(invitation.to_qr_svg().starts_with("<svg") && !format!("{invitation:?}").contains(&invitation.to_text()));
}

#[test]
fn an_https_link_is_its_fragment_whichever_page_it_names() {
    let invitation = invitation();
    let page = JoinPage::parse("https://join.example.org/Waymark/").unwrap();
    let link = invitation.to_page_link(&page);
    let fragment = invitation.to_text().replace(' ', "");
    assert_eq!(link, format!("https://join.example.org/Waymark/#{fragment}"));
    assert!(invitation.to_page_qr_svg(&page).starts_with("<svg"));
    let lower = JoinPage::parse("https://join.example.org/waymark/").unwrap();
    assert_ne!(invitation.to_page_qr_svg(&page), invitation.to_page_qr_svg(&lower), "a path keeps its capitals");
    for link in [
        link.clone(),
        format!(" {link}\n"),
        link.to_ascii_uppercase(),
        link.to_lowercase(),
        link.replace('#', "?from=mail#"),
        format!("https://elsewhere.example.net#{}", invitation.to_text()),
    ] {
        assert!(same(&Invitation::parse(&link).unwrap(), &invitation), "{link}");
    }
    for lost in ["https://join.example.org/Waymark/", "https://join.example.org/Waymark/#"] {
        let refused = Invitation::parse(lost).unwrap_err();
        assert_eq!(refused, InvitationError::Checksum, "part of it is missing, and that is said: {lost}");
    }
    for link in [
        format!("https://join.example.org/{fragment}"),
        format!("https://join.example.org/?{fragment}"),
        format!("https://join.example.org/?{fragment}#"),
        format!("https://join.example.org/#{}", &fragment[1..]),
        format!("https://join.example.org/#{fragment}#"),
        format!("https://join.example.org/#{fragment}&from=mail"),
        format!("https://join.example.org/#waymark://join/{fragment}"),
        format!("https://join.example.org/?{}#{fragment}", "a".repeat(4096)),
        format!("http://join.example.org/#{fragment}"),
        format!("ftp://join.example.org/#{fragment}"),
        format!("join.example.org/#{fragment}"),
        format!("#{fragment}"),
    ] {
        let refused = Invitation::parse(&link).unwrap_err();
        assert!(matches!(refused, InvitationError::NotOne | InvitationError::Checksum), "{link}: {refused}");
    }
}

#[test]
fn a_join_page_is_https_and_has_room_for_a_fragment() {
    for (text, expected) in [
        ("https://join.example.org", "https://join.example.org/"),
        ("https://join.example.org/", "https://join.example.org/"),
        ("HTTPS://Join.Example.ORG/Waymark/index.html", "https://join.example.org/Waymark/index.html"),
        ("https://join.example.org:8443/w", "https://join.example.org:8443/w"),
        ("https://join.example.org/a b", "https://join.example.org/a%20b"),
    ] {
        assert_eq!(JoinPage::parse(text).as_ref().map(JoinPage::as_str), Ok(expected), "{text}");
    }
    for text in [
        "http://join.example.org/",
        "http://localhost/",
        "https://join.example.org/?",
        "https://join.example.org/?study=1",
        "https://join.example.org/#",
        "https://join.example.org/#part",
        "https://user@join.example.org/",
        "https://:secret@join.example.org/",
        "file:///join.html",
        "waymark://join/",
        "javascript:alert(1)",
        "join.example.org",
        "https://",
        "",
        &format!("https://join.example.org/{}", "a".repeat(256)),
        &format!("https://join.example.org/{}", "é".repeat(100)),
    ] {
        assert_eq!(JoinPage::parse(text), Err(MalformedJoinPage), "{text}");
    }
}

#[test]
fn a_join_page_on_the_study_servers_host_is_told_from_others() {
    let server = ServerUrl::parse("https://study.example.org:8443").unwrap();
    for (page, same) in [
        ("https://study.example.org/join/", true),
        ("https://study.example.org:9000/", true),
        ("https://STUDY.example.org./", true),
        ("https://join.study.example.org/", false),
        ("https://example.org/study.example.org", false),
        ("https://study.example.org.example.net/", false),
    ] {
        assert_eq!(JoinPage::parse(page).unwrap().is_served_by(&server), same, "{page}");
    }
    let numbered = ServerUrl::parse("https://[2001:db8::1]").unwrap();
    assert!(JoinPage::parse("https://[2001:DB8:0::1]/join").unwrap().is_served_by(&numbered));
}

#[test]
fn people_may_write_it_in_their_own_way() {
    let (invitation, text) = (invitation(), invitation().to_text());
    for (what, written) in [
        ("lower case", text.to_lowercase()),
        ("no spaces", text.replace(' ', "")),
        ("dashes", text.replace(' ', "-")),
        ("lines", text.replace(' ', "\n")),
        ("no-break spaces", text.replace(' ', "\u{a0}")),
        ("the letter O", text.replace('0', "O")),
        ("the letter o", text.replace('0', "o")),
        ("the letter I", text.replace('1', "I")),
        ("the letter l", text.replace('1', "l")),
        ("space around", format!("\t {text}\n")),
    ] {
        assert!(same(&Invitation::parse(&written).unwrap(), &invitation), "{what}");
    }
}

#[test]
fn any_one_wrong_letter_and_any_two_swapped_are_noticed() {
    let (invitation, text) = (invitation(), invitation().to_text());
    let letters: Vec<char> = text.chars().collect();
    let noticed = |letters: &[char], what: String| match Invitation::parse(&String::from_iter(letters)) {
        Err(error) => assert!(matches!(error, InvitationError::Checksum | InvitationError::NotOne), "{what}: {error}"),
        Ok(read) => assert!(same(&read, &invitation), "{what}"),
    };
    for place in 0..letters.len() {
        for letter in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ -.é".chars() {
            let mut wrong = letters.clone();
            wrong[place] = letter;
            noticed(&wrong, format!("{letter} at {place}"));
        }
        let mut less = letters.clone();
        less.remove(place);
        noticed(&less, format!("one less at {place}"));
        if place > 0 {
            let mut swapped = letters.clone();
            swapped.swap(place - 1, place);
            noticed(&swapped, format!("swapped at {place}"));
        }
    }
}

#[test]
fn what_is_no_invitation_is_said_to_be_none() {
    for text in ["", "waymark://join/", "https://study.example.org", "ABCDE", &"A".repeat(1025), "waymark://jo\u{e9}n/"]
    {
        let refused = Invitation::parse(text).unwrap_err();
        assert!(matches!(refused, InvitationError::NotOne | InvitationError::Checksum), "{text}: {refused}");
    }
}

#[test]
fn a_server_s_address_is_as_short_as_an_invitation_holds_it() {
    // One letter of these stands for four, so the address is longer than what was typed.
    let typed = format!("https://{}", "\u{fdf2}".repeat(80));
    assert!(typed.len() <= 256);
    assert_eq!(ServerUrl::parse(&typed), Err(ServerUrlError::NotOne));
}

#[test]
fn a_server_is_https_or_this_machine_and_nothing_but_an_origin() {
    use ServerUrlError::{NotAnOrigin, NotEncrypted, NotOne};
    for (text, expected) in [
        ("https://study.example.org", Ok("https://study.example.org")),
        ("HTTPS://Study.Example.ORG/", Ok("https://study.example.org")),
        (" https://study.example.org:8443 ", Ok("https://study.example.org:8443")),
        ("https://study.example.org:443", Ok("https://study.example.org")),
        ("https://[2001:db8::1]:8443", Ok("https://[2001:db8::1]:8443")),
        ("http://localhost:8080", Ok("http://localhost:8080")),
        ("http://127.0.0.1:8080", Ok("http://127.0.0.1:8080")),
        ("http://127.8.9.1", Ok("http://127.8.9.1")),
        ("http://[::1]:80", Ok("http://[::1]")),
        ("http://study.example.org", Err(NotEncrypted)),
        ("http://localhost.example.org", Err(NotEncrypted)),
        ("http://localhost@example.org", Err(NotEncrypted)),
        ("http://0.0.0.0", Err(NotEncrypted)),
        ("http://192.168.1.2", Err(NotEncrypted)),
        ("http://[::ffff:127.0.0.1]", Err(NotEncrypted)),
        ("https://user@study.example.org", Err(NotAnOrigin)),
        ("https://:secret@study.example.org", Err(NotAnOrigin)),
        ("https://study.example.org/path", Err(NotAnOrigin)),
        ("https://study.example.org/?query", Err(NotAnOrigin)),
        ("https://study.example.org?", Err(NotAnOrigin)),
        ("https://study.example.org#fragment", Err(NotAnOrigin)),
        ("https://study.example.org\\@example.com", Err(NotAnOrigin)),
        ("ftp://study.example.org", Err(NotOne)),
        ("wss://study.example.org", Err(NotOne)),
        ("file:///etc/hosts", Err(NotOne)),
        ("javascript:alert(1)", Err(NotOne)),
        ("study.example.org", Err(NotOne)),
        ("https://", Err(NotOne)),
        ("", Err(NotOne)),
    ] {
        let parsed = ServerUrl::parse(text);
        assert_eq!(parsed.as_ref().map(ServerUrl::as_str), expected.as_ref().copied(), "{text}");
    }
    assert_eq!(ServerUrl::parse(&format!("https://{}.org", "a".repeat(300))), Err(NotOne));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_invitation_is_read_as_it_was_written(
        host in "[a-z]([a-z0-9]{0,20}[a-z0-9])?(\\.[a-z]{2,10}){1,3}",
        port in proptest::option::of(1u16..),
        study: [u8; 16],
        secret: [u8; 16],
    ) {
        let server = format!("https://{host}{}", port.map_or(String::new(), |port| format!(":{port}")));
        let invitation = Invitation {
            server: ServerUrl::parse(&server).unwrap(),
            study: StudyId(study),
            secret: InvitationSecret::from_slice(&secret).unwrap(),
        };
        prop_assert!(same(&Invitation::parse(&invitation.to_link()).unwrap(), &invitation));
        prop_assert!(same(&Invitation::parse(&invitation.to_text()).unwrap(), &invitation));
        prop_assert!(same(&Invitation::parse(&invitation.to_text().to_lowercase()).unwrap(), &invitation));
        let page = JoinPage::parse(&format!("{server}/join/")).unwrap();
        prop_assert!(page.is_served_by(&invitation.server));
        prop_assert!(same(&Invitation::parse(&invitation.to_page_link(&page)).unwrap(), &invitation));
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,100}") {
        let _ = Invitation::parse(&text);
        let _ = Invitation::parse(&format!("waymark://join/{text}"));
        let _ = Invitation::parse(&format!("https://{text}"));
        let _ = Invitation::parse(&format!("https://join.example.org#{text}"));
        let _ = JoinPage::parse(&format!("https://{text}"));
        let _ = ServerUrl::parse(&text);
        let _ = ServerUrl::parse(&format!("https://{text}"));
    }
}
