//! Tasks, on the phone of whoever does them.

pub mod page;
