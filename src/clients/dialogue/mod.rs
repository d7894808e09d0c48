//! The check of a client by questions: the questions as data, what several clients ask alike, and the dialogue for any client
//! whose screens are not known.

pub mod any;
pub mod question;
pub(super) mod words;
