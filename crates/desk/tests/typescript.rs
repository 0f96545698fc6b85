//! The generated TypeScript types are committed; they are those of the Rust types.

use std::path::Path;

#[test]
fn the_committed_typescript_is_that_of_the_rust_types() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/common/generated/desk.ts");
    let fresh = waymark_desk::page::typescript();
    if std::env::var_os("WAYMARK_REGENERATE").is_some() {
        std::fs::write(&path, &fresh).expect("the generated file can be written");
    }
    let committed = std::fs::read_to_string(&path).expect("the generated file is there");
    assert!(
        committed == fresh,
        "ui/common/generated/desk.ts is not up to date: run WAYMARK_REGENERATE=1 cargo test -p waymark-desk --test typescript"
    );
}
