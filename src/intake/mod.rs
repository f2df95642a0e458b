//! x
/// x
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// x
    pub name: String,
    /// x
    pub bytes: Vec<u8>,
}
