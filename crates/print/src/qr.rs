//! QR codes for leaflets and forms.

use fast_qr::convert::svg::SvgBuilder;
use fast_qr::convert::{Builder, Shape};
use fast_qr::{ECL, QRBuilder};

use crate::PrintFault;

/// A QR code of `text` as an SVG picture, black on white, with the four modules of quiet zone that scanners ask for.
///
/// Medium correction (15 %): a crease or a drop of rain on a notice board does not make it unreadable.
/// Fails with [`PrintFault::CodeTooLong`] when the text is longer than the largest code (about 2,300 bytes).
pub fn qr_svg(text: &str) -> Result<String, PrintFault> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().map_err(|_| PrintFault::CodeTooLong)?;
    Ok(SvgBuilder::default().shape(Shape::Square).margin(4).to_str(&code))
}
