//! Bytes of foreign formats → values.

/// Bytes of a text file → text.
pub mod encodings;
pub mod secrets;
