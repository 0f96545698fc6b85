//! The page's commands: one for each that the diary declares, all answered by the diary in front.

use serde_json::Value;
use tauri::State;
use tauri::ipc::Invoke;
use waymark_diary::page::{CommandError, Diaries};

macro_rules! declare_commands {
    ($($name:ident: $input:ty => $output:ty),* $(,)?) => {
        $(
            #[tauri::command]
            async fn $name(diaries: State<'_, Diaries>, input: Value) -> Result<Value, CommandError> {
                diaries.call(stringify!($name), input).await
            }
        )*

        /// Answers every declared command.
        pub fn handler() -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($name),*]
        }

        #[cfg(test)]
        const COMMANDS: &[&str] = &[$(stringify!($name)),*];
    };
}
include!("../../crates/diary/src/page/commands.rs");

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_window_is_granted_every_declared_command_and_nothing_else() {
        let capability: Value =
            serde_json::from_str(include_str!("../capabilities/main.json")).expect("the capability is JSON");
        let permissions = capability["permissions"].as_array().expect("a list of permissions");
        let granted: BTreeSet<String> =
            permissions.iter().map(|permission| permission.as_str().expect("a name").to_owned()).collect();
        let declared: BTreeSet<String> =
            COMMANDS.iter().map(|name| format!("allow-{}", name.replace('_', "-"))).collect();
        assert_eq!(granted, declared, "src-tauri/capabilities/main.json and the declared commands differ");
        assert_eq!(granted.len(), permissions.len(), "a command is granted twice");
        assert_eq!(capability["windows"], serde_json::json!(["main"]));
    }
}
