//! The versions of how papers look, as pages and programs see them.

use super::{awarding_bodies, in_force, quality_manager, read};
use crate::award::case::name_of;
use crate::printing::SignedBy;
use crate::{Asking, Failure};
use assay_domain::id::ThemeId;
use assay_store::statements::theme as statements;
use jiff::civil::Date;

/// A version, as pages and programs see it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct ThemeLine {
    pub theme: ThemeId,
    pub printed_as: String,
    /// `#rrggbb`.
    pub accent: String,
    /// What the logo shows; none without one.
    pub logo: Option<String>,
    pub signatory: Option<SignedBy>,
    /// Whether there is a picture of the signature.
    pub signature: bool,
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    pub set_at: String,
    pub set_by: String,
    /// Whether papers are printed with it today.
    pub in_force: bool,
}

/// How the papers of one awarding body look.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct BodyThemes {
    /// As specifications name it.
    pub awarding_body: String,
    /// Every version, the one that begins last first. None yet: papers look as the program draws them.
    pub versions: Vec<ThemeLine>,
}

impl BodyThemes {
    /// The version that papers are printed with today.
    pub fn current(&self) -> Option<&ThemeLine> {
        self.versions.iter().find(|version| version.in_force)
    }
}

/// How the papers of each awarding body look.
///
/// # Errors
/// `SignInNeeded`; `NotFound` unless the caller is a quality manager.
pub fn list(asking: &mut Asking<'_, '_>) -> Result<Vec<BodyThemes>, Failure> {
    quality_manager(asking)?;
    let today = asking.today();
    let mut themes = Vec::new();
    for awarding_body in awarding_bodies(asking.app, asking.tx)? {
        let current = in_force(asking.tx, &awarding_body, today)?.map(|theme| theme.id);
        let mut versions = Vec::new();
        for row in asking
            .tx
            .rows(&statements::LIST, &[awarding_body.as_str().into()])?
        {
            let theme = read(&row)?;
            versions.push(ThemeLine {
                in_force: current.as_ref() == Some(&theme.id),
                theme: theme.id,
                printed_as: theme.printed_as,
                accent: theme.accent,
                logo: theme.logo.map(|logo| logo.described),
                signature: theme
                    .signatory
                    .as_ref()
                    .is_some_and(|signatory| signatory.signature.is_some()),
                signatory: theme.signatory.as_ref().map(SignedBy::from),
                from: theme.from,
                set_at: theme.set_at,
                set_by: name_of(asking.tx, theme.set_by.as_ref())?,
            });
        }
        themes.push(BodyThemes {
            awarding_body,
            versions,
        });
    }
    Ok(themes)
}
