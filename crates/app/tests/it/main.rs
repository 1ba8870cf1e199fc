//! The use cases on both engines.

mod answers;
mod desk;
mod flow;
mod keys;
mod lapse;
mod log;
mod people;
mod photos;
mod privacy;
mod random;
mod roles;
mod sign_in;
mod tasks;
