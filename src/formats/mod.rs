//! Bytes of foreign formats → values.

pub mod secrets;
