//! Mail accounts as Apple's systems store them, for the detectors of macOS and iOS.

pub mod candidate;
pub mod copy;
pub mod links;
pub mod outgoing;
pub mod rows;
mod select;
mod services;
pub mod settings;
pub mod store;
pub mod values;

/// Accounts in one store; a Mac has some dozens.
pub const MAX_ACCOUNTS: usize = crate::model::limits::RECORDS.count();
