//! Tests of the text functions through their public names: one binary.

mod finding;
mod redact;
