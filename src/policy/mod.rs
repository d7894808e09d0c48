//! What providers want, and until when: claims, settings in order of preference, days. Facts alone; `classify` judges by them.

mod claim;
mod day;
mod setting;

pub use claim::{Claim, Claimant, HostPattern, MOST_STARS, Pattern, Side, domain_of};
pub use day::{Until, day, iso};
pub use setting::{
    Instead, Method, Origin, Policies, Policy, SUBMISSION, SUBMISSIONS, Setting, Tls, UserName,
};
