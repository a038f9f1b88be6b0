//! The program `assay`: reads what was typed, opens an installation, and hands over to the application.
//!
//! Each subcommand is a file in `commands/` with its arguments and what it does. `installation` is the composition root:
//! the one place where store, profile, printer and reader come together.

mod commands;
mod demo;
mod failure;
mod installation;
mod printer;
mod progress;
mod reader;
mod say;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Runs regulated qualifications from the published syllabus to a certificate that anyone can check.
#[derive(Parser)]
#[command(name = "assay", version, about, max_term_width = 100)]
struct Typed {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Demo(commands::demo::Demo),
    Init(commands::init::Init),
    Serve(commands::serve::Serve),
    /// Look at a specification file, or load one into an installation.
    #[command(subcommand)]
    Specification(commands::specification::Specification),
    /// Read a published syllabus into a draft of a specification file.
    #[command(subcommand)]
    Syllabus(commands::syllabus::Syllabus),
    /// Ask a specification's rules of combination.
    #[command(subcommand)]
    Rule(commands::rule::Rule),
    /// Export the dossier of an award, or a digital credential.
    #[command(subcommand)]
    Award(commands::award::Award),
    /// Check a digital credential.
    #[command(subcommand)]
    Credential(commands::credential::Credential),
    /// The keys that sign the ledger: make, list, rotate, retire.
    #[command(subcommand)]
    Keys(commands::keys::Keys),
    /// Check everything against the ledger; print or cosign its checkpoint.
    #[command(subcommand)]
    Ledger(commands::ledger::Ledger),
    Rebuild(commands::rebuild::Rebuild),
    Backup(commands::backup::Backup),
    #[command(name = "move")]
    Relocate(commands::relocate::Relocate),
    Link(commands::link::Link),
    /// Reads one untrusted document and answers its text; started by the program itself.
    #[command(hide = true)]
    ReadDocument {
        #[arg(num_args = 0.., allow_hyphen_values = true)]
        arguments: Vec<std::ffi::OsString>,
    },
}

fn main() -> ExitCode {
    // The reading child takes its arguments raw, whatever a file is called, and must start fast.
    let mut raw = std::env::args_os().skip(1);
    if raw.next().is_some_and(|first| first == reader::SUBCOMMAND) {
        return assay_formats::child::serve(raw);
    }
    let outcome = match Typed::parse().command {
        Command::Demo(demo) => demo.run(),
        Command::Init(init) => init.run(),
        Command::Serve(serve) => serve.run(),
        Command::Specification(specification) => specification.run(),
        Command::Syllabus(syllabus) => syllabus.run(),
        Command::Rule(rule) => rule.run(),
        Command::Award(award) => award.run(),
        Command::Credential(credential) => credential.run(),
        Command::Keys(keys) => keys.run(),
        Command::Ledger(ledger) => ledger.run(),
        Command::Rebuild(rebuild) => rebuild.run(),
        Command::Backup(backup) => backup.run(),
        Command::Relocate(relocate) => relocate.run(),
        Command::Link(link) => link.run(),
        Command::ReadDocument { arguments } => return assay_formats::child::serve(arguments),
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            mutter!("assay: {error}");
            ExitCode::FAILURE
        }
    }
}
