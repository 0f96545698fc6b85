//! The page's types, in TypeScript.

use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use ts_rs::{Config, TS, TypeVisitor};

use super::CommandError;
use super::app::visit_types;

struct Declarations<'a> {
    config: &'a Config,
    seen: HashSet<TypeId>,
    by_name: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        if T::output_path().is_some() {
            let docs = T::docs().unwrap_or_default();
            self.by_name.insert(T::ident(self.config), format!("{docs}export {}\n", T::decl(self.config)));
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

/// `ui/common/generated/diary.ts`: every type that page and host exchange, and the commands.
pub fn typescript() -> String {
    let config = Config::default();
    let mut declarations = Declarations { config: &config, seen: HashSet::new(), by_name: BTreeMap::new() };
    visit_types(&mut declarations);
    declarations.visit::<CommandError>();
    let mut out = String::from(
        "// Generated from crates/diary/src/page by ts-rs. Do not edit: change the Rust types and regenerate.\n",
    );
    for declaration in declarations.by_name.values() {
        out.push('\n');
        out.push_str(declaration);
    }
    out.push_str("\n/**\n * What the page may ask of its host.\n */\nexport interface DiaryCommands {\n");
    for (name, input, output) in super::app::signatures(&config) {
        writeln!(out, "  {name}: {{ input: {input}; output: {output} }};").expect("writing to a string succeeds");
    }
    out.push_str("}\n");
    out
}
