//! Bytes of foreign formats → values.

pub mod accountrc;
pub mod autoconfig;
pub mod encodings;
pub mod ini;
pub mod msmtprc;
pub mod prefs_js;
pub mod plist;
pub mod profile_xml;
pub mod secrets;
pub mod xml;
