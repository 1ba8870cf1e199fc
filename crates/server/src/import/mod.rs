//! Reading a file of requests that another system wrote (`linli import requests FILE --mapping FILE`).
//!
//! Reading comes first: bytes become text ([`encoding`]), text becomes records with the line on which they stand
//! ([`rows`]), and a mapping says which column is what ([`mapping`]). That half writes nothing and asks no clock. [`run`] then sends
//! each request through the use case that takes it in.
//!
//! Invariant: every record of the file comes out exactly once, as a [`Request`] or as a [`FaultyRow`] with its line.
//! No fault has words here: it has a stable code and arguments, and the command tells it.

pub mod encoding;
pub mod mapping;
pub mod progress;
pub mod report;
pub mod rows;
pub mod run;

pub use mapping::Mapping;
pub use report::Report;
pub use rows::Requests;

/// How an argument of a fault is written into a sentence.
trait Told {
    fn told(&self) -> String;
}
impl Told for String {
    fn told(&self) -> String {
        self.clone()
    }
}
impl Told for u64 {
    fn told(&self) -> String {
        self.to_string()
    }
}
impl Told for Option<u64> {
    fn told(&self) -> String {
        self.map(|n| n.to_string()).unwrap_or_default()
    }
}
impl<T: AsRef<str>> Told for Vec<T> {
    fn told(&self) -> String {
        self.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join(", ")
    }
}

/// Declares an enum of faults with their codes, their arguments by name, and the list of all codes.
macro_rules! faults {
    ($(#[$doc:meta])* $name:ident {
        $($(#[$vdoc:meta])* $variant:ident $({ $($(#[$adoc:meta])* $arg:ident : $type:ty),* $(,)? })? = $code:literal),* $(,)?
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum $name {
            $($(#[$vdoc])* $variant $({ $($(#[$adoc])* $arg: $type),* })?),*
        }
        impl $name {
            /// Every code, for the tests that hold the words of the command to them.
            #[cfg(test)]
            pub const CODES: &'static [&'static str] = &[$($code),*];
            /// The stable code.
            pub fn code(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $code),* }
            }
            /// The arguments of the sentence, by name.
            pub fn args(&self) -> Vec<(&'static str, String)> {
                match self {
                    $(Self::$variant $({ $($arg),* })? => vec![$($((stringify!($arg), $crate::import::Told::told($arg))),*)?]),*
                }
            }
        }
    };
}
use faults;

faults! {
    /// Why nothing of a file can be read.
    FileFault {
        /// The file is not there, or may not be read.
        NotReadable {
            /// What the operating system says.
            detail: String,
        } = "import-file-not-readable",
        /// More bytes than are taken.
        TooLarge {
            /// The most that is taken, in MiB.
            most_mib: u64,
        } = "import-file-too-large",
        /// Nothing in it.
        Empty = "import-file-empty",
        /// A workbook (`.xlsx`, `.ods`, `.xls`), not a table of text.
        Workbook = "import-file-workbook",
        /// None of the encodings reads the whole file: it has to be saved again as "CSV UTF-8".
        Undecodable {
            /// The encodings that were tried, in that order.
            tried: Vec<&'static str>,
            /// The line of the first byte that is wrong, where the file is plainly in the first of them.
            line: Option<u64>,
        } = "import-file-undecodable",
        /// The mapping names columns that the header does not have.
        MissingColumns {
            /// Their names, in the order of the mapping.
            columns: Vec<String>,
        } = "import-file-missing-columns",
        /// The mapping names columns that the header has more than once.
        AmbiguousColumns {
            /// Their names, in the order of the mapping.
            columns: Vec<String>,
        } = "import-file-ambiguous-columns",
        /// A header and nothing below it.
        NoRows = "import-file-no-rows",
    }
}

faults! {
    /// Why one row is not taken.
    RowFault {
        /// A spreadsheet has overwritten the id (`1.38E+10`, `####`, `#REF!`): other matters may now have the same.
        RuinedId = "import-row-ruined-id",
        /// The id was taken from an earlier row of the same file.
        DuplicateId {
            /// The line of that row.
            first_line: u64,
        } = "import-row-duplicate-id",
        /// A cell without which there is no request is missing, empty or unknown.
        MissingCell {
            /// The name of its column.
            column: String,
        } = "import-row-missing-cell",
        /// More cells than the header has: the row has slipped, so no cell can be trusted to be in its column.
        ExtraCells {
            /// Cells of the row.
            cells: u64,
            /// Cells of the header.
            columns: u64,
        } = "import-row-extra-cells",
        /// A quotation mark opens a cell and nothing closes it: everything down to the end of the file is in that cell.
        UnclosedQuote {
            /// The last line of the file.
            last_line: u64,
        } = "import-row-unclosed-quote",
        /// The CSV reader gave up; it does not on text in memory, and if it ever does, it is told.
        Unreadable = "import-row-unreadable",
    }
}

/// One request as the other system tells it; every text is trimmed and without control characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The line of the file on which its record begins, from 1.
    pub line: u64,
    /// The other system's id: opaque, `00123` is not `123`.
    pub external_id: String,
    /// When it was made, as written there; the zone is for the command to say.
    pub at: Option<String>,
    /// Through which door it came in, in the other system's words.
    pub channel: Option<String>,
    /// Complaint, question, suggestion …, in the other system's words.
    pub property: Option<String>,
    /// Its kinds, from wide to narrow; unknown ones are left out.
    pub kinds: Vec<String>,
    /// The street (街道) or town.
    pub street: Option<String>,
    /// The community (社区) or village.
    pub community: Option<String>,
    /// Where it is.
    pub place: Option<String>,
    /// What was said, or what stands for it (see [`mapping::Template`]); lines are kept.
    pub text: String,
    /// Who dealt with it.
    pub unit: Option<String>,
    /// How it ended there.
    pub outcome: Outcome,
}

/// How a request ended in the other system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Closed within its term.
    InTime,
    /// Closed after its term.
    Late,
    /// Not closed yet.
    Open,
    /// The file does not say, or says two things.
    Unknown,
}

/// A row that is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultyRow {
    /// The line of the file on which its record begins, from 1.
    pub line: u64,
    /// The id as it stands in the row, if any.
    pub external_id: Option<String>,
    /// Why.
    pub fault: RowFault,
}

#[cfg(test)]
mod tests {
    use super::mapping::MappingFault;
    use super::{FileFault, RowFault};

    #[test]
    fn no_code_means_two_things() {
        let mut codes = [FileFault::CODES, RowFault::CODES, MappingFault::CODES].concat();
        let all = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), all);
        assert!(codes.iter().all(|code| code.starts_with("import-")));
    }
}
