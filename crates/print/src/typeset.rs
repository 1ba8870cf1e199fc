//! The one place that calls Typst.
//!
//! Behind functions that are not generic, so that a changed sheet does not compile Typst's generics again. A template
//! sees its own text, `data.json` and the embedded faces: no disk, no network, no packages, no clock.

use std::sync::{LazyLock, OnceLock};

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::PrintFault;
use crate::fonts::FACES;

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
/// File ids are interned in 16 bits for the life of the process: two constants, whatever is printed.
static MAIN: OnceLock<Option<FileId>> = OnceLock::new();
static DATA: OnceLock<Option<FileId>> = OnceLock::new();

fn id(cell: &OnceLock<Option<FileId>>, path: &str) -> Result<FileId, PrintFault> {
    let made = cell.get_or_init(|| Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).ok()?).intern()));
    made.ok_or_else(|| PrintFault::Typesetting(format!("no path: {path}")))
}

struct Job {
    main: FileId,
    data_id: FileId,
    template: Source,
    data: Bytes,
}

impl World for Job {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }
    fn book(&self) -> &LazyHash<FontBook> {
        &FACES.book
    }
    fn main(&self) -> FileId {
        self.main
    }
    fn source(&self, file: FileId) -> FileResult<Source> {
        if file == self.main { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }
    fn file(&self, file: FileId) -> FileResult<Bytes> {
        if file == self.data_id { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }
    fn font(&self, index: usize) -> Option<Font> {
        FACES.fonts.get(index).cloned()
    }
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// A laid-out document. Dropping the last of them is the moment to [`forget`].
pub struct Laid(PagedDocument);

impl Laid {
    /// How many pages it has.
    pub fn pages(&self) -> usize {
        self.0.pages().len()
    }

    /// The PDF: tagged, and held to PDF/UA-1 unless `lenient`. That standard does not allow a character without a
    /// glyph; a list with one rare name is better printed with an empty box there than not at all.
    pub fn pdf(&self, lenient: bool) -> Result<Vec<u8>, PrintFault> {
        let wanted: &[PdfStandard] = if lenient { &[] } else { &[PdfStandard::Ua_1] };
        let standards = PdfStandards::new(wanted).map_err(|e| PrintFault::Typesetting(e.message().to_string()))?;
        let options = PdfOptions { standards, ..PdfOptions::default() };
        typst_pdf::pdf(&self.0, &options).map_err(|errors| told(&errors))
    }
}

/// Lays out `template` with `data`, which it reads as `json("data.json")`.
/// Fails when the faces are unreadable or the template is wrong; never because of what people typed.
pub fn lay_out(template: &'static str, data: Vec<u8>) -> Result<Laid, PrintFault> {
    // Without a usable face the typesetter makes a PDF without text, and no error.
    if FACES.fonts.len() < 2 || FACES.family.is_empty() {
        return Err(PrintFault::NoFaces);
    }
    let (main, data_id) = (id(&MAIN, "main.typ")?, id(&DATA, "data.json")?);
    let job = Job { main, data_id, template: Source::new(main, template.to_owned()), data: Bytes::new(data) };
    typst::compile::<PagedDocument>(&job).output.map(Laid).map_err(|errors| told(&errors))
}

/// Drops what the typesetter remembers of the last document; without it 60 lists hold 700 MiB.
pub fn forget() {
    typst::comemo::evict(0);
}

fn told(errors: &[SourceDiagnostic]) -> PrintFault {
    let words: Vec<&str> = errors.iter().take(5).map(|e| e.message.as_str()).collect();
    PrintFault::Typesetting(words.join("; "))
}
