//! Accounts, sign-in and sessions.

pub mod add;
pub mod hashing;
pub mod session;
pub mod sign_in;
