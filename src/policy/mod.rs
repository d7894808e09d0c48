//! What providers want, and until when: claims, settings in order of preference, days. Facts alone; `classify` judges by them.

pub mod autoconfig;
mod builtin;
mod claim;
pub mod exceptions;
pub mod file;
mod mistake;
mod setting;

pub use crate::model::{Until, UserName, day, iso};
pub use builtin::{BUILT_IN, is_built_in};
pub use claim::{Claim, Claimant, HostPattern, MOST_STARS, Pattern, Side, domain_of};
pub use mistake::{MOST_MISTAKES, Mistake};
pub use setting::{Instead, Method, Origin, Policies, Policy, SUBMISSION, SUBMISSIONS, Setting, Tls};
