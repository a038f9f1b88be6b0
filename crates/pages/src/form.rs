//! Forms: what was typed, what is wrong with it, and the fields that show both.
//!
//! A page holds one [`Form`]; the template asks it for its fields:
//!
//! ```html
//! <form class="form" method="post" action="/centres" novalidate>
//!   {{ shell.guard() }}
//!   {{ form.summary() }}
//!   {{ form.text("name", "Name of the centre").hint("As it stands on the agreement").autocomplete("organization") }}
//!   {{ form.email("contact", "E-mail address of the coordinator") }}
//!   {{ form.date("approved_on", "Approved on").optional() }}
//!   <div class="actions"><button class="button" type="submit">Add the centre</button></div>
//! </form>
//! ```
//!
//! When the input cannot be read, the web room gives the same page again, with everything typed still there:
//! `Form::typed(pairs).complain("contact", "Enter an e-mail address, like name@example.org")`.

use askama::Template;

/// What was typed into a form and what is wrong with it.
#[derive(Debug, Clone, Default)]
pub struct Form {
    values: Vec<(String, String)>,
    complaints: Vec<Complaint>,
    /// Said above the form already, with its remedy; said again beside the field.
    refused: Vec<Complaint>,
    prefix: String,
}

/// One thing that is wrong, beside the field it concerns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Complaint {
    /// The name of the field; empty when it concerns the whole form.
    pub field: String,
    /// What to do about it, as a sentence.
    pub message: String,
}

impl Form {
    /// An empty form.
    pub fn new() -> Self {
        Self::default()
    }

    /// The form as it was sent, in the order of its fields; a name may come several times.
    pub fn typed<N: Into<String>, V: Into<String>>(pairs: impl IntoIterator<Item = (N, V)>) -> Self {
        let values = pairs
            .into_iter()
            .map(|(name, value)| (name.into(), value.into()))
            .collect();
        Self {
            values,
            ..Self::default()
        }
    }

    /// The same form with a value; for several of one name, call it again.
    pub fn with(mut self, name: impl Into<String>, value: impl ToString) -> Self {
        self.values.push((name.into(), value.to_string()));
        self
    }

    /// The same form without any value of a name.
    pub fn without(mut self, name: &str) -> Self {
        self.values.retain(|(known, _)| known != name);
        self
    }

    /// The same form with a complaint beside a field; an empty field name means the whole form.
    pub fn complain(mut self, field: impl Into<String>, message: impl Into<String>) -> Self {
        self.complaints.push(Complaint {
            field: field.into(),
            message: message.into(),
        });
        self
    }

    /// The same form with a refusal beside the field that it names. The box of refusals above says it in full, so the
    /// form's own summary does not repeat it.
    pub fn refuse(mut self, field: impl Into<String>, message: impl Into<String>) -> Self {
        self.refused.push(Complaint {
            field: field.into(),
            message: message.into(),
        });
        self
    }

    /// The same form, whose fields get ids of their own: for a page with several forms.
    pub fn prefixed(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// Whether something is wrong with it.
    pub fn complains(&self) -> bool {
        !self.complaints.is_empty() || !self.refused.is_empty()
    }

    /// The first value of that name, or nothing.
    pub fn value(&self, name: &str) -> &str {
        self.values
            .iter()
            .find(|(known, _)| known == name)
            .map_or("", |(_, value)| value)
    }

    /// Every value of that name.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.values
            .iter()
            .filter(move |(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether that name was sent with that value (a ticked box, a chosen option).
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.values(name).any(|known| known == value)
    }

    /// The complaint beside that field, if any.
    pub fn complaint(&self, name: &str) -> Option<&str> {
        self.complaints
            .iter()
            .chain(&self.refused)
            .find(|complaint| complaint.field == name)
            .map(|complaint| complaint.message.as_str())
    }

    /// Whether there is anything to complain about.
    pub fn is_wrong(&self) -> bool {
        !self.complaints.is_empty()
    }

    /// The box above the form which lists every complaint and links each to its field; nothing when all is well.
    pub fn summary(&self) -> Problems {
        let items = self
            .complaints
            .iter()
            .map(|complaint| {
                let target = if complaint.field.is_empty() {
                    String::new()
                } else {
                    self.id(&complaint.field)
                };
                (target, complaint.message.clone())
            })
            .collect();
        Problems { items }
    }

    /// A line of text.
    pub fn text(&self, name: impl AsRef<str>, label: impl AsRef<str>) -> Field {
        self.field(name, label, Kind::Line("text"))
    }

    /// An e-mail address.
    pub fn email(&self, name: impl AsRef<str>, label: impl AsRef<str>) -> Field {
        self.field(name, label, Kind::Line("email"))
            .autocomplete("email")
            .width("m")
    }

    /// A password; it is never written back into the page.
    pub fn password(&self, name: impl AsRef<str>, label: impl AsRef<str>) -> Field {
        let mut field = self
            .field(name, label, Kind::Line("password"))
            .autocomplete("current-password")
            .width("m");
        field.value.clear();
        field
    }

    /// A day.
    pub fn date(&self, name: impl AsRef<str>, label: impl AsRef<str>) -> Field {
        self.field(name, label, Kind::Line("date")).width("s")
    }

    /// A whole number.
    pub fn number(&self, name: impl AsRef<str>, label: impl AsRef<str>) -> Field {
        let mut field = self.field(name, label, Kind::Line("text")).width("xs");
        field.inputmode = "numeric".to_owned();
        field
    }

    /// A telephone number, a web address or any other `type` of a line.
    pub fn line(&self, kind: &'static str, name: impl AsRef<str>, label: impl AsRef<str>) -> Field {
        self.field(name, label, Kind::Line(kind))
    }

    /// Several lines of text.
    pub fn long_text(&self, name: impl AsRef<str>, label: impl AsRef<str>) -> Field {
        self.field(name, label, Kind::Long)
    }

    /// A list to choose one from; starts with "Choose one" while nothing is chosen.
    pub fn select(&self, name: impl AsRef<str>, label: impl AsRef<str>, options: &[Choice]) -> Field {
        self.field(name, label, Kind::Select).choices(options, self)
    }

    /// A group of which one is chosen.
    pub fn radios(&self, name: impl AsRef<str>, legend: impl AsRef<str>, options: &[Choice]) -> Field {
        self.field(name, legend, Kind::Radios).choices(options, self)
    }

    /// A group of which any number may be ticked.
    pub fn checkboxes(&self, name: impl AsRef<str>, legend: impl AsRef<str>, options: &[Choice]) -> Field {
        self.field(name, legend, Kind::Checkboxes).choices(options, self)
    }

    /// One box to tick; it sends `yes`.
    pub fn checkbox(&self, name: impl AsRef<str>, label: impl AsRef<str>) -> Field {
        let name = name.as_ref();
        let mut field = self.field(name, label, Kind::Checkbox);
        field.value = if self.has(name, "yes") {
            "yes".to_owned()
        } else {
            String::new()
        };
        field
    }

    /// A file to send; the form needs `enctype="multipart/form-data"`.
    pub fn file(&self, name: impl AsRef<str>, label: impl AsRef<str>) -> Field {
        self.field(name, label, Kind::File)
    }

    fn id(&self, name: &str) -> String {
        if self.prefix.is_empty() {
            format!("f-{name}")
        } else {
            format!("f-{}-{name}", self.prefix)
        }
    }

    fn field(&self, name: impl AsRef<str>, label: impl AsRef<str>, kind: Kind) -> Field {
        let (name, label) = (name.as_ref(), label.as_ref());
        Field {
            kind,
            id: self.id(name),
            name: name.to_owned(),
            label: label.to_owned(),
            value: self.value(name).to_owned(),
            complaint: self.complaint(name).map(str::to_owned),
            rows: 6,
            ..Field::default()
        }
    }
}

/// One option of a list or group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// A line of explanation below the label (not in a list).
    pub hint: String,
    /// Whether it cannot be chosen now; say why in the hint.
    pub disabled: bool,
    chosen: bool,
}

impl Choice {
    /// An option.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            ..Self::default()
        }
    }

    /// The same option with an explanation.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// The same option, not to be chosen now.
    pub fn disabled(mut self) -> Self {
        self.disabled = true;
        self
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Kind {
    Line(&'static str),
    #[default]
    Long,
    Select,
    Radios,
    Checkboxes,
    Checkbox,
    File,
}

/// A field with its label, hint and complaint, all tied together for screen readers.
///
/// Made by [`Form`]; each method returns the field changed, so that a template can say
/// `{{ form.text("name", "Name").hint("In full") }}`.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "components/field.html")]
pub struct Field {
    kind: Kind,
    id: String,
    name: String,
    label: String,
    value: String,
    complaint: Option<String>,
    hint: String,
    autocomplete: String,
    inputmode: String,
    width: String,
    rows: u16,
    least: String,
    most: String,
    longest: String,
    before: String,
    after: String,
    accept: String,
    data: Vec<(String, String)>,
    options: Vec<Choice>,
    style: String,
    required: bool,
    optional: bool,
    disabled: bool,
    readonly: bool,
    multiple: bool,
    label_hidden: bool,
}

impl askama::filters::HtmlSafe for Field {}

impl Field {
    /// A line of help between label and control.
    pub fn hint(mut self, hint: impl AsRef<str>) -> Self {
        self.hint = hint.as_ref().to_owned();
        self
    }

    /// The value to show when nothing was typed yet, e.g. the one on record.
    pub fn or(mut self, value: impl std::fmt::Display) -> Self {
        if self.value.is_empty() && self.kind != Kind::Line("password") {
            self.value = value.to_string();
            for option in &mut self.options {
                option.chosen |= option.value == self.value;
            }
        }
        self
    }

    /// The purpose of the field, for the browser's help (success criterion 1.3.5), e.g. `given-name`.
    pub fn autocomplete(mut self, purpose: impl AsRef<str>) -> Self {
        self.autocomplete = purpose.as_ref().to_owned();
        self
    }

    /// The keyboard of a phone: `numeric`, `decimal`, `tel`.
    pub fn inputmode(mut self, mode: impl AsRef<str>) -> Self {
        self.inputmode = mode.as_ref().to_owned();
        self
    }

    /// The width that fits the expected answer: `xs`, `s`, `m`; otherwise the whole column.
    pub fn width(mut self, width: impl AsRef<str>) -> Self {
        self.width = width.as_ref().to_owned();
        self
    }

    /// The number of lines shown.
    pub fn rows(mut self, rows: u16) -> Self {
        self.rows = rows;
        self
    }

    /// The least value of a day or number.
    pub fn least(mut self, least: impl std::fmt::Display) -> Self {
        self.least = least.to_string();
        self
    }

    /// The greatest value of a day or number.
    pub fn most(mut self, most: impl std::fmt::Display) -> Self {
        self.most = most.to_string();
        self
    }

    /// The greatest number of characters.
    pub fn longest(mut self, longest: impl std::fmt::Display) -> Self {
        self.longest = longest.to_string();
        self
    }

    /// A sign before the control, e.g. `£`.
    pub fn before(mut self, sign: impl AsRef<str>) -> Self {
        self.before = sign.as_ref().to_owned();
        self
    }

    /// A unit after the control, e.g. `hours`.
    pub fn after(mut self, unit: impl AsRef<str>) -> Self {
        self.after = unit.as_ref().to_owned();
        self
    }

    /// The kinds of file, e.g. `.pdf,.docx`.
    pub fn accept(mut self, kinds: impl AsRef<str>) -> Self {
        self.accept = kinds.as_ref().to_owned();
        self
    }

    /// A `data-` attribute for a script, without the prefix.
    pub fn data(mut self, name: impl AsRef<str>, value: impl std::fmt::Display) -> Self {
        self.data.push((name.as_ref().to_owned(), value.to_string()));
        self
    }

    /// Marks a field that must be filled. Prefer marking the few that need not be: [`Field::optional`].
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Says "(optional)" beside the label.
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// The field cannot be used and is not sent.
    pub fn disabled(mut self) -> Self {
        self.disabled = true;
        self
    }

    /// The field is sent and cannot be changed.
    pub fn readonly(mut self) -> Self {
        self.readonly = true;
        self
    }

    /// Several files at once.
    pub fn multiple(mut self) -> Self {
        self.multiple = true;
        self
    }

    /// The label is for screen readers only, when the place makes it plain to the eye.
    pub fn label_hidden(mut self) -> Self {
        self.label_hidden = true;
        self
    }

    /// Radios or boxes as cards, for choices that need their explanations.
    pub fn cards(mut self) -> Self {
        self.style = "cards".to_owned();
        self
    }

    /// Radios or boxes side by side, for short choices.
    pub fn in_a_row(mut self) -> Self {
        self.style = "row".to_owned();
        self
    }

    /// A long text set in the reading face, for writing rather than filling in.
    pub fn reading(mut self) -> Self {
        self.style = "reading".to_owned();
        self
    }

    fn choices(mut self, options: &[Choice], form: &Form) -> Self {
        self.options = options
            .iter()
            .map(|option| Choice {
                chosen: form.has(&self.name, &option.value),
                ..option.clone()
            })
            .collect();
        self
    }

    fn described_by(&self) -> String {
        let mut ids = Vec::new();
        if !self.hint.is_empty() {
            ids.push(format!("{}-hint", self.id));
        }
        if self.complaint.is_some() {
            ids.push(format!("{}-wrong", self.id));
        }
        ids.join(" ")
    }

    fn line_type(&self) -> Option<&'static str> {
        match self.kind {
            Kind::Line(kind) => Some(kind),
            Kind::File => Some("file"),
            _ => None,
        }
    }

    fn group_type(&self) -> Option<&'static str> {
        match self.kind {
            Kind::Radios => Some("radio"),
            Kind::Checkboxes => Some("checkbox"),
            _ => None,
        }
    }

    /// The id of an option: the first one has the id of the field, so that a complaint can lead to it.
    fn option_id(&self, at: &usize) -> String {
        if *at == 0 {
            self.id.clone()
        } else {
            format!("{}-{}", self.id, at + 1)
        }
    }

    fn nothing_chosen(&self) -> bool {
        !self.options.iter().any(|option| option.chosen)
    }

    fn classes(&self) -> String {
        let mut classes = String::from("input");
        if !self.width.is_empty() {
            classes.push_str(" input--");
            classes.push_str(&self.width);
        }
        if self.kind == Kind::Long && self.style == "reading" {
            classes.push_str(" input--reading");
        }
        classes
    }

    fn is_long(&self) -> bool {
        self.kind == Kind::Long
    }

    fn is_checkbox(&self) -> bool {
        self.kind == Kind::Checkbox
    }

    fn is_radio(&self) -> bool {
        self.kind == Kind::Radios
    }

    fn is_file(&self) -> bool {
        self.kind == Kind::File
    }

    fn is_select(&self) -> bool {
        self.kind == Kind::Select
    }
}

/// Every complaint about a form, each linked to its field. It takes the focus when the page comes back.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "components/problems.html")]
pub struct Problems {
    items: Vec<(String, String)>,
}

impl askama::filters::HtmlSafe for Problems {}

/// The hidden fields against forged and doubled forms: `_csrf` and `_once`.
#[derive(Debug, Clone, Default, Template)]
#[template(
    source = r#"<input type="hidden" name="_csrf" value="{{ csrf }}"><input type="hidden" name="_once" value="{{ once }}">"#,
    ext = "html"
)]
pub struct Guard {
    /// The session's token.
    pub csrf: String,
    /// The identifier of this rendering.
    pub once: String,
}

impl askama::filters::HtmlSafe for Guard {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_still_there_and_marked_when_it_cannot_be_read() {
        let form = Form::typed([("email", "ada@")]).complain("email", "Enter an e-mail address");
        let html = form.email("email", "E-mail").hint("For work").to_string();
        assert!(html.contains(r#"value="ada@""#));
        assert!(html.contains(r#"aria-invalid="true""#));
        assert!(html.contains(r#"aria-describedby="f-email-hint f-email-wrong""#));
        assert!(form.summary().to_string().contains(r##"href="#f-email""##));
    }

    #[test]
    fn a_password_is_never_written_back() {
        let form = Form::typed([("password", "hunter2")]);
        assert!(
            !form
                .password("password", "Password")
                .or("hunter2")
                .to_string()
                .contains("hunter2")
        );
    }

    #[test]
    fn a_form_without_complaints_has_no_summary() {
        assert_eq!(Form::new().summary().to_string().trim(), "");
    }

    #[test]
    fn typed_text_cannot_break_out_of_its_field() {
        let form = Form::typed([("name", "\"><script>alert(1)</script>")]);
        assert!(!form.text("name", "Name").to_string().contains("<script>"));
        assert!(!form.long_text("name", "Name").to_string().contains("<script>"));
    }

    #[test]
    fn several_boxes_keep_their_ticks() {
        let form = Form::typed([("role", "tutor"), ("role", "assessor")]);
        let options = [
            Choice::new("assessor", "Assessor"),
            Choice::new("tutor", "Tutor"),
            Choice::new("iqa", "Verifier"),
        ];
        let html = form.checkboxes("role", "Roles", &options).to_string();
        assert_eq!(html.matches(" checked").count(), 2);
    }
}
