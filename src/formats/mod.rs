//! Bytes of foreign formats → values.

pub mod ber;
pub mod edit;
pub mod encodings;
pub mod facts;
pub mod ini;
pub mod ini_lexer;
pub mod key_file;
pub mod kinds;
pub mod plist;
pub mod secrets;
pub mod shapes;
pub mod signed_data;
pub mod xml;
