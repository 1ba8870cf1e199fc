//! The words of the printed list: the crate that sets it knows none.

use linli_print::{LegendLine, LegendWords, ListWords, StandingWords, TotalsWords};

use crate::look::words::Words;

/// The words of the printed list in a language. Places that the sheet fills itself are passed through as they are.
pub fn list_words(w: Words) -> ListWords {
    let t = |key: &str| w.t(key).into_owned();
    let line = |sample: &str, meaning: &str| LegendLine { sample: t(sample), meaning: t(meaning) };
    ListWords {
        lang: w.lang().code().to_owned(),
        title: t("list-name"),
        as_of: w.t1("sheet-as-of", "date", "{date}"),
        day: w.with(
            "sheet-day",
            &[("year", "{year}".to_owned()), ("month", "{month}".to_owned()), ("day", "{day}".to_owned())],
        ),
        number: t("sheet-number"),
        wording: t("sheet-wording"),
        responsible: t("sheet-responsible"),
        deadline: t("sheet-deadline"),
        standing: t("sheet-standing"),
        standings: StandingWords {
            listed: t("standing-listed"),
            working: t("standing-working"),
            awaiting: t("standing-awaiting"),
            disputed: t("standing-disputed"),
            confirmed: t("standing-confirmed"),
            no_answer: t("standing-no_answer"),
            merged_into: w.t1("list-merged-into", "number", "{number}"),
        },
        legend: LegendWords {
            open: line("legend-open", "legend-open-means"),
            confirmed: line("legend-confirmed", "legend-confirmed-means"),
            no_answer: line("legend-no-answer", "legend-no-answer-means"),
            merged: line("legend-merged", "legend-merged-means"),
        },
        totals: TotalsWords {
            listed: t("totals-listed"),
            open: t("totals-open"),
            confirmed: t("totals-confirmed"),
            no_answer: t("totals-no-answer"),
            merged: t("totals-merged"),
        },
        group_tally: w
            .with("sheet-group-tally", &[("confirmed", "{confirmed}".to_owned()), ("entries", "{entries}".to_owned())]),
        continued: t("sheet-continued"),
        page_of: w.with("sheet-page-of", &[("page", "{page}".to_owned()), ("pages", "{pages}".to_owned())]),
        how_to_object: w
            .with("sheet-how-to-object", &[("phone", "{phone}".to_owned()), ("office", "{office}".to_owned())]),
        checkpoint: w
            .with("sheet-checkpoint", &[("size", "{size}".to_owned()), ("fingerprint", "{fingerprint}".to_owned())]),
        empty: t("list-empty"),
    }
}
