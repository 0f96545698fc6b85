//! Parts in a bucket of an S3-compatible store.

use std::time::{Duration, Instant, SystemTime};

use waymark_protocol::api::ApiErrorCode;

use super::Data;
use super::parts::part;
use crate::support::{Binary, Desk, Phone, S3, files_in};

#[track_caller]
fn left_soon(s3: &S3, expected: usize) {
    let start = Instant::now();
    while files_in(&s3.objects()).len() != expected {
        assert!(start.elapsed() < Duration::from_secs(20), "{:?} are there", files_in(&s3.objects()));
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn parts_lie_in_the_bucket_byte_for_byte_and_go_with_their_record() {
    let s3 = S3::start();
    let data = Data::new().told(s3.environment());
    let server = Binary::serve(&data);
    let desk = Desk::new(server.http, &data.token(&["--role", "admin"]));
    let mut phone = Phone::join(&desk);
    let (kept, erased) = (part(700_000), part(1040));
    let record = phone.write_listing(&[&erased]);
    phone.write_listing(&[&kept]);
    phone.sync();
    for part in [&kept, &erased] {
        phone.http.put_part(&phone.token, part).done();
        assert!(phone.http.part(&phone.token, &part.hash).as_ref() == Some(&part.bytes));
    }
    assert_eq!(files_in(&s3.objects()).len(), 2);
    assert!(files_in(&data.parts()).is_empty(), "none in the folder");
    phone.erase(Some(record.as_target()));
    phone.sync();
    left_soon(&s3, 1);
    // What the database does not know goes at the next start, once it is old.
    let known = files_in(&s3.objects()).remove(0);
    let unknown = known.with_file_name(format!("{}-0011223344556677", erased.hash));
    std::fs::write(&unknown, &erased.bytes).unwrap();
    for path in [&known, &unknown] {
        let long_ago = SystemTime::now() - Duration::from_secs(3600);
        std::fs::File::options().write(true).open(path).unwrap().set_modified(long_ago).unwrap();
    }
    drop(server);
    let server = Binary::serve(&data);
    left_soon(&s3, 1);
    phone.http = server.http;
    assert!(phone.http.part(&phone.token, &kept.hash).as_ref() == Some(&kept.bytes));
}

#[test]
fn a_bucket_that_is_not_there_is_trouble_and_nothing_is_acknowledged() {
    let s3 = S3::start();
    let mut environment = s3.environment();
    for (name, value) in &mut environment {
        if name == "AWS_SECRET_ACCESS_KEY" {
            *value = "another".to_owned();
        }
    }
    let data = Data::new().told(environment);
    let server = Binary::serve(&data);
    let desk = Desk::new(server.http, &data.token(&["--role", "admin"]));
    let phone = Phone::join(&desk);
    let part = part(1040);
    assert_eq!(phone.http.put_part(&phone.token, &part).refused(), (503, ApiErrorCode::Trouble, None));
    assert_eq!(phone.http.part(&phone.token, &part.hash), None);
    assert!(files_in(&s3.objects()).is_empty());
}
