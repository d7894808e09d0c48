//! What lies outside the program: files, folders, registries and databases of users, and which users there are.

pub mod android_backup;
mod asked;
mod below;
pub mod budget;
pub mod computer;
pub mod database;
mod disk;
pub mod errand;
mod exports;
pub mod files;
mod handle;
pub mod hash;
pub mod here;
pub mod hive;
mod homes;
mod known_folders;
mod loose;
mod machine;
mod met;
mod names;
mod folder;
pub mod opened;
pub mod pending;
mod people;
pub mod problem;
pub mod prunings;
pub mod recognise;
pub mod regfile;
pub mod registry;
pub mod rules;
mod spots;
pub mod store;
mod strange;
pub mod system;
pub(crate) mod trust;
mod user;
#[cfg(windows)]
mod live;
#[cfg(windows)]
mod profile;
#[cfg(windows)]
pub(crate) mod win;
pub mod users;
pub mod visit;
pub mod walk;

pub use asked::{Ask, Base, EXPORT_NAME, ORIGIN, OWN, PLACE_OF_HOME, PLACE_OF_USER, Spot, name_of_drives};
pub(crate) use names::{as_text, is_reserved};
pub use problem::Problem;
pub use rules::{Content, FileRule, KeyRule};
pub use spots::{APART, FORMER};
pub use user::{Given, User};
