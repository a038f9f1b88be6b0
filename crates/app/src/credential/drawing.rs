//! The picture of a credential, with the credential in it, in the awarding body's colour. As SVG it says what was achieved, under
//! the awarding body's logo where it has one; as PNG it is the seal alone.

use crate::printing::Look;
use assay_certify::credential::{OpenBadge, bake_png, repaint_png, svg_element};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fmt::Write;

/// The seal as PNG: the drawing below without its words. A colour of its palette does not stand for itself: its red is the share
/// of the lines' colour and its green the share of white, of 255; the rest is the ground's colour.
const SEAL: &[u8] = include_bytes!("seal.png");
/// How many letters stand on a line of the title, and on how many lines at most.
const ON_A_LINE: usize = 22;
const LINES: usize = 5;

/// The colours of the seal: the ground, and the lines on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Colours {
    ground: [u8; 3],
    lines: [u8; 3],
}

impl Colours {
    /// As the program draws it where no theme says otherwise.
    const HOUSE: Colours = Colours {
        ground: [0x0b, 0x55, 0x63],
        lines: [0x8f, 0xd3, 0xdd],
    };

    fn of(look: &Look) -> Colours {
        let read = |accent: &str| {
            let mut ground = [0; 3];
            hex::decode_to_slice(accent.strip_prefix('#')?, &mut ground).ok()?;
            let lines = ground.map(|part| mixed(part, 255, 140));
            Some(Colours { ground, lines })
        };
        look.accent.as_deref().and_then(read).unwrap_or(Colours::HOUSE)
    }

    fn shown(colour: [u8; 3]) -> String {
        format!("#{}", hex::encode(colour))
    }
}

/// One part of a colour with `share` of 255 of another's.
fn mixed(part: u8, other: u8, share: u8) -> u8 {
    let (part, other, share) = (u32::from(part), u32::from(other), u32::from(share));
    u8::try_from((part * (255 - share) + other * share + 127) / 255).unwrap_or(u8::MAX)
}

/// The picture as SVG: the seal with title, awarding body, level and credits, and the credential in it.
pub fn svg(badge: &OpenBadge, credential: &str, look: &Look) -> String {
    let title = escaped(&badge.achievement.name);
    let lines = wrapped(&badge.achievement.name);
    // So that the name stays within the seal.
    let size = (620 / badge.issuer.name.chars().count().max(1)).clamp(8, 18);
    let colours = Colours::of(look);
    let (ground, line) = (Colours::shown(colours.ground), Colours::shown(colours.lines));
    // In a white field, because it was drawn for paper.
    let logo = look.logo.as_ref().map_or_else(String::new, |logo| {
        format!(
            "<rect fill=\"#ffffff\" x=\"186\" y=\"54\" width=\"140\" height=\"66\" rx=\"8\"/>\n\
             <image x=\"192\" y=\"58\" width=\"128\" height=\"58\" href=\"data:{};base64,{}\"><title>{}</title></image>\n",
            logo.media,
            STANDARD.encode(&logo.bytes),
            escaped(&logo.described)
        )
    });
    let mut drawing = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 512 512\" role=\"img\" aria-labelledby=\"title\">\n\
         {}\n<title id=\"title\">{title}</title>\n\
         <path fill=\"{ground}\" d=\"M162 24h188l138 138v188L350 488H162L24 350V162z\"/>\n\
         <path fill=\"none\" stroke=\"{line}\" stroke-width=\"6\" d=\"M169 42h174l127 127v174L343 470H169L42 343V169z\"/>\n\
         {logo}<g fill=\"#ffffff\" font-family=\"sans-serif\" text-anchor=\"middle\">\n\
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
pub fn png(credential: &str, look: &Look) -> Option<Vec<u8>> {
    let colours = Colours::of(look);
    let paint = |[lines, white, _]: [u8; 3]| {
        let mut painted = colours.ground;
        for (part, line) in painted.iter_mut().zip(colours.lines) {
            // Two shares of one whole: the share of white of what the lines leave.
            let rest = 255 - u32::from(lines).min(254);
            let share = u8::try_from((u32::from(white) * 255 / rest).min(255)).unwrap_or(u8::MAX);
            *part = mixed(mixed(*part, 255, share), line, lines);
        }
        painted
    };
    bake_png(&repaint_png(SEAL, paint)?, credential)
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
