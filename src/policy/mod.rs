//! What providers want, and until when: claims, settings in order of preference, days. Facts alone; `classify` judges by them.

pub mod autoconfig;
mod builtin;
mod claim;
mod day;
pub mod exceptions;
pub mod file;
mod mistake;
mod setting;

pub use builtin::BUILT_IN;
pub use claim::{Claim, Claimant, HostPattern, MOST_STARS, Pattern, Side, domain_of};
pub use day::{Until, day, iso};
pub use mistake::{MOST_MISTAKES, Mistake};
pub use setting::{
    Instead, Method, Origin, Policies, Policy, SUBMISSION, SUBMISSIONS, Setting, Tls, UserName,
};
