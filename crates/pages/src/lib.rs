//! Pages: structs in, HTML out. Components, styles, small scripts, drawings and the samples that tests render.
//!
//! # Adding a page
//!
//! A page is one struct and one HTML file of the same name:
//!
//! 1. `src/<noun>/<page>.rs` holds the struct. It has the [`Shell`], the view that a query of `assay-app` returned,
//!    the [`Form`](form::Form)s of the page, and permissions already decided ([`Act`](message::Act): the button, or
//!    the refusal that explains its absence). Logic sits in small methods; the HTML only shows.
//!
//!    ```ignore
//!    /// The list of a centre's learners.
//!    #[derive(Debug, Template)]
//!    #[template(path = "learner/list.html")]
//!    pub struct LearnerListPage {
//!        pub shell: Shell,
//!        pub learners: DataTable,
//!        pub pages: Pages,
//!        pub form: Form,
//!    }
//!    ```
//!
//! 2. `templates/<noun>/<page>.html` extends a frame and fills its blocks:
//!
//!    ```html
//!    {% extends "shell.html" %}
//!    {% import "components/ui.html" as ui %}
//!    {% block content %}
//!    {% call ui::page_head("Learners", lead="Everybody registered here.") %}
//!      <a class="button" href="/learners/new">{{ ui::icon("plus") }}Register a learner</a>
//!    {% endcall %}
//!    <form class="form" method="post" action="/learners" novalidate>
//!      {{ shell.guard() }}
//!      {{ form.summary() }}
//!      {{ form.text("name", "Full name").hint("As on a passport").autocomplete("name") }}
//!      {{ form.select("level", "Level", levels) }}
//!      <div class="actions"><button class="button" type="submit">Save</button></div>
//!    </form>
//!    {{ learners }}
//!    {{ pages }}
//!    {% endblock %}
//!    ```
//!
//!    Frames: `shell.html` (signed in, with navigation), `gate.html` (one narrow column: signing in, a link from an
//!    e-mail), `public.html` (for anybody: the check of a certificate; further blocks `heading` and `lead`).
//!
//! 3. A test renders a sample: `crate::soundness::assert_sound(&page.render().unwrap())`.
//!
//! 4. The web room fills the struct and answers with `page.render()`.
//!
//! # What there is
//!
//! Values that print themselves, `{{ value }}` in a template:
//!
//! | Value | For |
//! |---|---|
//! | [`form::Form`] -> [`form::Field`] | every kind of field, with label, hint and complaint; [`form::Form::summary`] above |
//! | [`Shell::guard`] | the two hidden fields that every form that writes must carry |
//! | [`message::Refusals`], [`message::Act`] | what the rules forbid, and what would help |
//! | [`message::Notice`], [`message::Empty`], [`message::Tag`], [`message::due`] | messages, empty places, status, due dates |
//! | [`table::DataTable`] | records; cards on a phone, sortable, never wider than the page |
//! | [`way::Tabs`], [`way::Pages`], [`way::Steps`], [`way::Timeline`] | ways through pages; the audit trail |
//! | [`drawing::Rings`], [`drawing::Bars`], [`drawing::CriteriaGrid`], [`drawing::WordGauge`] | progress |
//! | [`editor::Editor`] | writing, kept while it is typed |
//! | [`confirm::ConfirmPage`] | a page that asks before an act, with its consequences and a reason |
//! | [`desk::DeskPage`] | the marking desk |
//! | [`message::Seal`] | the answer to the check of a certificate, on public pages |
//! | [`Shell::when`], [`format`] | instants, days, numbers, sizes, plurals |
//!
//! Macros with a body (`templates/components/ui.html`), `{% call ui::card("Title") %}…{% endcall %}`: `page_head`,
//! `card`, `notice`, `table_region`, `more`, `fact`, `work_item`, `search`.
//!
//! Classes for layout: `stack`, `stack-l`, `cluster`, `grid`, `split`, `prose`, `facts`, `figures`, `work`, `actions`.
//! `cargo run -p assay-pages --example styleguide -- <folder>` writes a page with all of it.
//!
//! # Rules
//!
//! - No `style` attribute, no `<style>`, no script text, no event attribute: the content policy forbids them. A drawing
//!   uses classes and SVG attributes. A script is a module in `src/scripts/`, named in the block `scripts`:
//!   `<script type="module" src="{{ crate::asset_url("autosave.js") }}"></script>`; the page works without it.
//! - Askama hands arguments to methods by reference, so parameters are `&str` or `impl Display`; `{% if *flag %}` may
//!   need its star inside a loop.
//! - One `h1` per page (from `page_head`), headings in order, every control with a label, no meaning by colour alone.

pub mod about;
pub mod account;
pub mod api;
pub mod assets;
pub mod award;
pub mod centre;
mod centre_choice;
pub mod confirm;
pub mod desk;
pub mod drawing;
pub mod editor;
pub mod evidence;
pub mod external_assessment;
pub mod form;
pub mod format;
pub mod glossary;
pub mod home;
pub mod icon;
pub mod judgement;
pub mod message;
pub mod people;
pub mod problem;
pub mod registration;
#[cfg(test)]
mod samples;
pub mod shell;
#[cfg(test)]
pub(crate) mod soundness;
pub mod specification;
pub mod styleguide;
pub mod submission;
pub mod syllabus;
pub mod table;
pub mod way;

pub use assets::asset_url;
pub use form::{Choice, Form};
pub use icon::icon;
pub use message::{Notice, Tone};
pub use shell::{Crumb, NavLink, PersonBadge, Shell};

use askama::Template;

/// The program's mark: a hallmark's cut corners, a letter A whose bar is a tick.
#[derive(Debug, Clone, Copy, Template)]
#[template(path = "components/mark.html")]
pub struct Mark;

impl askama::filters::HtmlSafe for Mark {}

/// The mark, for frames.
pub fn mark() -> Mark {
    Mark
}

/// The fine lines behind the head of a public page, as on printed certificates.
#[derive(Debug, Clone, Template)]
#[template(path = "components/guilloche.html")]
pub struct Guilloche {
    turns: Vec<u16>,
}

impl askama::filters::HtmlSafe for Guilloche {}

/// The fine lines: ellipses turned about one centre.
pub fn guilloche() -> Guilloche {
    Guilloche {
        turns: (0..36).map(|turn| turn * 5).collect(),
    }
}
