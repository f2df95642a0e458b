//! What a medium keeps to.
