//! Accounts, sign-in and sessions.

pub mod account;
pub mod add;
pub mod hashing;
pub mod invite;
pub mod keep;
pub mod second;
pub mod session;
pub mod sign_in;
