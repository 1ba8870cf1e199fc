//! The public list as a file: on paper, and for spreadsheets.

use std::io::{BufWriter, Seek as _, Write as _};
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use linli_app::Denied;
use linli_app::Fault;
use linli_app::commitments::list::{ExportList, ShowList};
use linli_domain::commitments::CommitmentRefusal;
use linli_domain::commitments::view::EntryView;
use parking_lot::Mutex;
use tokio::io::AsyncReadExt as _;
use tokio::sync::Semaphore;

use crate::look::sheet::list_words;
use crate::look::words::Words;
use crate::routes::Asked;
use crate::visit::Visit;

/// Lists typeset, and lists exported, at the same time: each is work for a whole core.
static SHEETS: Semaphore = Semaphore::const_new(1);
static EXPORTS: Semaphore = Semaphore::const_new(1);
/// How often a sheet looks again for entries that have no number yet, and how long it waits between.
const PATIENCE: u32 = 15;
const PAUSE: Duration = Duration::from_millis(100);
/// Bytes read from the file at a time.
const PIECE: usize = 64 * 1024;

fn gone(error: impl std::fmt::Display) -> Denied {
    Fault::Unavailable(format!("export: {error}")).into()
}

fn file(name: &str, kind: &'static str, body: Body) -> Response {
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (CONTENT_DISPOSITION, format!("inline; filename=\"{name}\"")),
        (CACHE_CONTROL, "no-cache".to_owned()),
    ];
    (headers, body).into_response()
}

/// `GET /{community}/list.pdf`.
pub(crate) async fn pdf(visit: Visit, _: Asked) -> Result<Response, Denied> {
    let here = visit.here();
    let most = linli_print::MOST_ENTRIES;
    let mut list = visit.web.app.read(&visit.caller(), &here, ShowList::whole(most)).await?;
    // The code on the paper is to cover all that the paper shows: the log is behind by a second at most.
    for _ in 0..PATIENCE {
        if list.checkpoint.as_ref().is_none_or(|checkpoint| checkpoint.waiting == 0) {
            break;
        }
        tokio::time::sleep(PAUSE).await;
        list = visit.web.app.read(&visit.caller(), &here, ShowList::whole(most)).await?;
    }
    if list.next.is_some() {
        return Err(CommitmentRefusal::TooLongForPaper { most }.into());
    }
    let words = list_words(visit.words);
    let _turn = SHEETS.acquire().await.map_err(gone)?;
    let sheet = tokio::task::spawn_blocking(move || linli_print::list(&list, &words)).await.map_err(gone)?;
    let sheet = sheet.map_err(|fault| Fault::Bug(format!("the list was not typeset: {fault}")))?;
    if !sheet.missing.is_empty() {
        tracing::warn!(community = here.slug, characters = ?sheet.missing, "no face has these characters");
    }
    Ok(file(&format!("{}-list.pdf", here.slug), "application/pdf", Body::from(sheet.pdf)))
}

/// `GET /{community}/list.csv`: one snapshot into a file first, then the file, however slow the reader is.
pub(crate) async fn csv(visit: Visit, _: Asked) -> Result<Response, Denied> {
    let here = visit.here();
    let spooled = {
        let _turn = EXPORTS.acquire().await.map_err(gone)?;
        spool(&visit).await?
    };
    let file_name = format!("{}-list.csv", here.slug);
    Ok(file(&file_name, "text/csv; charset=utf-8", Body::from_stream(pieces(spooled))))
}

/// Writes the whole list into a file without a name.
async fn spool(visit: &Visit) -> Result<std::fs::File, Denied> {
    let words = visit.words;
    let mut writer = BufWriter::new(tempfile::tempfile().map_err(gone)?);
    // The mark tells a spreadsheet that this is UTF-8.
    writer.write_all("\u{FEFF}".as_bytes()).map_err(gone)?;
    let mut rows = csv::Writer::from_writer(writer);
    rows.write_record(HEADS.map(|key| words.t(key).into_owned())).map_err(gone)?;
    let rows = Arc::new(Mutex::new(Some(rows)));
    let into = Arc::clone(&rows);
    let sink = move |group: &str, entry: &EntryView| match into.lock().as_mut() {
        Some(rows) => rows.write_record(record(words, group, entry)).map_err(std::io::Error::other),
        None => Ok(()),
    };
    visit.web.app.read(&visit.caller(), &visit.here(), ExportList::into(Box::new(sink))).await?;
    let rows = rows.lock().take().ok_or_else(|| gone("no file"))?;
    let writer = rows.into_inner().map_err(gone)?;
    let mut file = writer.into_inner().map_err(gone)?;
    file.rewind().map_err(gone)?;
    Ok(file)
}

/// The heads of the columns.
const HEADS: [&str; 10] = [
    "csv-number",
    "csv-group",
    "csv-wording",
    "csv-category",
    "csv-responsible",
    "csv-deadline",
    "csv-standing",
    "csv-merged-into",
    "csv-closed-on",
    "csv-voices",
];

fn record(words: Words, group: &str, entry: &EntryView) -> [String; 10] {
    [
        entry.number.to_string(),
        harmless(group),
        harmless(&entry.wording),
        harmless(&entry.category),
        harmless(&entry.responsible),
        entry.deadline.to_string(),
        words.standing(entry.standing).into_owned(),
        entry.merged_into.map(|number| number.to_string()).unwrap_or_default(),
        entry.closed_on.map(|day| day.to_string()).unwrap_or_default(),
        entry.voices.to_string(),
    ]
}

/// A cell that a spreadsheet would take for a formula begins with an apostrophe; full-width signs are signs, too.
fn harmless(text: &str) -> String {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠') => format!("'{text}"),
        _ => text.to_owned(),
    }
}

/// The file in pieces; the work stops when the reader leaves.
fn pieces(file: std::fs::File) -> impl futures_util::Stream<Item = std::io::Result<Bytes>> {
    futures_util::stream::try_unfold(tokio::fs::File::from_std(file), |mut file| async move {
        let mut piece = vec![0; PIECE];
        let read = file.read(&mut piece).await?;
        piece.truncate(read);
        Ok((read > 0).then(|| (Bytes::from(piece), file)))
    })
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn no_cell_is_a_formula() {
        for bad in ["=1+1", "+86", "-1", "@SUM", "\tx", "\rx", "＝1", "＋1", "－1", "＠x"] {
            assert!(harmless(bad).starts_with('\''), "{bad}");
        }
        assert_eq!(harmless("疏浚水渠=好"), "疏浚水渠=好");
    }
}
