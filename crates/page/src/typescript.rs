//! The types of a page, in TypeScript.

use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};
use std::fmt::{self, Write as _};

use ts_rs::{Config, TS, TypeVisitor};

/// Every type that was visited, and those that it is made of, by name.
pub struct Declarations<'a> {
    config: &'a Config,
    seen: HashSet<TypeId>,
    by_name: BTreeMap<String, String>,
}

impl fmt::Debug for Declarations<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.by_name.keys()).finish()
    }
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

/// A file of types: every type that `visit` visits, and the commands as the interface `name`. `source` says from where it is made.
pub fn typescript(
    source: &str,
    name: &str,
    visit: impl FnOnce(&mut Declarations<'_>),
    signatures: impl FnOnce(&Config) -> Vec<(&'static str, String, String)>,
) -> String {
    let config = Config::default();
    let mut declarations = Declarations { config: &config, seen: HashSet::new(), by_name: BTreeMap::new() };
    visit(&mut declarations);
    let mut out = format!("// Generated from {source} by ts-rs. Do not edit: change the Rust types and regenerate.\n");
    for declaration in declarations.by_name.values() {
        out.push('\n');
        out.push_str(declaration);
    }
    write!(out, "\n/**\n * What the page may ask of its host.\n */\nexport interface {name} {{\n")
        .expect("writing to a string succeeds");
    for (name, input, output) in signatures(&config) {
        writeln!(out, "  {name}: {{ input: {input}; output: {output} }};").expect("writing to a string succeeds");
    }
    out.push_str("}\n");
    out
}
