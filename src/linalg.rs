//! The only door to faer.
