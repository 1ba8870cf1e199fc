//! The files of the repository as a map in memory, so that a test of a check is a map too.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Path from the root (with `/`) to text. Files that are not UTF-8 are present with an empty text.
#[derive(Debug, Default)]
pub struct Repo {
    /// The files.
    pub files: BTreeMap<String, String>,
}

/// The root of the repository: the nearest folder, from the one it is run in upwards, that holds `xtask/Cargo.toml`.
pub fn root() -> Result<PathBuf, String> {
    let here = std::env::current_dir().map_err(|error| format!("the current folder: {error}"))?;
    let root = here.ancestors().find(|folder| folder.join("xtask/Cargo.toml").is_file());
    root.map(Path::to_path_buf).ok_or_else(|| "run this inside the repository".to_owned())
}

impl Repo {
    /// Reads every file that git tracks or would track; what `.gitignore` names does not count.
    ///
    /// Fails when git cannot be run there.
    pub fn read() -> Result<Self, String> {
        let root = root()?;
        let listing = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(&root)
            .output()
            .map_err(|error| format!("git ls-files: {error}"))?;
        if !listing.status.success() {
            return Err(format!("git ls-files: {}", String::from_utf8_lossy(&listing.stderr)));
        }
        let names = String::from_utf8_lossy(&listing.stdout);
        let files = names
            .split('\0')
            .filter(|name| !name.is_empty())
            // A file deleted but still in the index is gone for every check.
            .filter_map(|name| std::fs::read(root.join(name)).ok().map(|bytes| (name.to_owned(), bytes)))
            .map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap_or_default()))
            .collect();
        Ok(Self { files })
    }

    /// The files under a folder (`crates/web/templates`), in order.
    pub fn under<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files
            .iter()
            .filter(move |(path, _)| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')))
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The Rust files under a folder, in order.
    pub fn rust<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.under(folder).filter(|(path, _)| extension(path) == "rs")
    }

    /// Whether a file or a folder of this name exists.
    pub fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        self.files.contains_key(path) || self.under(path).next().is_some()
    }
}

/// What follows the last dot of a file's name.
pub fn extension(path: &str) -> &str {
    path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, extension)| extension)
}

/// Whether a file is a test by its place or its name.
pub fn is_test_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.split('.').next().unwrap_or(name);
    path.contains("/tests/")
        || path.starts_with("e2e/")
        || path.contains("/e2e/")
        || stem == "tests"
        || stem.ends_with("_tests")
        || name.contains(".test.")
        || name.contains(".spec.")
}

/// The crate's folder name of a path under `crates/`.
pub fn crate_of(path: &str) -> Option<&str> {
    path.strip_prefix("crates/")?.split('/').next()
}

#[cfg(test)]
pub mod fixture {
    //! A repository out of literals.
    use super::Repo;

    /// The files given, and no others.
    pub fn repo(files: &[(&str, &str)]) -> Repo {
        Repo { files: files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_known_by_name_and_place() {
        for (path, test) in [
            ("crates/app/tests/close_out.rs", true),
            ("crates/app/src/matters/tests.rs", true),
            ("frontend/src/form.test.ts", true),
            ("e2e/journey.mjs", true),
            ("crates/app/src/matters.rs", false),
            ("crates/text/src/contests.rs", false),
        ] {
            assert_eq!(is_test_file(path), test, "{path}");
        }
    }

    #[test]
    fn folders_exist_through_their_files() {
        let repo = fixture::repo(&[("crates/web/src/lib.rs", "")]);
        for (path, there) in [("crates/web", true), ("crates/web/", true), ("crates/we", false), ("x.rs", false)] {
            assert_eq!(repo.has(path), there, "{path}");
        }
        assert_eq!((extension("a/.gitignore"), extension("a.b/c"), extension("x.ftl")), ("gitignore", "", "ftl"));
    }
}
