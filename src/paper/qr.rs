//! QR codes, drawn as fills.

use super::{Frame, Ink, Length, PaperError, Place, Point, Side};
use crate::digest::Digest;
use crate::register::{ArchiveId, CopyNumber};
use qrcodegen::{QrCode, QrCodeEcc};

/// Light modules around a code, on each side (ISO/IEC 18004, 9.1).
const QUIET: i32 = 4;

/// Draws a QR code with medium correction, or higher where that costs no size. `width` is that of the whole
/// square, its quiet zone of four modules included; dark modules beside each other become one fill.
///
/// # Errors
/// [`PaperError::TooLongForQr`].
pub fn draw_qr(
    side: &mut Side,
    at: Point,
    width: Length,
    text: &str,
    place: &Place<'_>,
) -> Result<(), PaperError> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium)
        .map_err(|_| PaperError::TooLongForQr { place: place.to_string(), length: text.len() })?;
    let whole = code.size() + 2 * QUIET;
    // Every edge is rounded by itself, so neighbours meet exactly.
    let edge = |module: i32| width.part(module + QUIET, whole);
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let from = x;
            while x < code.size() && code.get_module(x, y) {
                x += 1;
            }
            if x > from {
                let corner = at.moved(edge(from), edge(y));
                let frame = Frame::new(corner, edge(x) - edge(from), edge(y + 1) - edge(y));
                side.fill(frame, Ink::Black);
            }
            x += 1;
        }
    }
    Ok(())
}

/// What the code on a sheet of a numbered copy says (`docs/formats.md` § 3):
/// `LETOPIS:<archive>/<copy>/<sheet>/<page digest or ->`, in capitals: all of QR's alphanumeric mode.
pub(super) fn sheet_code(
    archive: ArchiveId,
    copy: CopyNumber,
    sheet: u32,
    page: Option<&Digest>,
) -> String {
    let digest = page.map_or("-".to_owned(), Digest::to_string);
    format!("LETOPIS:{archive}/{copy}/{sheet}/{digest}").to_uppercase()
}
