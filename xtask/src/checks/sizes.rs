//! Files and functions that one reading can hold.

use syn::spanned::Spanned;
use syn::visit::Visit;

use crate::repo::{Repo, extension, is_test_file};
use crate::report::Report;

const LINES_OF_FILE_MAX: usize = 400;
const LINES_OF_TEST_FILE_MAX: usize = 600;
const LINES_OF_FUNCTION_MAX: usize = 70;

/// Kinds of files that people write here.
const WRITTEN: &[&str] = &["rs", "ts", "js", "mjs", "css", "html", "typ", "ftl"];

/// Measures every written file, and every function of the Rust ones.
pub fn check(repo: &Repo) -> Report {
    let mut report = Report::of("files");
    for (path, text) in repo.files.iter().filter(|(path, _)| WRITTEN.contains(&extension(path))) {
        report.items += 1;
        let (lines, lines_max) = (text.lines().count(), lines_max(path));
        if lines > lines_max {
            report.fault(path, 0, format!("{lines} lines; {lines_max} at most"));
        }
        if extension(path) == "rs"
            && let Ok(file) = syn::parse_file(text)
        {
            let mut functions = Functions(Vec::new());
            functions.visit_file(&file);
            for (name, line, lines) in functions.0.into_iter().filter(|(_, _, lines)| *lines > LINES_OF_FUNCTION_MAX) {
                report.fault(path, line, format!("fn {name} has {lines} lines; {LINES_OF_FUNCTION_MAX} at most"));
            }
        }
    }
    report
}

fn lines_max(path: &str) -> usize {
    if is_test_file(path) { LINES_OF_TEST_FILE_MAX } else { LINES_OF_FILE_MAX }
}

/// Name, first line and number of lines of each function, from its signature to its closing brace.
struct Functions(Vec<(String, usize, usize)>);

impl Functions {
    fn add(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let first = signature.span().start().line;
        let last = block.span().end().line;
        self.0.push((signature.ident.to_string(), first, last + 1 - first));
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.add(&item.sig, &item.block);
        syn::visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.add(&item.sig, &item.block);
        syn::visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.add(&item.sig, block);
        }
        syn::visit::visit_trait_item_fn(self, item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::fixture::repo;

    #[test]
    fn files_and_functions_have_a_size() {
        let body =
            |lines: usize| format!("impl X {{\n    /// Doc.\n    fn long() {{\n{}    }}\n}}\n", "\n".repeat(lines));
        for (path, text, faults) in [
            ("crates/a/src/b.rs", "\n".repeat(400), 0),
            ("crates/a/src/b.rs", "\n".repeat(401), 1),
            ("crates/a/tests/b.rs", "\n".repeat(600), 0),
            ("crates/a/tests/b.rs", "\n".repeat(601), 1),
            ("frontend/src/a.css", "\n".repeat(401), 1),
            ("Cargo.lock", "\n".repeat(4000), 0),
            ("crates/a/src/b.rs", body(68), 0),
            ("crates/a/src/b.rs", body(69), 1),
        ] {
            let report = check(&repo(&[(path, &text)]));
            assert_eq!(report.faults.len(), faults, "{path}: {:?}", report.faults);
        }
    }

    #[test]
    fn a_long_function_is_told_with_its_line() {
        let text = format!("\nfn long() {{{}}}", "\n".repeat(70));
        let report = check(&repo(&[("crates/a/src/b.rs", &text)]));
        assert_eq!((report.faults[0].line, report.faults[0].message.as_str()), (2, "fn long has 71 lines; 70 at most"));
    }
}
