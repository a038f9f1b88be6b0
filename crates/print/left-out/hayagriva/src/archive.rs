//! Printed styles that would come with the program. The one that typst takes when none is named has a name here and nothing behind it.

use crate::citationberg::{IndependentStyle, Locale, Style};

/// A style by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ArchivedStyle {
    InstituteOfElectricalAndElectronicsEngineers,
}

impl ArchivedStyle {
    pub fn all() -> &'static [ArchivedStyle] {
        &[ArchivedStyle::InstituteOfElectricalAndElectronicsEngineers]
    }

    pub fn by_name(name: &str) -> Option<ArchivedStyle> {
        ArchivedStyle::all()
            .iter()
            .find(|style| style.names().contains(&name))
            .copied()
    }

    pub fn names(&self) -> &'static [&'static str] {
        &["ieee"]
    }

    pub fn display_name(&self) -> &'static str {
        "IEEE"
    }

    pub fn get(&self) -> Style {
        Style::Independent(IndependentStyle::default())
    }
}

/// Words of languages: none.
pub fn locales() -> Vec<Locale> {
    Vec::new()
}
