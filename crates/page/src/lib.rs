//! What a page may ask of its host: commands, and sound.
//!
//! [`commands!`] makes three things of one list of names and types: a trait, so that a host which lacks a command does not compile;
//! the way from a name and JSON to that trait's functions; and what [`typescript()`] needs to write the page's types. [`Media`] is what a
//! player gets.

#![forbid(unsafe_code)]

mod media;
mod typescript;

pub use media::Media;
pub use typescript::{Declarations, typescript};

#[doc(hidden)]
pub use {serde_json, ts_rs};

/// Declares the commands of a host: `for Host, Error => Refused; name: Input => Output, …`.
///
/// `Error` is what the host's functions fail with, `Refused` what the page is told: it is made `From<Error>`, and has a function
/// `internal()` for what page and host disagree in. The expansion has the trait `Commands`, the list `NAMES`, and, for the modules beside
/// it, `Host::carry_out`, `visit_types` and `signatures`.
#[macro_export]
macro_rules! commands {
    (
        for $host:ty, $error:ty => $refused:ty;
        $($(#[$doc:meta])* $name:ident: $input:ty => $output:ty,)*
    ) => {
        /// The commands, one function each. Implementing this is what makes a host complete.
        pub trait Commands {
            $(
                /// See the list of commands.
                fn $name(&self, input: $input) -> impl Future<Output = Result<$output, $error>> + Send;
            )*
        }

        /// The names of all commands.
        pub const NAMES: &[&str] = &[$(stringify!($name)),*];

        impl $host {
            /// Carries out a command by its name, from JSON to JSON.
            pub(super) async fn carry_out(
                &self,
                name: &str,
                input: $crate::serde_json::Value,
            ) -> Result<$crate::serde_json::Value, $refused> {
                match name {
                    $(stringify!($name) => {
                        let input = $crate::serde_json::from_value::<$input>(input).map_err(|_| <$refused>::internal())?;
                        let output = Commands::$name(self, input).await.map_err(<$refused>::from)?;
                        $crate::serde_json::to_value(output).map_err(|_| <$refused>::internal())
                    })*
                    _ => Err(<$refused>::internal()),
                }
            }
        }

        /// Visits the types of all commands.
        pub(super) fn visit_types(visitor: &mut impl $crate::ts_rs::TypeVisitor) {
            $(
                visitor.visit::<$input>();
                visitor.visit::<$output>();
            )*
        }

        /// Each command's name with its input's and output's TypeScript names.
        pub(super) fn signatures(config: &$crate::ts_rs::Config) -> Vec<(&'static str, String, String)> {
            use $crate::ts_rs::TS;
            vec![$((stringify!($name), <$input as TS>::name(config), <$output as TS>::name(config))),*]
        }
    };
}
