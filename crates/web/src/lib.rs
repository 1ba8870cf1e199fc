//! Pages for people and JSON for programs.
//!
//! Invariants: no sentence that a person reads stands in Rust or in a template, all of them are in `locales/`; every
//! route is in one table (`routes/table.rs`); nothing here opens a transaction or knows a rule.

pub mod audit;
mod brake;
pub mod commitments;
mod face;
pub mod look;
pub mod matters;
mod observe;
pub mod people;
pub mod places;
mod problem;
pub mod routes;
mod sent;
mod state;
pub mod statistics;
pub mod tasks;
mod visit;
pub mod voices;

pub use routes::{Row, Side, openapi_json, router, rows};
pub use state::{RenderMetrics, Web, WebSettings};
