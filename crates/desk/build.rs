//! A release holds the built pages: it is made anew when one of them is.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed=../../ui/dist/desk");
        println!("cargo::rerun-if-changed=../../ui/dist/preview");
    }
}
