//! The place where a learner writes: Markdown, kept while it is typed, with a live count of its words.

use askama::Template;

use crate::drawing::WordGauge;
use crate::form::Guard;

/// An editor: `{{ editor }}` in a template, with `autosave.js` and `wordcount.js` in the block `scripts`.
///
/// Without scripts it is a form with a text and a button. With them the text is sent to [`Editor::save_url`] every few
/// seconds after a change, kept on the device while there is no connection, and two texts saved at once are both
/// shown. The save request and its answers are described in `autosave.js`.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "components/editor.html")]
pub struct Editor {
    /// An id, unique in the page.
    pub id: String,
    /// The hidden fields of the form.
    pub guard: Guard,
    /// Where the form is sent when the writer says so.
    pub action: String,
    /// Where drafts are kept while typing: `POST` of `{text, version}`.
    pub save_url: String,
    /// The version of the text shown; the next save names it, so that a newer one is not overwritten.
    pub version: u64,
    /// What is written, e.g. `Your report`.
    pub label: String,
    /// A line of help.
    pub hint: String,
    /// The text so far.
    pub text: String,
    /// The limits of its length, if there are any.
    pub gauge: Option<WordGauge>,
    /// How it stands, e.g. `Saved 14:32`.
    pub state: String,
}

impl askama::filters::HtmlSafe for Editor {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_works_as_a_plain_form() {
        let editor = Editor {
            id: "report".into(),
            action: "/evidence/evd_1".into(),
            label: "Your report".into(),
            text: "</textarea><script>".into(),
            ..Editor::default()
        };
        let html = editor.to_string();
        assert!(
            html.contains(r#"method="post" action="/evidence/evd_1""#) && html.contains("type=\"submit\"")
        );
        assert!(!html.contains("<script>"));
    }
}
