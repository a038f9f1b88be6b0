//! The program `assay-verify`: a dossier and public keys in, the derivation of the award out. It opens no database and no
//! network connection.

use assay_ledger::VerifierKey;
use assay_verify::{Derivation, ShownFile, check_showing};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
Checks the dossier of an award: signatures, proofs, and every rule by which the award was made.

Usage: assay-verify FILE --key KEY [--key KEY]... [--witness KEY]... [--evidence FILE]... [--json]

  FILE           The dossier, as `assay award export` wrote it.
  --key KEY      A public key of the ledger that you trust, name+id+key, or a file with such keys, one to a line. Get it
                 from where the awarding body publishes it, not from whoever sent you the file.
  --witness KEY  A public key of a witness that must have cosigned the ledger.
  --evidence FILE  A file that the learner shows beside the dossier: is it one that was handed in and judged?
  --json         Answer as JSON.
  --help         This text.
  --version      The version.

Ends with 0 when the award holds, with 1 when it does not, and with 2 when it was not asked properly.
";

struct Asked {
    file: PathBuf,
    keys: Vec<VerifierKey>,
    evidence: Vec<PathBuf>,
    json: bool,
}

fn main() -> ExitCode {
    let typed: Vec<std::ffi::OsString> = std::env::args_os().skip(1).collect();
    if typed.iter().any(|word| word == "--help" || word == "-h") {
        return say(HELP, ExitCode::SUCCESS);
    }
    if typed.iter().any(|word| word == "--version") {
        return say(
            concat!("assay-verify ", env!("CARGO_PKG_VERSION"), "\n"),
            ExitCode::SUCCESS,
        );
    }
    let asked = match read_arguments(typed) {
        Ok(asked) => asked,
        Err(why) => {
            eprintln!("assay-verify: {why}\nTry assay-verify --help.");
            return ExitCode::from(2);
        }
    };
    let bytes = match read_file(&asked.file) {
        Ok(bytes) => bytes,
        Err(why) => {
            eprintln!("assay-verify: {}: {why}", asked.file.display());
            return ExitCode::from(2);
        }
    };
    let mut beside = Vec::new();
    for path in &asked.evidence {
        match shown(path) {
            Ok(file) => beside.push(file),
            Err(why) => {
                eprintln!("assay-verify: {}: {why}", path.display());
                return ExitCode::from(2);
            }
        }
    }
    let derivation = check_showing(&bytes, &asked.keys, &beside);
    let told = if asked.json {
        match serde_json::to_string_pretty(&derivation) {
            Ok(json) => format!("{json}\n"),
            Err(why) => {
                eprintln!("assay-verify: {why}");
                return ExitCode::from(2);
            }
        }
    } else {
        in_words(&derivation)
    };
    let code = if derivation.holds {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    };
    say(&told, code)
}

/// Prints. A reader that went away (`| head`) does not change the answer's code.
fn say(text: &str, code: ExitCode) -> ExitCode {
    let _ = std::io::stdout().write_all(text.as_bytes());
    code
}

fn read_arguments(typed: Vec<std::ffi::OsString>) -> Result<Asked, String> {
    let (mut file, mut keys, mut json) = (None, Vec::new(), false);
    let mut evidence = Vec::new();
    let mut words = typed.into_iter();
    while let Some(word) = words.next() {
        match word.to_str() {
            Some("--json") => json = true,
            Some(option @ ("--key" | "--witness")) => {
                let value = words
                    .next()
                    .ok_or_else(|| format!("{option} wants a key or a file of keys"))?;
                keys.extend(read_keys(&value.to_string_lossy())?);
            }
            Some("--evidence") => {
                evidence.push(PathBuf::from(words.next().ok_or("--evidence wants a file")?));
            }
            Some(option) if option.starts_with("--") => return Err(format!("there is no option {option}")),
            _ if file.is_none() => file = Some(PathBuf::from(word)),
            _ => return Err("one file at a time".to_owned()),
        }
    }
    Ok(Asked {
        file: file.ok_or("which file?")?,
        keys,
        evidence,
        json,
    })
}

/// A key as typed, or the keys of a file, one to a line.
fn read_keys(value: &str) -> Result<Vec<VerifierKey>, String> {
    let one = |text: &str| VerifierKey::parse(text).map_err(|why| format!("{text}: {why}"));
    let path = Path::new(value);
    if !path.is_file() {
        return Ok(vec![one(value)?]);
    }
    let mut text = String::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(64 * 1024).read_to_string(&mut text))
        .map_err(|why| format!("{value}: {why}"))?;
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(one)
        .collect()
}

/// The file's bytes, one more than a dossier may have at most: a longer file is not read to its end.
fn read_file(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)?
        .take(assay_certify::LARGEST + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A file's name and SHA-256, read piece by piece: it may be of any size.
fn shown(path: &Path) -> std::io::Result<ShownFile> {
    let mut file = std::fs::File::open(path)?;
    let mut digest = Sha256::new();
    let mut piece = vec![0; 64 * 1024];
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            break;
        }
        digest.update(piece.get(..read).unwrap_or_default());
    }
    Ok(ShownFile {
        name: path.display().to_string(),
        sha256: hex::encode(digest.finalize()),
    })
}

fn in_words(derivation: &Derivation) -> String {
    let mut told = String::new();
    // Writing to a string cannot fail.
    if let Some(claimed) = &derivation.claimed {
        let _ = writeln!(told, "{}", claimed.title);
        let of = if claimed.kind == "credit" {
            for unit in &claimed.units {
                let _ = writeln!(
                    told,
                    "  {} {} {}, level {}, {} credits",
                    unit.reference, unit.number, unit.title, unit.level, unit.credits
                );
            }
            String::new()
        } else {
            format!(
                "{} ({}), level {}, ",
                claimed.qualification_number, claimed.qualification, claimed.level
            )
        };
        let _ = writeln!(
            told,
            "  {of}{} credits, awarded on {} by {}",
            claimed.credits, claimed.awarded_on, claimed.awarding_body
        );
        let name = claimed
            .learner_name
            .as_deref()
            .unwrap_or("not disclosed in this file");
        let _ = writeln!(told, "  Learner: {name} ({})", claimed.learner);
        let _ = writeln!(told, "  Certificate {}\n", claimed.certificate);
    }
    for step in &derivation.steps {
        let mark = if step.holds { "holds" } else { "FAILS" };
        let _ = writeln!(told, "{mark}  {:<13} {}", step.step, step.because);
    }
    let end = match (derivation.holds, &derivation.claimed) {
        (true, Some(claimed)) => format!("The award holds as of {}.", claimed.as_of),
        _ => "The award is NOT confirmed.".to_owned(),
    };
    let _ = writeln!(told, "\n{end}");
    told
}
