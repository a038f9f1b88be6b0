//! How the papers of awarding bodies look: kept as dated versions, tried on a specimen, set.
//!
//! A theme is set in two steps, as a release is: [`prepare`] looks at the pictures and prints a specimen with them, outside
//! any transaction; [`run`] records the version. A certificate names the version that it was printed by, so that its
//! transcript and its badge go on looking the same.

mod list;
mod picture;
mod set;
mod specimen;

pub use list::{BodyThemes, ThemeLine, list};
pub use picture::{LARGEST_PICTURE, PictureSent};
pub use set::{NewTheme, PreparedTheme, ThemeSet, prepare, run};
pub use specimen::{preview, specimen_of};

use crate::printing::{CertificateFace, Look, Picture, SignedBy};
use crate::{App, Asking, Failure, founding, specification};
use assay_domain::award::{Signatory, ThemePicture};
use assay_domain::id::{PersonId, ThemeId};
use assay_domain::{Actor, Role};
use assay_store::statements::theme as statements;
use assay_store::{Row, StoreFault, Tx};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::io::Read;

/// A version as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    pub id: ThemeId,
    pub awarding_body: String,
    pub printed_as: String,
    pub accent: String,
    pub logo: Option<ThemePicture>,
    pub signatory: Option<Signatory>,
    pub from: Date,
    set_at: String,
    set_by: Option<PersonId>,
}

fn read(row: &Row) -> Result<Theme, StoreFault> {
    let logo = match row.optional_text("logo")? {
        Some(sha256) => Some(ThemePicture {
            sha256,
            media: row.optional_text("logo_media")?.unwrap_or_default(),
            described: row.optional_text("logo_described")?.unwrap_or_default(),
        }),
        None => None,
    };
    Ok(Theme {
        id: row.parsed("id")?,
        awarding_body: row.text("awarding_body")?,
        printed_as: row.text("printed_as")?,
        accent: row.text("accent")?,
        logo,
        // Blank once erased.
        signatory: row
            .optional_text("signatory")?
            .and_then(|text| serde_json::from_str(&text).ok()),
        from: row.parsed("from_on")?,
        set_at: row.text("set_at")?,
        set_by: row.optional_parsed("set_by")?,
    })
}

/// The version in force for an awarding body, as specifications name it, on a day; none before the first.
///
/// # Errors
/// A fault when the store fails.
pub fn in_force(tx: &mut Tx<'_>, awarding_body: &str, on: Date) -> Result<Option<Theme>, StoreFault> {
    tx.row(
        &statements::FIND_IN_FORCE,
        &[awarding_body.into(), on.to_string().into()],
    )?
    .as_ref()
    .map(read)
    .transpose()
}

fn find(tx: &mut Tx<'_>, id: &ThemeId) -> Result<Option<Theme>, StoreFault> {
    tx.row(&statements::FIND, &[id.as_str().into()])?
        .as_ref()
        .map(read)
        .transpose()
}

impl Theme {
    /// Puts the theme's words on a face.
    pub(super) fn put_on(&self, face: &mut CertificateFace) {
        face.theme = Some(self.id.clone());
        face.awarding_body = self.printed_as.clone();
        face.signatory = self.signatory.as_ref().map(SignedBy::from);
    }
}

/// What a face was, or is to be, printed with. A face without a theme, from before the first, looks as the program does.
///
/// # Errors
/// A fault when a picture is missing or the store fails.
pub fn look_of(app: &App, tx: &mut Tx<'_>, theme: Option<&ThemeId>) -> Result<Look, Failure> {
    let found = match theme {
        Some(id) => find(tx, id)?,
        None => None,
    };
    found.map_or_else(|| Ok(Look::default()), |theme| theme_look(app, &theme))
}

fn theme_look(app: &App, theme: &Theme) -> Result<Look, Failure> {
    let signature = theme
        .signatory
        .as_ref()
        .and_then(|signatory| signatory.signature.as_ref());
    Ok(Look {
        accent: Some(theme.accent.clone()),
        logo: theme.logo.as_ref().map(|logo| load(app, logo)).transpose()?,
        signature: signature.map(|picture| load(app, picture)).transpose()?,
    })
}

fn load(app: &App, picture: &ThemePicture) -> Result<Picture, Failure> {
    let mut file = app
        .store()
        .files()
        .read(&picture.sha256)?
        .ok_or_else(|| Failure::Fault(format!("the picture {} of a theme is missing", picture.sha256)))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(StoreFault::from)?;
    Ok(Picture {
        bytes,
        media: picture.media.clone(),
        described: picture.described.clone(),
    })
}

/// The awarding bodies of this installation and of its specifications.
fn awarding_bodies(app: &App, tx: &mut Tx<'_>) -> Result<BTreeSet<String>, Failure> {
    let mut bodies = BTreeSet::new();
    for row in specification::list(tx)? {
        bodies.insert(app.specification(tx, &row.id)?.document.awarding_body.clone());
    }
    if bodies.is_empty()
        && let Some(installation) = founding::read_installation(tx)?
    {
        bodies.insert(installation.awarding_body);
    }
    Ok(bodies)
}

fn quality_manager<'a>(asking: &'a Asking<'_, '_>) -> Result<&'a Actor, Failure> {
    let actor = asking.actor()?;
    if actor.is(Role::QualityManager) {
        Ok(actor)
    } else {
        Err(Failure::NotFound)
    }
}
