//! Why there is no sheet.

use std::fmt;

/// Why nothing was printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrintFault {
    /// More entries than one document may have: setting them would keep the machine busy for minutes.
    TooLong {
        /// Entries that were asked for.
        entries: usize,
        /// The most that one document takes.
        most: usize,
    },
    /// Only one page of the list came in, and on paper it would pass for the whole list.
    Partial,
    /// The text does not fit into a QR code.
    CodeTooLong,
    /// The embedded faces cannot be read, so that a sheet would come out without text. A fault of the build.
    NoFaces,
    /// The typesetter refused: its own words, for the log and never for a reader. A fault of a template.
    Typesetting(String),
}

impl PrintFault {
    /// The stable code: the code in the API, and the Fluent key behind `refusal-`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLong { .. } => "print-too-long",
            Self::Partial => "print-partial",
            Self::CodeTooLong => "print-code-too-long",
            Self::NoFaces => "print-no-faces",
            Self::Typesetting(_) => "print-typesetting",
        }
    }
}

/// For the log; readers get the sentence of [`PrintFault::code`].
impl fmt::Display for PrintFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { entries, most } => write!(f, "{}: {entries} entries, at most {most}", self.code()),
            Self::Typesetting(words) => write!(f, "{}: {words}", self.code()),
            _ => f.write_str(self.code()),
        }
    }
}

impl std::error::Error for PrintFault {}
