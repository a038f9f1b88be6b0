//! `assay award`: the dossier by which a stranger confirms an award, its digital credentials, and the release of many.

use super::award_release::Release;
use super::operator;
use crate::failure::Stopped;
use crate::installation::{Opening, Place};
use assay_app::award::dossier;
use assay_app::credential::issue::{self, Form, Part, Wanted};
use assay_web::fresh::RandomFresh;
use clap::{Args, Subcommand};
use jiff::tz::TimeZone;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum Award {
    Export(Export),
    Credential(Credential),
    Release(Release),
}

/// Write the dossier of an award: the facts it rests on, their proofs and signatures, without private text. Anybody checks it
/// with assay-verify and the ledger's public key.
#[derive(Args)]
pub struct Export {
    #[command(flatten)]
    place: Place,
    /// Number of a certificate of the award.
    number: String,
    /// File to write; it must not be there yet.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Disclose what the certificate shows, with the learner's name.
    #[arg(long)]
    named: bool,
    /// Add what was handed in and judged, with the salts of its digests: for the learner, who may then show a passage and prove
    /// that it is the one that was judged.
    #[arg(long)]
    with_evidence: bool,
}

/// Write a digital credential of an award, Open Badges 3.0 or CLR 2.0, signed with the key that signs the ledger.
#[derive(Args)]
pub struct Credential {
    #[command(flatten)]
    place: Place,
    /// Number of a certificate that is in force.
    number: String,
    /// A unit of the award, by its number; the whole qualification when it is left out.
    #[arg(long, value_name = "UNIT")]
    unit: Option<String>,
    /// A learner record (CLR 2.0): the credentials of the qualification and of its units together; not as a picture.
    #[arg(long, conflicts_with = "unit")]
    record: bool,
    /// How it is secured: rdfc and jcs are Data Integrity proofs by eddsa-rdfc-2022 and eddsa-jcs-2022, jwt is a JSON Web Token,
    /// svg and png are pictures with the credential by rdfc in them. When left out, rdfc.
    #[arg(long, value_name = "FORM")]
    proof: Option<Form>,
    /// Address at which people reach the installation, as for `assay serve`: issuer and status list are found there.
    #[arg(long, value_name = "URL")]
    public_address: String,
    /// Policy profile, as for `assay serve`.
    #[arg(long, value_name = "PROFILE", default_value = "cmi")]
    profile: String,
    /// File to write; it must not be there yet.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl Credential {
    fn run(self) -> Result<ExitCode, Stopped> {
        let app = self.place.open_founded(Opening {
            public_address: self.public_address.trim_end_matches('/').to_owned(),
            profile: self.profile,
            ..Opening::default()
        })?;
        let wanted = Wanted {
            part: match &self.unit {
                _ if self.record => Part::Record,
                None => Part::Qualification,
                Some(unit) => Part::Unit(unit.clone()),
            },
            form: self.proof,
        };
        let zone = app.surroundings().zone.clone();
        let made = app
            .ask(&operator(&zone), |asking| {
                issue::export(asking, &self.number, &wanted)
            })
            .map_err(|failure| match (failure, &self.unit) {
                (assay_app::Failure::NotFound, Some(unit)) => Stopped::new(format!(
                    "there is no certificate {} with a unit {unit}",
                    self.number
                )),
                (assay_app::Failure::NotFound, None) => no_certificate(&self.number),
                (other, _) => other.into(),
            })?;
        write_new(&self.out, &made.bytes)?;
        println!("The credential is in {}.", self.out.display());
        println!("Check it with: assay credential verify {}", self.out.display());
        Ok(ExitCode::SUCCESS)
    }
}

fn no_certificate(number: &str) -> Stopped {
    Stopped::new(format!("there is no certificate {number}"))
        .hint("numbers look like 2019-7KX4-29QM-D; the register of certificates has them all")
}

/// Writes a file that must not be there yet, and waits until it is on the disk.
fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Stopped> {
    let unwritten = |error: std::io::Error| Stopped::new(format!("{}: {error}", path.display()));
    let mut file = std::fs::File::create_new(path).map_err(unwritten)?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .map_err(unwritten)
}

impl Award {
    /// # Errors
    /// There is no installation or no such certificate; no key signs the ledger; the file cannot be written.
    pub fn run(self) -> Result<ExitCode, Stopped> {
        match self {
            Award::Export(export) => export.run(),
            Award::Credential(credential) => credential.run(),
            Award::Release(release) => release.run(),
        }
    }
}

impl Export {
    fn run(self) -> Result<ExitCode, Stopped> {
        let app = self.place.open_existing(Opening::default())?;
        let number = self.number.clone();
        let disclosed = dossier::Disclosed {
            named: self.named || self.with_evidence,
            evidence: self.with_evidence,
        };
        let made = app
            .act(operator(&TimeZone::UTC), Box::new(RandomFresh), move |acting| {
                dossier::export(acting, &number, disclosed)
            })
            .map_err(|failure| match failure {
                assay_app::Failure::NotFound => no_certificate(&self.number),
                other => other.into(),
            })?;
        let bytes = made.write().map_err(|error| Stopped::new(error.to_string()))?;
        write_new(&self.out, &bytes)?;
        println!(
            "{} facts with their proofs are in {}.",
            made.facts.len(),
            self.out.display()
        );
        if self.with_evidence {
            let beside = made.evidence.iter().filter(|shown| shown.file.is_none()).count();
            println!(
                "{} pieces of evidence are shown, {beside} of them too large to be in the file. It is private: it belongs to the learner.",
                made.evidence.len()
            );
        }
        println!("Check it with: assay-verify {} --key KEY", self.out.display());
        println!("The key is one of those that `assay keys list` shows and the awarding body publishes.");
        Ok(ExitCode::SUCCESS)
    }
}
