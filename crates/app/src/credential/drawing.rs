//! The picture of a credential, with the credential in it. As SVG it says what was achieved; as PNG it is the seal alone.

use assay_certify::credential::{OpenBadge, bake_png, svg_element};
use std::fmt::Write;

/// The seal as PNG: the drawing below without its words.
const SEAL: &[u8] = include_bytes!("seal.png");
/// How many letters stand on a line of the title, and on how many lines at most.
const ON_A_LINE: usize = 22;
const LINES: usize = 5;

/// The picture as SVG: the seal with title, awarding body, level and credits, and the credential in it.
pub fn svg(badge: &OpenBadge, credential: &str) -> String {
    let title = escaped(&badge.achievement.name);
    let lines = wrapped(&badge.achievement.name);
    // So that the name stays within the seal.
    let size = (620 / badge.issuer.name.chars().count().max(1)).clamp(8, 18);
    let mut drawing = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 512 512\" role=\"img\" aria-labelledby=\"title\">\n\
         {}\n<title id=\"title\">{title}</title>\n\
         <path fill=\"#0b5563\" d=\"M162 24h188l138 138v188L350 488H162L24 350V162z\"/>\n\
         <path fill=\"none\" stroke=\"#8fd3dd\" stroke-width=\"6\" d=\"M169 42h174l127 127v174L343 470H169L42 343V169z\"/>\n\
         <g fill=\"#ffffff\" font-family=\"sans-serif\" text-anchor=\"middle\">\n\
         <text x=\"256\" y=\"150\" font-size=\"{size}\">{}</text>\n",
        svg_element(credential),
        escaped(&badge.issuer.name),
    );
    let first = 262_usize.saturating_sub(lines.len().saturating_sub(1) * 19);
    for (at, line) in lines.iter().enumerate() {
        let y = first + at * 38;
        // Writing into a text cannot fail.
        let _ = writeln!(
            drawing,
            "<text x=\"256\" y=\"{y}\" font-size=\"30\" font-weight=\"bold\">{}</text>",
            escaped(line)
        );
    }
    let _ = writeln!(
        drawing,
        "<text x=\"256\" y=\"416\" font-size=\"22\">{} credits</text>\n</g>\n</svg>",
        badge.credits
    );
    drawing
}

/// The seal as PNG with the credential in it; none when that cannot be written, which is a fault of the program.
pub fn png(credential: &str) -> Option<Vec<u8>> {
    bake_png(SEAL, credential)
}

/// The title on a few lines; what does not fit ends in three dots.
fn wrapped(title: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in title.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= ON_A_LINE => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.chars().take(ON_A_LINE).collect()),
        }
    }
    if lines.len() > LINES {
        lines.truncate(LINES);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
    }
    lines
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
