//! The use cases on both engines.

mod answers;
mod desk;
mod flow;
mod forgetting;
mod keys;
mod lapse;
mod log;
mod people;
mod photos;
mod privacy;
mod random;
mod rights;
mod roles;
mod sign_in;
mod tasks;
