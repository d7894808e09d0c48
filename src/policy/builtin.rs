//! The policies that are part of the program: few, each with a primary and dated source that was read.

/// Name of the file, and its text.
pub const BUILT_IN: [(&str, &str); 1] =
    [("microsoft-365.toml", include_str!("../../policies/microsoft-365.toml"))];
