#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| waymark_fuzz::transcript::run(bytes));
