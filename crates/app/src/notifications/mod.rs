//! Messages to staff and volunteers: what they are about, never anybody's words.

use linli_domain::audit::Kind;
use linli_domain::id::TaskId;
use linli_domain::notifications::MessageView;
use linli_store::{Stop, notifications};

use crate::command::Cx;

/// Stands for all volunteers of a community.
pub(crate) const VOLUNTEERS: i64 = 0;
/// Stands for a community's desk.
pub(crate) const DESK: i64 = -1;

/// The newest messages to a person, to [`VOLUNTEERS`] or to the [`DESK`].
pub(crate) async fn newest(cx: &Cx<'_>, person: i64, most: i64) -> Result<Vec<MessageView>, Stop> {
    let rows = notifications::newest(cx.tx, cx.community.id, person, most).await?;
    let of_task = |kind: Kind, subject: i64| {
        let is = matches!(kind, Kind::TaskOffered | Kind::TaskAssigned | Kind::TaskReturned);
        is.then(|| TaskId::new(subject))
    };
    let view = |(id, kind, matter, subject, at)| MessageView { id, kind, matter, task: of_task(kind, subject), at };
    Ok(rows.into_iter().map(view).collect())
}
