//! The policies that are part of the program: few, each with a primary and dated source that was read.

/// Name of the file, and its text.
pub const BUILT_IN: [(&str, &str); 3] = [
    ("google.toml", include_str!("../../policies/google.toml")),
    ("microsoft-365.toml", include_str!("../../policies/microsoft-365.toml")),
    ("outlook-com.toml", include_str!("../../policies/outlook-com.toml")),
];

/// True for the id of one of them: it is the name of its file.
pub fn is_built_in(id: &str) -> bool {
    BUILT_IN.iter().any(|(file, _)| file.strip_suffix(".toml") == Some(id))
}
