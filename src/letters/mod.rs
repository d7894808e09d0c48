//! Letters: for each person whose accounts need something one sheet to hand out, and an index of them for mail merge.
//!
//! A letter belongs to the owner of the data, a computer's user, and never to an address: anybody can write anybody's address
//! into settings, and would put a server of his own into that person's letter.

mod addresses;
mod files;
mod index;
mod page;
mod person;
mod reported;
mod stored;

pub use index::{COLUMNS, INDEX, SHARED, SHARED_COLUMNS};
pub use person::{Manner, People};
pub use reported::of_report;
pub use stored::of_fleet;
