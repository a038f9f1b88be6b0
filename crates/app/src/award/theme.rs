//! How the papers of awarding bodies look: kept as dated versions, tried on a specimen, set.
//!
//! A theme is set in two steps, as a release is: [`prepare`] looks at the pictures and prints a specimen with them, outside
//! any transaction; [`run`] records the version. A certificate names the version that it was printed by, so that its
//! transcript and its badge go on looking the same.

use super::certificate::Paper;
use crate::printing::{CertificateFace, Look, Picture, SignedBy};
use crate::{Acting, App, Asking, Caller, Failure, founding, specification};
use assay_domain::award::theme as rules;
use assay_domain::award::{SetTheme, Signatory, ThemePicture};
use assay_domain::fresh::Counted;
use assay_domain::id::{PersonId, ThemeId};
use assay_domain::{Actor, Code, Refusal, Refusals, Role};
use assay_formats::media::picture_size;
use assay_formats::sniff::FileKind;
use assay_store::statements::theme as statements;
use assay_store::{Row, StoreFault, Tx};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::io::{Read, Write};

/// The largest picture of a theme, in bytes. It stands in every file that is printed with it.
pub const LARGEST_PICTURE: usize = 256 * 1024;
/// The longest side of a picture, in pixels: twice what is printed at 600 dots to the inch.
const LONGEST_SIDE: u32 = 4000;

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
        face.signatory = self.signatory.as_ref().map(|signatory| SignedBy {
            name: signatory.name.clone(),
            role: signatory.role.clone(),
        });
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
                signatory: theme.signatory.map(|signatory| SignedBy {
                    name: signatory.name,
                    role: signatory.role,
                }),
                from: theme.from,
                set_at: theme.set_at,
                set_by: super::case::name_of(asking.tx, theme.set_by.as_ref())?,
            });
        }
        themes.push(BodyThemes {
            awarding_body,
            versions,
        });
    }
    Ok(themes)
}

/// What is to become of a picture.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum PictureSent {
    /// As in the version in force.
    #[default]
    Keep,
    Remove,
    /// The bytes of another one.
    Bytes(Vec<u8>),
}

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

impl<'de> serde::Deserialize<'de> for PictureSent {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Option::<String>::deserialize(deserializer)? {
            None => Ok(PictureSent::Keep),
            Some(text) if text.is_empty() => Ok(PictureSent::Remove),
            Some(text) => STANDARD
                .decode(text)
                .map(PictureSent::Bytes)
                .map_err(|_| serde::de::Error::custom("expected a picture in base64")),
        }
    }
}

/// A theme that was looked at and tried, and what it would be printed with.
struct Tried {
    act: SetTheme,
    look: Look,
    face: CertificateFace,
    /// Pictures that are new, to be kept under their addresses.
    files: Vec<Vec<u8>>,
}

/// A picture of a theme: what a fact says of it, and its bytes.
type Chosen = Option<(ThemePicture, Picture)>;

fn choose(
    app: &App,
    sent: PictureSent,
    kept: Option<&ThemePicture>,
    described: &str,
    what: (&'static str, &str),
    files: &mut Vec<Vec<u8>>,
) -> Result<Chosen, Failure> {
    let described = rules::tidy(described);
    match sent {
        PictureSent::Remove => Ok(None),
        PictureSent::Keep => {
            let Some(kept) = kept else { return Ok(None) };
            let kept = ThemePicture {
                described,
                ..kept.clone()
            };
            let picture = load(app, &kept)?;
            Ok(Some((kept, picture)))
        }
        PictureSent::Bytes(bytes) => {
            let media = read_picture(&bytes, what)?;
            let picture = ThemePicture {
                sha256: hex::encode(Sha256::digest(&bytes)),
                media: media.to_owned(),
                described: described.clone(),
            };
            files.push(bytes.clone());
            Ok(Some((
                picture,
                Picture {
                    bytes,
                    media: media.to_owned(),
                    described,
                },
            )))
        }
    }
}

/// Whether bytes are a picture that can be printed, by what they are and not by their name. Answers the media type.
fn read_picture(bytes: &[u8], (field, what): (&'static str, &str)) -> Result<&'static str, Refusal> {
    let refused = |because: String, remedy: &str| {
        Refusal::new(Code::ThemePicture, because)
            .remedy(remedy)
            .who("The quality manager")
            .source("practice, section 20.1")
            .field(field)
    };
    if bytes.len() > LARGEST_PICTURE {
        return Err(refused(
            format!("The {what} is larger than {} kB.", LARGEST_PICTURE / 1024),
            "Save it smaller: it stands in every file that is printed.",
        ));
    }
    let kind = assay_formats::sniff::sniff(bytes);
    let media = match kind {
        FileKind::Png => "image/png",
        FileKind::Jpeg => "image/jpeg",
        other => {
            return Err(refused(
                format!(
                    "The {what} is not a picture that can be printed: the file holds {}.",
                    other.in_words()
                ),
                "Save it as PNG or JPEG and choose that file.",
            ));
        }
    };
    match picture_size(bytes) {
        Some(size) if size.width <= LONGEST_SIDE && size.height <= LONGEST_SIDE => Ok(media),
        Some(size) => Err(refused(
            format!(
                "The {what} is {} by {} pixels, and neither side may have more than {LONGEST_SIDE}.",
                size.width, size.height
            ),
            "Save it smaller.",
        )),
        None => Err(refused(
            format!("The {what} is damaged: it does not say how large it is."),
            "Save it anew as PNG or JPEG and choose that file.",
        )),
    }
}

fn try_out(app: &App, caller: &Caller, input: NewTheme) -> Result<Tried, Failure> {
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
        face.signatory = act.signatory.as_ref().map(|signatory| SignedBy {
            name: signatory.name.clone(),
            role: signatory.role.clone(),
        });
        Ok(Tried {
            act,
            look,
            face,
            files,
        })
    })
}

/// A certificate of nobody, of a qualification that there is if there is one.
fn specimen(app: &App, tx: &mut Tx<'_>, awarding_body: &str, on: Date) -> Result<CertificateFace, Failure> {
    const NUMBER: &str = "SPECIMEN";
    let mut face = CertificateFace {
        awarding_body: awarding_body.to_owned(),
        learner_name: "Specimen".to_owned(),
        learner_number: NUMBER.to_owned(),
        title: "Title of the qualification".to_owned(),
        qualification_number: "000/0000/0".to_owned(),
        qualification_code: String::new(),
        level: 7,
        credits: 0,
        centre: String::new(),
        on,
        certificate_number: NUMBER.to_owned(),
        replaces: None,
        check_address: format!("{}/check/{NUMBER}", app.surroundings().public_address),
        regulator: "the regulator".to_owned(),
        language: None,
        theme: None,
        signatory: None,
    };
    for offered in specification::list_qualifications(app, tx)? {
        let document = &offered.specification.document;
        if document.awarding_body == awarding_body {
            face.title = offered.qualification.title.clone();
            face.qualification_number = offered.qualification.number.to_string();
            face.level = u32::from(offered.qualification.level);
            face.regulator = document.regulator.clone();
            break;
        }
    }
    Ok(face)
}

fn print(app: &App, face: &CertificateFace, look: &Look) -> Result<Vec<u8>, Failure> {
    app.surroundings().printer.certificate(face, look).map_err(|why| {
        Failure::refused(
            Refusal::new(
                Code::CertNotPrinted,
                format!("No certificate can be printed so: {why}."),
            )
            .remedy("Put right what is named. Nothing was recorded.")
            .who("The quality manager")
            .source("practice, section 20.1"),
        )
    })
}

fn paper(bytes: Vec<u8>) -> Paper {
    Paper {
        name: "specimen.pdf".to_owned(),
        bytes,
    }
}

/// A specimen certificate with a theme that is not set; keeps nothing.
///
/// # Errors
/// `SignInNeeded`; `NotFound` unless the caller is a quality manager; refusals of [`rules::decide`], `THEME_PICTURE`;
/// `CERT_NOT_PRINTED` with the printer's own words.
pub fn preview(app: &App, caller: &Caller, input: NewTheme) -> Result<Paper, Failure> {
    let tried = try_out(app, caller, input)?;
    print(app, &tried.face, &tried.look).map(paper)
}

/// A specimen certificate with a version that is kept.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is no such version, or unless the caller is a quality manager;
/// `CERT_NOT_PRINTED` with the printer's own words.
pub fn specimen_of(app: &App, caller: &Caller, theme: &ThemeId) -> Result<Paper, Failure> {
    let (face, look) = app.ask(caller, |asking| {
        quality_manager(asking)?;
        let theme = find(asking.tx, theme)?.ok_or(Failure::NotFound)?;
        let mut face = specimen(asking.app, asking.tx, &theme.awarding_body, theme.from)?;
        theme.put_on(&mut face);
        Ok((face, theme_look(asking.app, &theme)?))
    })?;
    print(app, &face, &look).map(paper)
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
