//! What a file is, by its first bytes. Extensions lie: «.xls» is often an HTML table.

/// What the first bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Looks {
    /// Anything else: JSON, or something the JSON reader will describe.
    Json,
    /// OLE2 compound file: Excel 97 `.xls`.
    Ole2,
    /// A zip: `.xlsx`, `.ods`, or an archive.
    Zip,
    /// HTML or XML.
    Html,
}

/// Tells what a file is.
pub(super) fn sniff(bytes: &[u8]) -> Looks {
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Looks::Ole2;
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Looks::Zip;
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match text.trim_ascii_start().first() {
        Some(b'<') => Looks::Html,
        _ => Looks::Json,
    }
}

impl Looks {
    /// Why such a file is refused where an interchange file would be read.
    pub fn refusal(self) -> Option<&'static str> {
        match self {
            Looks::Json => None,
            Looks::Ole2 => Some(
                "is an Excel 97 workbook (as ЭлЖур exports); this source is not read yet: \
                 make an interchange file of it",
            ),
            Looks::Zip => Some(
                "is a zip or an Excel workbook; this source is not read yet: \
                 unpack it, or make an interchange file of it",
            ),
            Looks::Html => Some(
                "is an HTML page (as «Сетевой город» exports, also under .xls); \
                 this source is not read yet: make an interchange file of it",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_by_content() {
        for (bytes, looks) in [
            (&b"\xd0\xcf\x11\xe0\xa1\xb1"[..], Looks::Ole2),
            (b"PK\x03\x04rest", Looks::Zip),
            (b"\xef\xbb\xbf \r\n<html>", Looks::Html),
            (b"<div>", Looks::Html),
            (b"{\"format\": 1}", Looks::Json),
            (b"", Looks::Json),
            (b"P", Looks::Json),
        ] {
            assert_eq!(sniff(bytes), looks, "{bytes:?}");
        }
    }
}
