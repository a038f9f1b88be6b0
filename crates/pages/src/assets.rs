//! Styles, scripts and drawings that travel inside the program, each under an address that carries its digest.
//!
//! An asset may be cached for ever: when its bytes change, its address changes with them. Scripts may import each
//! other as `"./other.js"`; the address is replaced by the hashed one when the program starts.
//!
//! The strict content policy (`default-src 'self'`) holds everywhere, so nothing is written into a page that a
//! browser would have to run or style from the page itself: no `<script>` text, no `style` attribute.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

/// One file that the program serves under `/assets/`.
#[derive(Debug, Clone)]
pub struct Asset {
    /// The name that templates use, e.g. `app.css`.
    pub name: &'static str,
    /// The path under which it is served, e.g. `/assets/app.1f2e3d4c5b6a7988.css`.
    pub path: String,
    /// The media type to answer with, including the charset for text.
    pub media_type: &'static str,
    /// The bytes to answer with.
    pub bytes: Vec<u8>,
    /// The first 16 hexadecimal digits of the SHA-256 of [`bytes`](Self::bytes).
    pub hash: String,
}

/// Every asset of the program. Serve each at its [`Asset::path`] with
/// `Cache-Control: public, max-age=31536000, immutable`.
pub static ALL: LazyLock<Vec<Asset>> = LazyLock::new(load);

/// The address of an asset, for templates: `asset_url("app.css")` gives `/assets/app.<hash>.css`.
///
/// A name that is not in [`ALL`] gives `/assets/<name>`, which answers "not found"; a test reads every template for
/// such names.
pub fn asset_url(name: &str) -> String {
    match ALL.iter().find(|asset| asset.name == name) {
        Some(asset) => asset.path.clone(),
        None => format!("/assets/{name}"),
    }
}

/// Finds an asset by the path of a request.
pub fn find_asset(path: &str) -> Option<&'static Asset> {
    ALL.iter().find(|asset| asset.path == path)
}

const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

/// The one stylesheet, in the order in which later rules refine earlier ones.
const STYLES: &[&str] = &[
    include_str!("styles/tokens.css"),
    include_str!("styles/base.css"),
    include_str!("styles/shell.css"),
    include_str!("styles/form.css"),
    include_str!("styles/components.css"),
    include_str!("styles/table.css"),
    include_str!("styles/drawing.css"),
    include_str!("styles/evidence.css"),
    include_str!("styles/public.css"),
    include_str!("styles/desk.css"),
    include_str!("styles/judgement.css"),
    include_str!("styles/review.css"),
    include_str!("styles/print.css"),
];

/// Scripts in the order of their dependencies: a script may import only from those above it.
const SCRIPTS: &[(&str, &str)] = &[
    ("page.js", include_str!("scripts/page.js")),
    ("wordcount.js", include_str!("scripts/wordcount.js")),
    ("autosave.js", include_str!("scripts/autosave.js")),
    ("upload.js", include_str!("scripts/upload.js")),
    ("choose-units.js", include_str!("scripts/choose-units.js")),
    ("passages.js", include_str!("scripts/passages.js")),
    ("desk.js", include_str!("scripts/desk.js")),
    ("review.js", include_str!("scripts/review.js")),
];

fn load() -> Vec<Asset> {
    let mut all = vec![
        asset("mark.svg", SVG, include_bytes!("drawings/mark.svg").to_vec()),
        asset("app.css", CSS, STYLES.concat().into_bytes()),
    ];
    for (name, text) in SCRIPTS {
        let mut text = (*text).to_owned();
        for earlier in &all {
            text = text.replace(
                &format!("\"./{}\"", earlier.name),
                &format!("\"{}\"", earlier.path),
            );
        }
        all.push(asset(name, JS, text.into_bytes()));
    }
    all
}

fn asset(name: &'static str, media_type: &'static str, bytes: Vec<u8>) -> Asset {
    let mut hash = hex::encode(Sha256::digest(&bytes));
    hash.truncate(16);
    let path = match name.rsplit_once('.') {
        Some((stem, ending)) => format!("/assets/{stem}.{hash}.{ending}"),
        None => format!("/assets/{name}.{hash}"),
    };
    Asset {
        name,
        path,
        media_type,
        bytes,
        hash,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_carries_the_digest_of_the_bytes() {
        let css = ALL.iter().find(|asset| asset.name == "app.css").unwrap();
        assert_eq!(css.path, format!("/assets/app.{}.css", css.hash));
        assert_eq!(asset_url("app.css"), css.path);
        assert_eq!(find_asset(&css.path).map(|found| found.name), Some("app.css"));
    }

    #[test]
    fn scripts_import_each_other_by_their_hashed_addresses() {
        for asset in ALL.iter().filter(|asset| asset.media_type == JS) {
            let text = String::from_utf8(asset.bytes.clone()).unwrap();
            assert!(
                !text.contains("from \"./"),
                "{} imports an address without digest",
                asset.name
            );
        }
    }

    /// Reads the custom properties of one block of the tokens.
    fn tokens(block_start: &str) -> Vec<(String, String)> {
        let css = STYLES[0];
        let from = css.find(block_start).unwrap() + block_start.len();
        css[from..]
            .lines()
            .take_while(|line| !line.trim().starts_with('}'))
            .filter_map(|line| line.trim().strip_prefix("--"))
            .filter_map(|line| line.trim_end_matches(';').split_once(": "))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }

    #[test]
    fn the_chosen_dark_theme_is_the_one_of_the_system_setting() {
        let system = tokens(":root:not([data-theme=\"light\"]) {");
        assert!(system.len() > 20);
        assert_eq!(system, tokens(":root[data-theme=\"dark\"] {"));
    }

    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    #[test]
    fn both_themes_keep_the_contrast_of_wcag_2_2_aa() {
        // Text needs 4.5 : 1 (success criterion 1.4.3), edges of controls and parts of drawings 3 : 1 (1.4.11).
        let text = [
            (
                "ink",
                &[
                    "ground",
                    "paper",
                    "sunken",
                    "mark",
                    "mark-strong",
                    "accent-soft",
                    "caution-soft",
                    "bad-soft",
                ][..],
            ),
            (
                "ink-2",
                &["ground", "paper", "sunken", "quiet-soft", "accent-soft"],
            ),
            ("ink-3", &["ground", "paper", "sunken"]),
            ("accent", &["ground", "paper", "accent-soft", "sunken"]),
            ("accent-strong", &["ground", "paper", "accent-soft"]),
            ("good", &["paper", "good-soft"]),
            ("caution", &["paper", "caution-soft"]),
            ("bad", &["paper", "bad-soft", "ground"]),
            ("on-accent", &["accent", "accent-strong"]),
            ("on-bad", &["bad"]),
        ];
        let edges = [
            ("edge", &["paper", "ground"][..]),
            ("focus", &["paper", "ground", "sunken"]),
            ("fill", &["paper", "track"]),
        ];
        for theme in [":root {\n  color-scheme: light;", ":root[data-theme=\"dark\"] {"] {
            let tokens = tokens(theme);
            let colour = |name: &str| {
                tokens
                    .iter()
                    .find(|(known, _)| known == name)
                    .map(|(_, value)| value.clone())
                    .unwrap()
            };
            let mut low = Vec::new();
            for (pairs, least) in [(&text[..], 4.5), (&edges[..], 3.0)] {
                for (front, backs) in pairs {
                    for back in *backs {
                        let (a, b) = (luminance(&colour(front)), luminance(&colour(back)));
                        let ratio = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                        if ratio < least {
                            low.push(format!("{front} on {back}: {ratio:.2}, needs {least}"));
                        }
                    }
                }
            }
            assert!(low.is_empty(), "{theme}: {low:#?}");
        }
    }
}
