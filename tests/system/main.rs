//! The whole system: server, desk and diaries as built programs, over real sockets and files.
//!
//! Each test has a [`world`] of its own: a folder, a server, a desk, people, and a [`proxy`] through which everybody reaches the
//! server. The proxy keeps every byte and can break the way in every way; the [`database`] can be changed as whoever runs the
//! server could, or a failing disk; [`forging`] makes what needs no key of a phone or of the study. Time is the pilots' `--now`.
//! However a program ends, [`process`] checks that it did not panic or hang, and that a failure is one sentence.
//!
//! Paths of programs and study come from `WAYMARK_SERVER`, `WAYMARK_DESK`, `WAYMARK_PILOT`, `WAYMARK_BROWSER_HOST` and
//! `WAYMARK_STUDY`; where these are not set, from the folder of this test's own build and from `studies/`. `WAYMARK_TEST_KILLS=1000` makes the
//! loops of kills and of power cuts as long.
//!
//! # What must hold, and what would say so if it did not
//!
//! | | property | tests |
//! |---|---|---|
//! | 1 | what was called saved is there after any crash | [`crashes`]: `an_entry_whose_id_was_printed_…`, `a_diary_killed_at_any_moment_…`; [`killed`]; [`power`] cuts |
//! | 2 | a receipted record is on the server, once, byte for byte | [`crashes`]: `a_server_killed_right_after_a_receipt_…`; [`power`]: `what_a_server_receipted_…`; [`whole_path`]; [`receipts`] compares |
//! | 3 | after the last fault all converges by itself | [`faults`]: `every_broken_answer_…`, `with_the_server_gone_…`; [`crashes`]: `a_phone_killed_while_it_syncs_…`, `a_desk_killed_while_it_pulls_…`; [`joining`]: `a_lost_reply_…`; [`older_backup`]; [`power`] |
//! | 4 | the desk opens what was shared and not withdrawn, and nothing else | [`whole_path`], [`simulated`]; [`rotating`]: whichever key it was sealed to; [`verdicts`]: `a_withdrawn_entry_…` |
//! | 5 | nothing private, held or taken back opens; no plaintext in file or packet | [`whole_path`]; [`verdicts`]: `nothing_kept_held_or_taken_back_…` |
//! | 6 | every device has one true verdict | [`verdicts`]: complete, behind, gap, withheld; [`attacks`]: rolled back, unproven; [`flipped`]: never wrongly complete; [`voice`]: behind while a part is missing |
//! | 7 | a lying server gains nothing and is named | [`attacks`]; [`joining`]: `swapped_study_keys_…`, `keys_that_the_server_swaps_later_…`; [`rotating`]: `keys_that_the_old_key_has_not_signed_for_…`; [`faults`]: `a_receipt_for_other_bytes_…` |
//! | 8 | an erased record's body is gone from server and desk, and the chain still verifies | [`verdicts`]; [`leaving`]; [`erasing`]: by the study's order |
//! | 9 | a restored phone has everything, voice notes too, carries on, shares nothing that was held | [`restored`], [`whole_path`], [`spoken`] |
//! | 10 | two phones that edit one entry while apart keep both revisions | [`phones`] |

mod attacks;
mod canary;
mod certified;
mod chance;
mod clocks;
mod crashes;
mod database;
mod desk;
mod dumps;
mod ending;
mod erasing;
mod faults;
mod flipped;
mod forging;
mod joining;
mod killed;
mod leaving;
mod older_backup;
mod page;
mod phones;
mod pilot;
mod power;
mod process;
mod proxy;
mod publishing;
mod receipts;
mod restored;
mod revoking;
mod rotating;
mod server;
mod simulated;
mod spoken;
mod stopping;
mod texts;
mod tokens;
mod verdicts;
mod voice;
mod whole_path;
mod world;
