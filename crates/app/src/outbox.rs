//! Messages to people outside: put into the outbox in the act's own transaction, delivered afterwards.
//!
//! Delivery writes each message as an `.eml` file into a folder, from where any mail program can send it.

use crate::{Acting, App, Caller, Failure};
use assay_domain::{Moment, Via};
use assay_store::statements::outbox as statements;
use std::path::Path;

/// Puts a message into the outbox. It leaves only if the act is recorded.
pub fn put(acting: &mut Acting<'_, '_>, recipient: &str, subject: &str, body: &str) -> Result<(), Failure> {
    let id = format!("out_{}", acting.fresh.tail());
    let at = acting.moment().stored();
    acting.tx.run(
        &statements::PUT,
        &[
            id.into(),
            at.into(),
            recipient.into(),
            subject.into(),
            body.into(),
        ],
    )?;
    Ok(())
}

/// Writes every message that is due as a file into `folder` and marks it sent; answers how many. A crash in between
/// leaves a message that is written again under the same name.
///
/// # Errors
/// `Fault` when the folder cannot be written or the store fails.
pub fn deliver(app: &App, folder: &Path, now: Moment) -> Result<u32, Failure> {
    let caller = Caller {
        person: None,
        via: Via::Command,
        moment: now,
    };
    let due = app.ask(&caller, |asking| {
        Ok(asking
            .tx
            .rows(&statements::LIST_DUE, &[now.stored().into(), 100_i64.into()])?)
    })?;
    let fault = |error: std::io::Error| Failure::Fault(format!("outbox folder: {error}"));
    if !due.is_empty() {
        std::fs::create_dir_all(folder).map_err(fault)?;
    }
    let mut sent = 0;
    for row in due {
        let id = row.text("id")?;
        let at = row.text("at")?;
        let stamp: String = at.chars().filter(char::is_ascii_alphanumeric).collect();
        let message = as_eml(
            &row.text("recipient")?,
            &row.text("subject")?,
            &row.text("body")?,
            &at,
            &id,
        );
        std::fs::write(folder.join(format!("{stamp}-{id}.eml")), message).map_err(fault)?;
        app.act(caller.clone(), Box::new(NothingFresh), move |acting| {
            acting
                .tx
                .run(&statements::MARK_SENT, &[id.into(), now.stored().into()])?;
            Ok(())
        })?;
        sent += 1;
    }
    Ok(sent)
}

/// Delivery makes no ids and seals nothing.
struct NothingFresh;
impl assay_domain::Fresh for NothingFresh {
    fn tail(&mut self) -> String {
        "0".repeat(24)
    }
    fn salt(&mut self) -> [u8; 32] {
        [0; 32]
    }
}

/// A message as RFC 5322 text. Header fields are cut at line breaks, so that no address can add a field of its own.
fn as_eml(recipient: &str, subject: &str, body: &str, at: &str, id: &str) -> String {
    let line = |text: &str| text.chars().filter(|c| !c.is_control()).collect::<String>();
    let date = at
        .parse::<jiff::Timestamp>()
        .map(|at| at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string())
        .unwrap_or_default();
    format!(
        "Date: {date}\r\nTo: {}\r\nSubject: {}\r\nMessage-ID: <{id}@assay>\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{}",
        line(recipient),
        line(subject),
        body.replace('\n', "\r\n")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_cannot_add_a_header_field() {
        let eml = as_eml(
            "a@b.example\r\nBcc: c@d.example",
            "Hello",
            "Dear A\n",
            "2019-10-14T09:30:00.000Z",
            "out_1",
        );
        assert!(
            eml.starts_with("Date: Mon, 14 Oct 2019 09:30:00 +0000\r\nTo: a@b.exampleBcc: c@d.example\r\n"),
            "{eml}"
        );
    }
}
