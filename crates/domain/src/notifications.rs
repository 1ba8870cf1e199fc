//! Notifications (通知): messages to staff and volunteers, shown on their own page.

use serde::Serialize;
use utoipa::ToSchema;

use crate::audit::Kind;
use crate::id::{MatterId, MessageId, TaskId};
use crate::time::Timestamp;

/// A message as `/tasks` and `/desk` show it: what it is about, never anybody's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MessageView {
    /// The message.
    pub id: MessageId,
    /// What happened.
    pub kind: Kind,
    /// The matter it is about.
    pub matter: MatterId,
    /// The task it is about, if it is about one.
    pub task: Option<TaskId>,
    /// When it happened.
    pub at: Timestamp,
}
