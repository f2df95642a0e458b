//! x
/// x
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// x
    pub name: String,
    /// x
    pub bytes: Vec<u8>,
}
/// x
#[derive(Debug, Clone)]
pub struct Import {
    /// x
    pub journal: crate::journal::Journal,
    /// x
    pub sources: Vec<SourceFile>,
}
