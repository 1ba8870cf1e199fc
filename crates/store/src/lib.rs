//! The only SQL of Linli: one text per statement, two engines.
//!
//! Invariants: the use cases see one concrete [`Tx`] and never an engine; every statement is fixed text, declared with
//! its Rust signature, and prepared on both engines by one test; what was acknowledged is on the disk.

pub mod attachments;
pub mod audit;
pub mod check;
pub mod commitments;
pub mod fault;
pub mod forgettings;
pub mod idempotency;
mod lane;
pub mod matters;
pub mod migrations;
pub mod notifications;
pub mod outbox;
pub mod outside;
pub mod people;
pub mod places;
mod port;
pub mod reveals;
mod store;
pub mod tasks;
mod tls;
mod tx;
pub mod voices;

pub use fault::{Fault, Stop};
pub use port::{Statement, ValueKind};
pub use store::{Location, Settings, Store, Work};
pub use tx::Tx;

/// Every statement of every feature, for the test that prepares them all on both engines.
pub fn statements() -> Vec<&'static Statement> {
    [
        attachments::ALL,
        audit::ALL,
        commitments::ALL,
        forgettings::ALL,
        idempotency::ALL,
        matters::ALL,
        notifications::ALL,
        outbox::ALL,
        outside::ALL,
        people::ALL,
        places::ALL,
        reveals::ALL,
        tasks::ALL,
        voices::ALL,
    ]
    .into_iter()
    .flatten()
    .collect()
}
