//! `xtask where METHOD PATH`: the files behind an address, in the order in which a newcomer reads them.
//!
//! It reads the one table of routes, so that what it prints cannot be older than the code.

use std::collections::BTreeMap;
use std::process::ExitCode;

use syn::visit::Visit;

use crate::repo::Repo;

/// The table of routes.
pub const TABLE: &str = "crates/web/src/routes/table.rs";

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mounted {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The pattern of the address.
    pub path: String,
    /// The command, query or page function, as a path from the crates' root: `linli_app::voices::say::SayVoice`.
    pub item: Vec<String>,
}

/// Prints the files behind an address.
pub fn print(method: &str, path: &str) -> Result<ExitCode, String> {
    let repo = Repo::read()?;
    let routes = mounted(&repo)?;
    let Some(route) = routes.iter().find(|route| route.method == method && fits(&route.path, path)) else {
        return Err(format!("nothing is mounted at {method} {path}"));
    };
    println!("{} {}  {}", route.method, route.path, route.item.join("::"));
    for file in files(&repo, route) {
        println!("  {file}");
    }
    Ok(ExitCode::SUCCESS)
}

/// Every route of the table.
pub fn mounted(repo: &Repo) -> Result<Vec<Mounted>, String> {
    let text = repo.files.get(TABLE).ok_or_else(|| format!("{TABLE} is missing"))?;
    let file = syn::parse_file(text).map_err(|error| format!("{TABLE}: {error}"))?;
    let mut reader = Reader::default();
    for item in &file.items {
        if let syn::Item::Use(one) = item {
            reader.import(&[], &one.tree);
        }
    }
    reader.visit_file(&file);
    Ok(reader.routes)
}

#[derive(Default)]
struct Reader {
    names: BTreeMap<String, Vec<String>>,
    routes: Vec<Mounted>,
}

impl Reader {
    fn import(&mut self, before: &[String], tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(path) => {
                let mut longer = before.to_vec();
                longer.push(path.ident.to_string());
                self.import(&longer, &path.tree);
            }
            syn::UseTree::Group(group) => group.items.iter().for_each(|one| self.import(before, one)),
            syn::UseTree::Name(name) => self.name(before, &name.ident, &name.ident),
            syn::UseTree::Rename(rename) => self.name(before, &rename.ident, &rename.rename),
            syn::UseTree::Glob(_) => {}
        }
    }
    fn name(&mut self, before: &[String], name: &syn::Ident, called: &syn::Ident) {
        let mut path = before.to_vec();
        path.push(name.to_string());
        self.names.insert(called.to_string(), path);
    }
    fn resolve(&self, path: &syn::Path) -> Vec<String> {
        let mut parts: Vec<String> = path.segments.iter().map(|part| part.ident.to_string()).collect();
        if let Some(full) = parts.first().and_then(|first| self.names.get(first)) {
            parts.splice(..1, full.iter().cloned());
        }
        parts
    }
    fn mount(&mut self, method: &'static str, path: Option<String>, item: Vec<String>) {
        self.routes.extend(path.map(|path| Mounted { method, path, item }));
    }
}

impl<'a> Visit<'a> for Reader {
    fn visit_expr_method_call(&mut self, call: &'a syn::ExprMethodCall) {
        // The chain begins at its innermost call: that one comes first in the table.
        syn::visit::visit_expr_method_call(self, call);
        let texts: Vec<String> = call.args.iter().filter_map(text).collect();
        let of_type = call.turbofish.as_ref().and_then(|generics| match generics.args.first() {
            Some(syn::GenericArgument::Type(syn::Type::Path(path))) => Some(self.resolve(&path.path)),
            _ => None,
        });
        let of_function = call.args.last().and_then(|last| match last {
            syn::Expr::Path(path) => Some(self.resolve(&path.path)),
            _ => None,
        });
        match (call.method.to_string().as_str(), of_type, of_function) {
            ("command", Some(item), _) => {
                self.mount("POST", texts.first().cloned(), item.clone());
                self.mount("POST", texts.get(1).cloned(), item);
            }
            ("query", Some(item), _) | ("page", _, Some(item)) => self.mount("GET", texts.first().cloned(), item),
            ("small_form", _, Some(item)) => self.mount("POST", texts.first().cloned(), item),
            _ => {}
        }
    }
}

fn text(argument: &syn::Expr) -> Option<String> {
    match argument {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
        _ => None,
    }
}

/// Whether an address fits a pattern; a pattern fits itself.
fn fits(pattern: &str, address: &str) -> bool {
    let (pattern, address): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), address.split('/').collect());
    pattern.len() == address.len()
        && pattern
            .iter()
            .zip(&address)
            .all(|(part, named)| part == named || (part.starts_with('{') && !named.is_empty()))
}

/// The files of a route's slice that exist, in reading order.
pub fn files(repo: &Repo, route: &Mounted) -> Vec<String> {
    let is_app = route.item.first().is_some_and(|root| root == "linli_app");
    let feature = route.item.get(1).cloned().unwrap_or_default();
    let mut wanted = vec![TABLE.to_owned()];
    let web = |file: &str| format!("crates/web/src/{feature}/{file}.rs");
    if !is_app {
        wanted.push(web(route.item.get(2).map_or("show", String::as_str)));
    } else if route.method == "POST" {
        wanted.push(web("face"));
    }
    wanted.push(web("page"));
    wanted.extend(repo.under(&format!("crates/web/templates/{feature}")).map(|(path, _)| path.to_owned()));
    wanted.push(format!("crates/web/locales/zh-CN/{feature}.ftl"));
    if is_app {
        let module = &route.item[1..route.item.len() - 1];
        wanted.push(format!("crates/app/src/{}.rs", module.join("/")));
        wanted.push(format!("crates/app/src/{}/mod.rs", module.join("/")));
    }
    wanted.push(format!("crates/app/src/{feature}/mod.rs"));
    wanted.push(format!("crates/domain/src/{feature}.rs"));
    wanted.extend(repo.rust(&format!("crates/domain/src/{feature}")).map(|(path, _)| path.to_owned()));
    wanted.push(format!("crates/store/src/{feature}.rs"));
    let mut seen = std::collections::BTreeSet::new();
    wanted.retain(|file| repo.files.contains_key(file) && seen.insert(file.clone()));
    wanted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::fixture::repo;

    const SMALL: &str = r#"
        use linli_app::voices::{answer, say};
        use crate::{commitments as lists, voices};
        fn routes() -> Routes {
            Routes::new()
                .page("/{community}/list", "show-list", ALL, lists::show::list)
                .command::<say::SayVoice>("/api/v1/{community}/voices", "/{community}/say", CREATED)
                .small_form("/lang", "choose-language", voices::show::language)
        }
    "#;

    #[test]
    fn an_address_finds_its_slice() {
        let repo = repo(&[
            (TABLE, SMALL),
            ("crates/web/src/voices/face.rs", ""),
            ("crates/app/src/voices/say.rs", ""),
            ("crates/store/src/voices.rs", ""),
            ("crates/web/src/commitments/show.rs", ""),
        ]);
        let routes = mounted(&repo).expect("reads");
        let told: Vec<_> = routes.iter().map(|route| (route.method, route.path.as_str())).collect();
        let wanted = [
            ("GET", "/{community}/list"),
            ("POST", "/api/v1/{community}/voices"),
            ("POST", "/{community}/say"),
            ("POST", "/lang"),
        ];
        assert_eq!(told, wanted);
        let say = files(&repo, &routes[1]);
        let slice =
            [TABLE, "crates/web/src/voices/face.rs", "crates/app/src/voices/say.rs", "crates/store/src/voices.rs"];
        assert_eq!(say, slice);
        assert!(files(&repo, &routes[0]).contains(&"crates/web/src/commitments/show.rs".to_owned()));
        assert!(fits("/api/v1/{community}/voices", "/api/v1/x/voices") && !fits("/{community}", "/"));
    }

    /// Every route of the real table leads to at least one file beside the table itself.
    #[test]
    fn every_real_route_is_found() {
        let repo = Repo::read().expect("the repository");
        let routes = mounted(&repo).expect("reads");
        assert!(routes.len() > 40, "{} routes", routes.len());
        for route in &routes {
            let files = files(&repo, route);
            assert!(files.len() >= 2, "{} {} leads nowhere: {files:?}", route.method, route.path);
            let handler = |file: &String| {
                file.starts_with("crates/app/src") || file.ends_with("show.rs") || file.ends_with("export.rs")
            };
            assert!(files.iter().any(handler), "{} {}", route.method, route.path);
        }
    }
}
