//! Writes the sample pages with their assets as static files, to be opened in a browser.
//!
//! `cargo run -p assay-pages --example styleguide -- <folder>`

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use std::fs;
use std::path::Path;

use askama::Template;
use assay_pages::{assets, styleguide};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "styleguide".to_owned());
    let folder = Path::new(&folder);
    fs::create_dir_all(folder.join("assets"))?;
    for asset in assets::ALL.iter() {
        fs::write(folder.join(asset.path.trim_start_matches('/')), &asset.bytes)?;
    }
    let write = |name: &str, html: String| {
        // Opened from a folder, an address must not start at the root.
        fs::write(folder.join(name), html.replace("\"/assets/", "\"assets/"))
    };
    write("styleguide.html", styleguide::StyleguidePage::sample().render()?)?;
    write("public.html", styleguide::PublicSamplePage::sample().render()?)?;
    write("desk.html", assay_pages::desk::DeskPage::sample().render()?)?;
    Ok(())
}
