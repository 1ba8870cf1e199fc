//! The public list: the page, the JSON, the CSV and the paper read the same rows.

pub mod list;

use linli_domain::commitments::view::{Standing, Totals};
use linli_domain::id::CommunityId;
use linli_domain::matters::Stage;
use linli_store::{Stop, Tx, matters};

/// How a matter with a number stands on the list.
pub(crate) fn standing(stage: Stage) -> Standing {
    match stage {
        Stage::Received | Stage::Listed | Stage::Declined => Standing::Listed,
        Stage::Working => Standing::Working,
        Stage::Awaiting => Standing::Awaiting,
        Stage::Disputed => Standing::Disputed,
        Stage::Confirmed => Standing::Confirmed,
        Stage::NoAnswer => Standing::NoAnswer,
        Stage::Merged => Standing::Merged,
    }
}

/// The totals of a community's list: every number is accounted for.
pub(crate) async fn totals(tx: &Tx, tenant: CommunityId) -> Result<Totals, Stop> {
    let mut totals = Totals::default();
    for (stage, count) in matters::count_on_the_list(tx, tenant).await? {
        match stage {
            Stage::Listed | Stage::Working | Stage::Awaiting | Stage::Disputed => totals.open += count,
            Stage::Confirmed => totals.confirmed += count,
            Stage::NoAnswer => totals.no_answer += count,
            // Not on the list, or counted below.
            Stage::Received | Stage::Declined | Stage::Merged => {}
        }
    }
    let merged = matters::count_merged_numbers(tx, tenant).await?;
    totals.merged = merged.into_iter().map(|(count,)| count).sum();
    totals.listed = totals.open + totals.confirmed + totals.no_answer + totals.merged;
    Ok(totals)
}
