//! Start and exit code.

fn main() {}
