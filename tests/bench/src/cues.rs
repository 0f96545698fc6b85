//! The cues of a long draft, beside putting each of its words in small letters.

use std::hint::black_box;
use std::time::Instant;

use waymark_cues::{Context, find};

use crate::median;

const WORDS: usize = 10_000;
const ROUNDS: usize = 50;
const DAY: &str = "Met Danny outside the pharmacy and walked to court with his sister. Kieron never came. Mum called, I did not \
    pick up. The Salvation Army had no beds so we tried Crisis, then the council. He is on Buvidal since March and his number is \
    07700 900123. Supervision at 10:30, then home visits in Govan until 16:00. ";

pub fn run() {
    let text: Vec<&str> = DAY.split_whitespace().cycle().take(WORDS).collect();
    let text = text.join(" ");
    let context = Context::new(2026);
    let (mut ours, mut floor) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let started = Instant::now();
        black_box(find(black_box(&text), &context));
        ours.push(started.elapsed().as_secs_f64() * 1000.0);
        let started = Instant::now();
        black_box(text.split_whitespace().map(str::to_lowercase).map(|word| word.len()).sum::<usize>());
        floor.push(started.elapsed().as_secs_f64() * 1000.0);
    }
    println!("cues of {WORDS} words");
    println!("  found                    {:8.2} ms  (promise: under 10 ms)", median(ours));
    println!("  floor: small letters     {:8.2} ms", median(floor));
}
