//! What tests stand on: a PostgreSQL cluster of their own, and a community on either engine.
//!
//! Invariant: nothing outside a temporary folder is touched, no service that is already running is used, and what is
//! missing fails the test in a sentence.

#![expect(clippy::missing_panics_doc, reason = "what is missing fails the test that asked for it")]

pub mod cluster;
pub mod hashes;
pub mod random;
pub mod tamper;
mod world;

pub use world::{Engine, Member, PASSWORD, SECRET, World};

/// Makes two tests of one case, `NAME::sqlite` and `NAME::postgres`.
///
/// `both_engines! { async fn name(world) { … } }`.
#[macro_export]
macro_rules! both_engines {
    ($($(#[$doc:meta])* async fn $name:ident($world:ident) $body:block)*) => {$(
        $(#[$doc])*
        mod $name {
            #[allow(unused_imports, clippy::allow_attributes, reason = "a case may need nothing of its file")]
            use super::*;
            async fn case($world: $crate::World) $body
            #[tokio::test]
            async fn sqlite() {
                case($crate::World::new($crate::Engine::Sqlite).await).await;
            }
            #[tokio::test]
            async fn postgres() {
                case($crate::World::new($crate::Engine::Postgres).await).await;
            }
        }
    )*};
}
