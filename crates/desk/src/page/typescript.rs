//! The page's types, in TypeScript.

use ts_rs::TypeVisitor;

use super::CommandError;
use super::app::{signatures, visit_types};

/// `ui/common/generated/desk.ts`: every type that page and host exchange, and the commands.
pub fn typescript() -> String {
    let visit = |declarations: &mut waymark_page::Declarations<'_>| {
        visit_types(declarations);
        declarations.visit::<CommandError>();
    };
    waymark_page::typescript("crates/desk/src/page", "DeskCommands", visit, signatures)
}
