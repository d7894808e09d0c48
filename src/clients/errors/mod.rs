//! What mail programs themselves say when mail isn't sent or received: their error numbers and alerts.

mod apple;
mod mozilla;
pub mod next;
mod outlook;
mod vague;

use crate::model::Refusal;

/// By program.
pub const ERRORS: &[&[Refusal]] = &[outlook::OUTLOOK, mozilla::MOZILLA, apple::APPLE, vague::VAGUE];
