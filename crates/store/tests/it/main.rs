//! The store on both real engines.

mod durable;
mod lane;
mod schema;
mod statements;
