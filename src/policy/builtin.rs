//! The policies that are part of the program: few, each with a primary and dated source that was read.

/// Name of the file, and its text.
pub const BUILT_IN: [(&str, &str); 3] = [
    ("google.toml", include_str!("../../policies/google.toml")),
    ("microsoft-365.toml", include_str!("../../policies/microsoft-365.toml")),
    ("outlook-com.toml", include_str!("../../policies/outlook-com.toml")),
];
