//! How the papers of awarding bodies look: what is in force and was, and the form for another version.

use crate::Shell;
use crate::form::Form;
use crate::format;
use crate::message::{Empty, Refusals, Tag, Tone};
use crate::table::{Cell, Column, DataTable};
use askama::Template;
use assay_app::award::theme::{BodyThemes, ThemeLine};

/// How the papers of each awarding body look.
#[derive(Debug, Template)]
#[template(path = "award/themes.html")]
pub struct ThemesPage {
    pub shell: Shell,
    pub themes: Vec<BodyThemes>,
}

impl ThemesPage {
    /// The address of the form, with the awarding body's name in it.
    fn change(&self, body: &BodyThemes) -> String {
        let query: String = form_urlencoded::Serializer::new(String::new())
            .append_pair("body", &body.awarding_body)
            .finish();
        format!("/themes/new?{query}")
    }

    fn versions(&self, at: &usize, body: &BodyThemes) -> DataTable {
        let columns = vec![
            Column::words("From"),
            Column::words("Name as printed"),
            Column::words("Colour"),
            Column::words("Logo"),
            Column::words("Signed by"),
            Column::words("Set"),
        ];
        let rows = body.versions.iter().map(|version| {
            let from = Cell::link(
                format!("/themes/{}/specimen.pdf", version.theme),
                format::date(version.from),
            );
            vec![
                if version.in_force {
                    from.small("in force today")
                } else {
                    from
                },
                Cell::text(&version.printed_as),
                Cell::text(&version.accent),
                Cell::text(version.logo.as_deref().unwrap_or("none")),
                match &version.signatory {
                    Some(signatory) => Cell::text(&signatory.name).small(&signatory.role),
                    None => Cell::text("an empty line"),
                },
                Cell::text(&version.set_by).small(format::date_time(&version.set_at, &self.shell.zone)),
            ]
        });
        DataTable::new(
            format!("versions-{at}"),
            format!("Versions for {}", body.awarding_body),
            columns,
        )
        .rows(rows.collect())
        .caption_hidden()
        .empty(Empty::new("No versions yet", "Nothing was set so far."))
    }
}

/// The form for another version.
#[derive(Debug, Template)]
#[template(path = "award/theme.html")]
pub struct ThemePage {
    pub shell: Shell,
    /// As specifications name it.
    pub awarding_body: String,
    /// The version in force, whose pictures stay where no other is chosen.
    pub current: Option<ThemeLine>,
    /// `printed_as`, `accent`, `logo`, `logo_described`, `logo_remove`, `signatory_name`, `signatory_role`, `signature`,
    /// `signature_remove`, `from`.
    pub form: Form,
    pub refusals: Refusals,
}

impl ThemePage {
    fn logo_hint(&self) -> &'static str {
        if self.current.as_ref().is_some_and(|theme| theme.logo.is_some()) {
            "PNG or JPEG, at most 256 kB. The logo in force stays when you choose none."
        } else {
            "PNG or JPEG, at most 256 kB. It stands at the head of the certificate."
        }
    }

    fn signature_hint(&self) -> &'static str {
        if self.current.as_ref().is_some_and(|theme| theme.signature) {
            "PNG or JPEG, at most 256 kB. The signature in force stays when you choose none."
        } else {
            "PNG or JPEG, at most 256 kB, best on a transparent ground. Without one there is a line to sign on."
        }
    }

    fn has_logo(&self) -> bool {
        self.current.as_ref().is_some_and(|theme| theme.logo.is_some())
    }

    fn has_signature(&self) -> bool {
        self.current.as_ref().is_some_and(|theme| theme.signature)
    }
}

/// The tag of a version that is in force.
fn in_force() -> Tag {
    Tag::new(Tone::Good, "In force")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::award::samples;
    use crate::styleguide::sample_shell;

    #[test]
    fn versions_that_are_past_stay_on_the_page() {
        let page = ThemesPage {
            shell: sample_shell("How certificates look"),
            themes: samples::themes(),
        };
        let html = page.render().unwrap();
        crate::soundness::assert_sound(&html);
        assert!(html.contains("in force today") && html.contains("1 September 2019"));
        assert!(html.contains("as the program draws them"));
    }

    #[test]
    fn the_form_says_that_a_picture_in_force_stays() {
        let page = ThemePage {
            shell: sample_shell("Another version"),
            awarding_body: "Chartered Management Institute".into(),
            current: samples::themes().first().and_then(BodyThemes::current).cloned(),
            form: Form::new().complain("accent", "The colour is too pale."),
            refusals: Refusals::default(),
        };
        let html = page.render().unwrap();
        crate::soundness::assert_sound(&html);
        assert!(html.contains("The logo in force stays"));
        assert!(html.contains("formaction=\"/themes/preview\""));
    }
}
