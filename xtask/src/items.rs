//! The public types that a file defines, also those that a macro of ours defines from a list of names.

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::Visit;

/// Macros whose invocations define one public type for each name in their list (`ids! { MatterId, … }`).
pub const TYPE_MACROS: &[&str] = &["ids", "texts", "coded", "refusals"];

/// A public type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Type {
    /// Its name.
    pub name: String,
    /// Line from 1.
    pub line: usize,
    /// Whether it is a struct or an enum (and not a trait or an alias).
    pub data: bool,
    /// The first sentence of its documentation.
    pub doc: String,
}

/// The `pub` structs, enums, unions, traits and aliases of a file, tests left out.
pub fn public_types(source: &str) -> Vec<Type> {
    let mut found = Found(Vec::new());
    if let Ok(file) = syn::parse_file(source) {
        found.visit_file(&file);
    }
    found.0
}

struct Found(Vec<Type>);

impl Found {
    fn add(&mut self, visibility: &syn::Visibility, name: &syn::Ident, attributes: &[syn::Attribute], data: bool) {
        if matches!(visibility, syn::Visibility::Public(_)) && !is_test(attributes) {
            let line = name.span().start().line;
            self.0.push(Type { name: name.to_string(), line, data, doc: first_sentence(attributes) });
        }
    }
}

impl<'ast> Visit<'ast> for Found {
    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.add(&item.vis, &item.ident, &item.attrs, true);
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.add(&item.vis, &item.ident, &item.attrs, true);
    }

    fn visit_item_union(&mut self, item: &'ast syn::ItemUnion) {
        self.add(&item.vis, &item.ident, &item.attrs, true);
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        self.add(&item.vis, &item.ident, &item.attrs, false);
    }

    fn visit_item_type(&mut self, item: &'ast syn::ItemType) {
        self.add(&item.vis, &item.ident, &item.attrs, false);
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if !is_test(&item.attrs) {
            syn::visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_macro(&mut self, item: &'ast syn::ItemMacro) {
        let name = item.mac.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
        if TYPE_MACROS.contains(&name.as_str()) {
            self.0.extend(listed(&item.mac.tokens));
        } else if name == "macro_rules" {
            spelled_out(&item.mac.tokens, &mut self.0);
        }
    }
}

/// The names of a list like `/// Doc. Name(argument), …`: each starts with a capital and stands at an entry's head.
fn listed(tokens: &TokenStream) -> Vec<Type> {
    let mut types = Vec::new();
    let mut doc = String::new();
    let mut at_head = true;
    for tree in tokens.clone() {
        match tree {
            TokenTree::Group(group) => {
                if at_head && doc.is_empty() {
                    doc = doc_text(&group.stream());
                }
            }
            TokenTree::Punct(punct) => match punct.as_char() {
                ',' | ';' => at_head = true,
                _ => {}
            },
            TokenTree::Ident(ident) if at_head && ident.to_string().starts_with(char::is_uppercase) => {
                let line = ident.span().start().line;
                types.push(Type {
                    name: ident.to_string(),
                    line,
                    data: true,
                    doc: sentence(&std::mem::take(&mut doc)),
                });
                at_head = false;
            }
            TokenTree::Ident(_) | TokenTree::Literal(_) => {}
        }
    }
    types
}

/// The types that a macro's definition spells out (`pub enum Kind { … }`, not `pub enum $name`).
fn spelled_out(tokens: &TokenStream, types: &mut Vec<Type>) {
    let mut words: Vec<proc_macro2::Ident> = Vec::new();
    for tree in tokens.clone() {
        match tree {
            TokenTree::Ident(ident) => {
                words.push(ident);
                if let [.., public, kind, name] = words.as_slice()
                    && *public == "pub"
                    && (*kind == "struct" || *kind == "enum")
                {
                    let (name, line) = (name.to_string(), name.span().start().line);
                    types.push(Type { name, line, data: true, doc: String::new() });
                }
            }
            TokenTree::Group(group) => {
                words.clear();
                spelled_out(&group.stream(), types);
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => words.clear(),
        }
    }
}

/// The text of `doc = "…"`.
fn doc_text(attribute: &TokenStream) -> String {
    match syn::parse2::<syn::MetaNameValue>(attribute.clone()) {
        Ok(syn::MetaNameValue { value: syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }), .. }) => {
            text.value()
        }
        _ => String::new(),
    }
}

fn first_sentence(attributes: &[syn::Attribute]) -> String {
    let lines: Vec<String> = attributes
        .iter()
        .filter_map(|attribute| match &attribute.meta {
            syn::Meta::NameValue(syn::MetaNameValue {
                path,
                value: syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }),
                ..
            }) if path.is_ident("doc") => Some(text.value().trim().to_owned()),
            _ => None,
        })
        .collect();
    sentence(&lines.join(" "))
}

fn sentence(text: &str) -> String {
    let text = text.trim();
    text.split_once(". ").map_or(text, |(first, _)| first).trim_end_matches('.').to_owned()
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Path>().is_ok_and(|argument| argument.is_ident("test"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_types_are_found_also_in_lists() {
        let source = "/// One. More.\npub struct A; struct B; pub(crate) enum C {} pub enum D { X }\npub trait E {}\n\
                      mod inner { pub type F = u8; }\n#[cfg(test)] mod tests { pub struct G; }\n\
                      ids! { /// An id. It is.\n HId, IId(3, \"J\") }\nother! { K }\n\
                      macro_rules! m { ($n:ident) => { pub struct $n; pub enum L { M } } }";
        let found: Vec<(String, bool)> = public_types(source).into_iter().map(|t| (t.name, t.data)).collect();
        let expected =
            [("A", true), ("D", true), ("E", false), ("F", false), ("HId", true), ("IId", true), ("L", true)];
        assert_eq!(found, expected.map(|(name, data)| (name.to_owned(), data)));
        assert_eq!(public_types(source)[0].doc, "One");
        assert_eq!(public_types(source)[4].doc, "An id");
    }
}
