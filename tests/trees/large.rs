//! A large disk.
