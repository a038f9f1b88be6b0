//! `assay award release`: the claims that wait, released one after the other.

use super::operator;
use crate::failure::Stopped;
use crate::installation::{Opening, Place};
use crate::{mutter, progress, say};
use assay_app::account::token::{self, Scope, TokenHolder};
use assay_app::award::batch::{Batch, Because, Left, look_at_waiting, release_waiting};
use assay_app::{App, Caller, Failure};
use assay_web::fresh::RandomFresh;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// Release the claims that wait, the oldest first, as the quality manager whose token is given. May be stopped and begun again.
///
/// Each certificate is printed and recorded before the next begins. A claim that cannot be released is left, and told with every reason at
/// the end; the exit status is then 1.
#[derive(Args)]
pub struct Release {
    #[command(flatten)]
    place: Place,
    /// File with a token of a quality manager that may act (made on their account page); the first line is read.
    #[arg(long, value_name = "FILE")]
    token_file: PathBuf,
    /// Only say which claims could be released and what stands against the others; nothing is recorded.
    #[arg(long)]
    check: bool,
    /// Address at which people reach the installation, as for `assay serve`: it stands on the certificates.
    #[arg(long, value_name = "URL")]
    public_address: String,
    /// Policy profile, as for `assay serve`.
    #[arg(long, value_name = "PROFILE", default_value = "cmi")]
    profile: String,
}

impl Release {
    /// # Errors
    /// There is no installation; the token cannot be read, is not known or may not act; its holder is no quality manager; the
    /// store or the printer fails.
    pub fn run(self) -> Result<ExitCode, Stopped> {
        let app = self.place.open_founded(Opening {
            public_address: self.public_address.trim_end_matches('/').to_owned(),
            profile: self.profile.clone(),
            ..Opening::default()
        })?;
        let path = self.token_file.display();
        let text = std::fs::read_to_string(&self.token_file)
            .map_err(|error| Stopped::new(format!("the token in {path} cannot be read: {error}")))?;
        let text = text.lines().next().unwrap_or_default().trim().to_owned();
        let stopped = |failure| match failure {
            Failure::SignInNeeded => Stopped::new(format!(
                "the token in {path} is not known here, was revoked, or has ended"
            ))
            .hint("a quality manager makes one on their account page"),
            Failure::NotFound => {
                Stopped::new("the holder of the token is no quality manager, and only they release awards")
            }
            other => other.into(),
        };
        let (holder, _) = holder(&app, &text).map_err(stopped)?;
        if holder.scope != Scope::Write && !self.check {
            return Err(Stopped::new(format!("the token in {path} may only read"))
                .hint("make one that may act, too, on the account page"));
        }
        // Looked up anew for each claim: whoever revokes the token in the middle ends the batch.
        let caller = || holder_calls(&app, &text);
        let mut told = |batch: &Batch| progress::draw(batch.done(), batch.total, "claims", 100);
        let batch = if self.check {
            look_at_waiting(&app, &caller, &mut told)
        } else {
            release_waiting(&app, &caller, &|| Box::new(RandomFresh), &mut told)
        }
        .map_err(stopped)?;
        if batch.total > 0 {
            mutter!();
        }
        self.sum_up(&batch);
        Ok(if batch.left.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }

    fn sum_up(&self, batch: &Batch) {
        let awards = if batch.released == 1 { "award" } else { "awards" };
        match (batch.total, self.check) {
            (0, _) => say!("No claim waits to be released."),
            (_, false) => say!("Released: {} {awards}.", batch.released),
            (_, true) => say!("Could be released now: {} {awards}.", batch.released),
        }
        if !batch.left.is_empty() {
            say!("Left: {}, for these reasons.", batch.left.len());
        }
        batch.left.iter().for_each(tell);
    }
}

fn holder(app: &App, text: &str) -> Result<(TokenHolder, Caller), Failure> {
    let asker = operator(&app.surroundings().zone);
    let moment = asker.moment;
    let holder = app
        .ask(&asker, |asking| token::find_holder(asking.tx, text, moment))?
        .ok_or(Failure::SignInNeeded)?;
    let caller = Caller {
        person: Some(holder.person.clone()),
        ..asker
    };
    Ok((holder, caller))
}

/// The holder of the token, now. That it is in use is written down now and then, as for a call of the API.
fn holder_calls(app: &App, text: &str) -> Result<Caller, Failure> {
    let (holder, caller) = holder(app, text)?;
    if holder.is_due_to_be_touched(caller.moment) {
        app.act(caller.clone(), Box::new(RandomFresh), move |acting| {
            holder.touch(acting)
        })?;
    }
    Ok(caller)
}

fn tell(left: &Left) {
    let waiting = &left.waiting;
    say!(
        "{} ({}, centre {}):",
        waiting.learner_number,
        waiting.qualification,
        waiting.centre_number
    );
    match &left.because {
        Because::Refused(reasons) => {
            for reason in reasons {
                say!("  - {} {} ({})", reason.because, reason.remedy, reason.code);
            }
        }
        Because::Disturbed(because) => say!("  - {because}"),
    }
}
