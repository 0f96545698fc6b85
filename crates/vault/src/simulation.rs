//! For the fault simulation alone, which runs hundreds of diaries a second and must be able to run one again. The feature
//! `simulation` builds this; no program asks for it, and in one that did, nothing would change until somebody called these.

use std::cell::RefCell;
use std::sync::atomic::{AtomicBool, Ordering};

use ring::digest::{SHA256, digest};

static QUICK_LOCKS: AtomicBool = AtomicBool::new(false);

thread_local! {
    static CHANCE: RefCell<Option<Chance>> = const { RefCell::new(None) };
}

/// Takes the cost out of every passphrase in this process: Argon2id is still computed, with the least memory that it has.
pub fn make_locks_quick() {
    QUICK_LOCKS.store(true, Ordering::Relaxed);
}

/// On this thread, [`crate::SystemRng`] gives what follows from `seed` from now on.
pub fn settle_chance(seed: u64) {
    CHANCE.with(|chance| *chance.borrow_mut() = Some(Chance { seed, count: 0 }));
}

pub(crate) fn locks_are_quick() -> bool {
    QUICK_LOCKS.load(Ordering::Relaxed)
}

/// Fills `out` when chance was settled on this thread; says whether it was.
pub(crate) fn fill(out: &mut [u8]) -> bool {
    CHANCE.with(|chance| match chance.borrow_mut().as_mut() {
        Some(chance) => {
            out.chunks_mut(32).for_each(|chunk| chunk.copy_from_slice(&chance.next()[..chunk.len()]));
            true
        }
        None => false,
    })
}

/// `SHA-256("waymark/simulation/v1" ‖ seed ‖ count)`, block after block.
struct Chance {
    seed: u64,
    count: u64,
}

impl Chance {
    fn next(&mut self) -> [u8; 32] {
        self.count += 1;
        let input = [b"waymark/simulation/v1".as_slice(), &self.seed.to_be_bytes(), &self.count.to_be_bytes()].concat();
        let mut block = [0; 32];
        block.copy_from_slice(digest(&SHA256, &input).as_ref());
        block
    }
}
