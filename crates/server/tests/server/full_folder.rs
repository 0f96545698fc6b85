//! The folder of parts takes no more: a part is refused whole, words go on, and it goes through when there is room again.

use waymark_protocol::api::ApiErrorCode;
use waymark_protocol::attachment::MAX_PART_LEN;

use super::Data;
use super::parts::part;
use crate::support::{Binary, Desk, Phone, files_in};

/// The longest part finds no room beside it; what a few words take does.
const LIMIT: u64 = MAX_PART_LEN as u64 - 1;

#[test]
fn a_part_that_finds_no_room_is_refused_whole_and_goes_through_when_there_is_some() {
    let data = Data::new();
    let server = Binary::serve_where_files_may_not_grow(&data);
    let desk = Desk::new(server.http, &data.token(&["--role", "admin"]));
    let mut phone = Phone::join(&desk);
    let (small, large) = (part(1040), part(MAX_PART_LEN));
    phone.write_listing(&[&small, &large]);
    phone.sync();
    phone.http.put_part(&phone.token, &small).done();
    server.set_file_limit(Some(LIMIT));
    for _ in 0..3 {
        let refused = phone.http.put_part(&phone.token, &large);
        assert_eq!(refused.refused(), (503, ApiErrorCode::Trouble, None));
        assert!(refused.header("retry-after").is_some());
        assert_eq!(server.http.get("/readyz", "").refused(), (503, ApiErrorCode::Trouble, None));
    }
    assert_eq!(phone.http.part(&phone.token, &large.hash), None);
    assert!(phone.http.part(&phone.token, &small.hash).is_some(), "reading goes on");
    assert_eq!(data.number("SELECT count(*) FROM part WHERE state = 0"), 0, "none is counted as arriving");
    phone.write("words meanwhile");
    phone.sync();
    server.set_file_limit(None);
    for _ in 0..2 {
        phone.http.put_part(&phone.token, &large).done();
    }
    assert_eq!(phone.http.part(&phone.token, &large.hash).as_deref(), Some(&large.bytes[..]));
    assert_eq!(server.http.get("/readyz", "").status, 200);
    assert_eq!(data.number("SELECT count(*) FROM part WHERE state = 1"), 2);
    assert_eq!(files_in(&data.parts()).len(), 2, "nothing half is left");
}
