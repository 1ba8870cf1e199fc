//! Rust source as a flat row of tokens: comments and doc comments gone, every token knowing its line and whether it is
//! inside a test. Unlike a syntax tree it also sees inside macros.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

use crate::repo::is_test_file;

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A name or a keyword.
    Ident,
    /// One character of punctuation.
    Punct,
    /// A string literal; its text is what the string holds.
    Text,
    /// Any other literal.
    Literal,
    /// A bracket that opens.
    Open,
    /// A bracket that closes.
    Close,
}

/// One token.
#[derive(Debug, Clone)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Its text: of a string what it holds, of a bracket the bracket.
    pub text: String,
    /// Line from 1.
    pub line: usize,
    /// Inside `#[cfg(test)]`, `#[test]`, or a file of tests.
    pub test: bool,
}

impl Token {
    /// Whether the token is this punctuation, bracket or name, and no string.
    pub fn is(&self, text: &str) -> bool {
        self.kind != Kind::Text && self.text == text
    }
}

/// The tokens of a file; none of a file that is no Rust (the compiler says that better).
pub fn of(path: &str, source: &str) -> Vec<Token> {
    let mut out = Vec::new();
    if let Ok(stream) = source.parse::<TokenStream>() {
        flatten(stream, is_test_file(path), &mut out);
    }
    out
}

fn flatten(stream: TokenStream, in_test: bool, out: &mut Vec<Token>) {
    let mut in_test = in_test;
    // Set by an attribute of tests, kept until the item it stands before has ended.
    let mut item_is_test = false;
    let mut trees = stream.into_iter().peekable();
    while let Some(tree) = trees.next() {
        if let TokenTree::Punct(punct) = &tree
            && punct.as_char() == '#'
        {
            let inner = matches!(trees.peek(), Some(TokenTree::Punct(next)) if next.as_char() == '!');
            if inner {
                trees.next();
            }
            if let Some(TokenTree::Group(group)) = trees.next_if(is_bracketed) {
                if marks_a_test(&group.stream()) {
                    in_test |= inner;
                    item_is_test |= !inner;
                }
                if !is_doc(&group.stream()) {
                    push(Kind::Punct, "#", punct.span().start().line, in_test || item_is_test, out);
                    emit(TokenTree::Group(group), in_test || item_is_test, out);
                }
            }
            continue;
        }
        let ends_item = match &tree {
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            TokenTree::Punct(punct) => punct.as_char() == ';' && punct.spacing() == Spacing::Alone,
            _ => false,
        };
        emit(tree, in_test || item_is_test, out);
        item_is_test &= !ends_item;
    }
}

fn emit(tree: TokenTree, in_test: bool, out: &mut Vec<Token>) {
    let line = tree.span().start().line;
    match tree {
        TokenTree::Ident(ident) => push(Kind::Ident, &ident.to_string(), line, in_test, out),
        TokenTree::Punct(punct) => push(Kind::Punct, &punct.as_char().to_string(), line, in_test, out),
        TokenTree::Literal(literal) => match syn::parse_str::<syn::Lit>(&literal.to_string()) {
            Ok(syn::Lit::Str(text)) => push(Kind::Text, &text.value(), line, in_test, out),
            _ => push(Kind::Literal, &literal.to_string(), line, in_test, out),
        },
        TokenTree::Group(group) => {
            let (open, close) = match group.delimiter() {
                Delimiter::Parenthesis => ("(", ")"),
                Delimiter::Brace => ("{", "}"),
                Delimiter::Bracket => ("[", "]"),
                Delimiter::None => ("", ""),
            };
            push(Kind::Open, open, line, in_test, out);
            flatten(group.stream(), in_test, out);
            push(Kind::Close, close, group.span_close().start().line, in_test, out);
        }
    }
}

fn push(kind: Kind, text: &str, line: usize, in_test: bool, out: &mut Vec<Token>) {
    out.push(Token { kind, text: text.to_owned(), line, test: in_test });
}

fn is_bracketed(tree: &TokenTree) -> bool {
    matches!(tree, TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket)
}

fn is_doc(attribute: &TokenStream) -> bool {
    matches!(attribute.clone().into_iter().next(), Some(TokenTree::Ident(name)) if name == "doc")
}

/// `cfg(test)`, `cfg(all(test, …))`, `test`, `tokio::test`; not `cfg(not(test))`, which ships.
fn marks_a_test(attribute: &TokenStream) -> bool {
    let text: String = attribute.to_string().split_whitespace().collect();
    let path = text.split('(').next().unwrap_or_default();
    path == "test" || path.ends_with("::test") || text == "cfg(test)" || text.starts_with("cfg(all(test,")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_read_comments_are_not() {
        let tokens = of("a.rs", "/// doc \"a\"\nfn f() { // \"b\"\n m!(\"c\\n\", r#\"d\"#); }");
        let texts: Vec<(&str, usize)> =
            tokens.iter().filter(|t| t.kind == Kind::Text).map(|t| (t.text.as_str(), t.line)).collect();
        assert_eq!(texts, [("c\n", 3), ("d", 3)]);
    }

    #[test]
    fn tests_end_where_their_item_ends() {
        for (source, expected) in [
            ("#[cfg(test)] mod tests { fn x() {} } fn y() {}", [true, false]),
            ("#[test] #[expect(a)] fn x() {} fn y() {}", [true, false]),
            ("#[tokio::test(flavor = \"m\")] async fn x() {} fn y() {}", [true, false]),
            ("#[cfg(test)] use x; fn y() {}", [true, false]),
            ("#[cfg(not(test))] fn x() {} fn y() {}", [false, false]),
            ("#![cfg(test)] fn x() {} fn y() {}", [true, true]),
        ] {
            let tokens = of("crates/a/src/b.rs", source);
            let of_name = |name: &str| tokens.iter().find(|token| token.is(name)).is_some_and(|token| token.test);
            assert_eq!([of_name("x"), of_name("y")], expected, "{source}");
        }
    }
}
