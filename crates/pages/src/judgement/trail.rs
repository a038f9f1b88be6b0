//! The audit trail: every fact as a sentence, the newest first, to be read, searched and printed (JU-03, VM-02).

use crate::way::Pages;
use crate::{Shell, format};
use askama::Template;
use assay_app::trail::{Trail, TrailLine};

/// A page of a trail.
#[derive(Debug, Template)]
#[template(path = "judgement/trail.html")]
pub struct TrailPage {
    pub shell: Shell,
    pub trail: Trail,
    /// The address of this trail without its query.
    pub path: String,
}

impl TrailPage {
    fn over(&self) -> String {
        let about = &self.trail.about;
        format!("{}, {} {}", about.learner_name, about.qualification, about.number)
    }

    fn lead(&self) -> String {
        let about = &self.trail.about;
        match (&about.unit, &about.unit_title, about.attempt) {
            (Some(unit), Some(title), Some(attempt)) => format!("{unit} {title}, attempt {attempt}"),
            (Some(unit), Some(title), None) => format!("{unit} {title}, all attempts"),
            _ => "The whole registration".to_owned(),
        }
    }

    fn wider(&self) -> Vec<(String, String)> {
        let about = &self.trail.about;
        let registration = format!("/registrations/{}", about.registration);
        let mut ways = Vec::new();
        if let Some(submission) = &about.submission {
            ways.push((
                format!("/submissions/{submission}/result"),
                "The result".to_owned(),
            ));
            ways.push((format!("/submissions/{submission}/mark"), "The work".to_owned()));
            if let Some(unit) = about.unit.as_ref().filter(|_| about.wider) {
                ways.push((
                    format!("{registration}/units/{unit}/trail"),
                    "Trail of the unit".to_owned(),
                ));
            }
        }
        if about.unit.is_some() && about.wider {
            ways.push((
                format!("{registration}/trail"),
                "Trail of the registration".to_owned(),
            ));
        }
        ways
    }

    fn pages(&self) -> Pages {
        Pages::new(
            &self.path,
            &format!("kind={}", self.trail.kind),
            u64::from(self.trail.page),
            u64::from(self.trail.size),
            u64::try_from(self.trail.total).unwrap_or(0),
        )
        .of("entry", "entries")
    }

    fn via(&self, line: &TrailLine) -> &'static str {
        match line.via.as_str() {
            "page" => "on a page",
            "api" => "through the API",
            "command" => "by command",
            "import" => "by import",
            _ => "",
        }
    }

    fn short<'a>(&self, digest: &'a str) -> &'a str {
        digest.get(..16).unwrap_or(digest)
    }

    fn is_chosen(&self, kind: &str) -> bool {
        self.trail.kind == kind
    }

    fn all(&self) -> String {
        let all: i64 = self.trail.kinds.iter().map(|kind| kind.entries).sum();
        format!("Everything ({})", format::number(all))
    }

    fn empty(&self) -> crate::message::Empty {
        crate::message::Empty::new(
            "Nothing is recorded",
            "The ledger has no entry of this kind about it.",
        )
        .next(self.path.clone(), "Show everything")
    }
}
