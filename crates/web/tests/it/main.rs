//! The web side over HTTP, in process: pages, JSON, bad input, and who may what.

mod api;
mod client;
mod exports;
mod forms;
mod hostile;
mod matrix;
mod snapshots;
mod uploads;
