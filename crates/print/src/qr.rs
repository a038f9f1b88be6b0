//! The QR code of the check page.

use crate::fault::PrintFault;
use fast_qr::convert::{Builder, Shape, svg::SvgBuilder};
use fast_qr::{ECL, QRBuilder};

/// Draws an address as a QR code in SVG, with a quarter of it restorable (level Q), so that a stamp or a fold does no harm.
///
/// # Errors
/// - the address does not begin with `https://` or `http://`
/// - the address is too long for a QR code
pub(crate) fn svg(url: &str) -> Result<String, PrintFault> {
    let refused = |because: &str| PrintFault::NotAsRequired {
        field: "check.url".to_owned(),
        because: because.to_owned(),
    };
    if !(url.starts_with("https://") || url.starts_with("http://")) {
        return Err(refused(
            "the address of the check page must begin with https:// or http://",
        ));
    }
    let code = QRBuilder::new(url)
        .ecl(ECL::Q)
        .build()
        .map_err(|_| refused("the address of the check page is too long for a QR code"))?;
    Ok(SvgBuilder::default().margin(0).shape(Shape::Square).to_str(&code))
}
