//! The real app under WebDriver, with a real study server and a real desk beside it.
//!
//! The programs are used as built, named by the environment (`cargo xtask` sets it): nothing here links any of them.
//! [`study`] is the study's side, [`driver`] starts the app, [`page`] does what a person does with a screen, and
//! [`steps`] is the way through the diary. The native test and the demo are two tellings of the same steps.

pub mod driver;
pub mod page;
pub mod programs;
pub mod steps;
pub mod study;
pub mod trouble;

pub use trouble::Trouble;
