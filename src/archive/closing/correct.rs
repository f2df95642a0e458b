//! Corrections of journals whose paper copy goes round already.

/// To come.
#[derive(Debug)]
pub struct Correction;
/// To come.
#[derive(Debug)]
pub struct CorrectionOrder;
