//! The use cases of Linli: one command, one transaction, one permission check.
//!
//! Invariants: [`execute`] alone opens a write transaction; a command cannot compile without a permission, and cannot
//! answer without an audit event; whatever is slow (pictures, password hashes, files) is done in `prepare`, before the
//! transaction.

pub mod attachments;
pub mod audit;
pub mod clock;
pub mod command;
pub mod commitments;
pub mod execute;
pub mod idempotency;
pub mod ids;
pub mod matters;
pub mod notifications;
pub mod outbox;
pub mod people;
pub mod places;
pub mod sealing;
pub mod statistics;
pub mod tasks;
pub mod voices;

pub use command::{Caller, Command, Cx, Denied, Place, Query, Recorded, Request};
pub use execute::{App, Parts};
pub use linli_store::Fault;
