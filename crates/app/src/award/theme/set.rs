//! Setting how papers look from a day on.

use super::picture::{LARGEST_PICTURE, PictureSent, choose};
use super::specimen::{print, specimen};
use super::{awarding_bodies, in_force, quality_manager};
use crate::printing::{CertificateFace, Look, SignedBy};
use crate::{Acting, App, Caller, Failure};
use assay_domain::Refusals;
use assay_domain::award::theme as rules;
use assay_domain::award::{SetTheme, Signatory};
use assay_domain::fresh::Counted;
use assay_store::StoreFault;
use jiff::civil::Date;
use std::io::Write;

/// A theme as typed on the page or sent to the API.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTheme {
    /// As specifications name it.
    pub awarding_body: String,
    /// As its papers are to name it: in full, as recognised.
    pub printed_as: String,
    /// `#rrggbb`; readable on white paper.
    pub accent: String,
    /// PNG or JPEG in base64; left out, the logo in force stays; empty, there is none.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub logo: PictureSent,
    /// What the logo shows, for readers who do not see it.
    #[serde(default)]
    pub logo_described: String,
    /// Who signs; empty for an empty line.
    #[serde(default)]
    pub signatory_name: String,
    #[serde(default)]
    pub signatory_role: String,
    /// As `logo`.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub signature: PictureSent,
    /// The first day; today when left out.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub from: Option<Date>,
}

/// A theme that was looked at and tried, and what it would be printed with.
pub(super) struct Tried {
    pub(super) act: SetTheme,
    pub(super) look: Look,
    pub(super) face: CertificateFace,
    /// Pictures that are new, to be kept under their addresses.
    files: Vec<Vec<u8>>,
}

/// What a theme comes to, with everything that stands against it at once.
///
/// # Errors
/// As [`super::preview`], without the printer's.
pub(super) fn try_out(app: &App, caller: &Caller, input: NewTheme) -> Result<Tried, Failure> {
    app.ask(caller, |asking| {
        let actor = quality_manager(asking)?.clone();
        let moment = asking.caller.moment;
        let from = input.from.unwrap_or(moment.today);
        let known = awarding_bodies(asking.app, asking.tx)?.contains(&input.awarding_body);
        let before = in_force(asking.tx, &input.awarding_body, from)?;
        let mut refusals = Refusals::new();
        let mut files = Vec::new();
        let mut chosen = |sent, kept, described: &str, what| match choose(
            asking.app, sent, kept, described, what, &mut files,
        ) {
            Ok(chosen) => Ok(chosen),
            Err(Failure::Refused(why)) => {
                refusals.0.extend(why.0);
                Ok(None)
            }
            Err(other) => Err(other),
        };
        let logo = chosen(
            input.logo,
            before.as_ref().and_then(|theme| theme.logo.as_ref()),
            &input.logo_described,
            ("logo", "logo"),
        )?;
        let signed_before = before.as_ref().and_then(|theme| theme.signatory.as_ref());
        let signature = chosen(
            input.signature,
            signed_before.and_then(|signatory| signatory.signature.as_ref()),
            &format!("Signature of {}", rules::tidy(&input.signatory_name)),
            ("signature", "signature"),
        )?;
        let (logo, logo_picture) = logo.unzip();
        let (signature, signature_picture) = signature.unzip();
        let (name, role) = (
            rules::tidy(&input.signatory_name),
            rules::tidy(&input.signatory_role),
        );
        let signatory = (!name.is_empty() || !role.is_empty() || signature.is_some()).then_some(Signatory {
            name,
            role,
            signature,
        });
        let act = SetTheme {
            awarding_body: input.awarding_body,
            printed_as: input.printed_as,
            accent: input.accent.trim().to_owned(),
            logo,
            signatory,
            from,
        };
        if let Err(why) = rules::decide(&act, known, &actor, moment, &mut Counted::from_seed(0)) {
            refusals.0.extend(why.0);
        }
        refusals.ok()?;
        let look = Look {
            accent: Some(act.accent.clone()),
            logo: logo_picture,
            signature: signature_picture,
        };
        let mut face = specimen(asking.app, asking.tx, &act.awarding_body, from)?;
        face.awarding_body = rules::tidy(&act.printed_as);
        face.signatory = act.signatory.as_ref().map(SignedBy::from);
        Ok(Tried {
            act,
            look,
            face,
            files,
        })
    })
}

/// A theme whose pictures are kept, and which is not recorded yet.
#[derive(Debug, Clone)]
pub struct PreparedTheme {
    act: SetTheme,
}

/// Looks at the pictures, prints a specimen with them, and keeps their files. A crash after this leaves files that no record
/// names, which are swept away.
///
/// # Errors
/// As [`preview`]; a fault when a file cannot be kept.
pub fn prepare(app: &App, caller: &Caller, input: NewTheme) -> Result<PreparedTheme, Failure> {
    let tried = try_out(app, caller, input)?;
    print(app, &tried.face, &tried.look)?;
    for bytes in tried.files {
        let mut upload = app.store().files().begin(LARGEST_PICTURE as u64)?;
        upload.write_all(&bytes).map_err(StoreFault::from)?;
        upload.finish()?;
    }
    Ok(PreparedTheme { act: tried.act })
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct ThemeSet {
    #[schema(value_type = String, format = Date)]
    pub from: Date,
}

/// Records a theme. What was issued before stays as it was issued.
///
/// # Errors
/// `SignInNeeded`; `NotFound` unless the caller is a quality manager; refusals of [`rules::decide`].
pub fn run(acting: &mut Acting<'_, '_>, prepared: &PreparedTheme) -> Result<ThemeSet, Failure> {
    let actor = quality_manager(&acting.asking())?.clone();
    let known = awarding_bodies(acting.app, acting.tx)?.contains(&prepared.act.awarding_body);
    let moment = acting.moment();
    let decision = rules::decide(&prepared.act, known, &actor, moment, acting.fresh)?;
    acting.record(decision)?;
    Ok(ThemeSet {
        from: prepared.act.from,
    })
}
