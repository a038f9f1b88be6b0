//! Tables of records: caption, headings, sortable columns; on a phone each row becomes a card.
//!
//! For a table with cells of its own making, write it in the template inside
//! `{% call ui::table_region("Name of the table") %}…{% endcall %}`, which lets it scroll sideways in its own place.

use askama::Template;

use crate::message::{Empty, Tag};

/// A table of records: `{{ learners }}` in a template.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "components/table.html")]
pub struct DataTable {
    /// An id, unique in the page.
    pub id: String,
    /// What the table shows; read first by screen readers.
    pub caption: String,
    /// Whether the caption is for screen readers only, because a heading just above says the same.
    pub caption_hidden: bool,
    /// The headings.
    pub columns: Vec<Column>,
    /// The rows, each with as many cells as there are columns. The first cell names the row.
    pub rows: Vec<Vec<Cell>>,
    /// What to show when there are no rows.
    pub empty: Option<Empty>,
}

impl askama::filters::HtmlSafe for DataTable {}

impl DataTable {
    /// A table without rows.
    pub fn new(id: impl Into<String>, caption: impl Into<String>, columns: Vec<Column>) -> Self {
        Self {
            id: id.into(),
            caption: caption.into(),
            columns,
            ..Self::default()
        }
    }

    /// The same table with its rows.
    pub fn rows(mut self, rows: Vec<Vec<Cell>>) -> Self {
        self.rows = rows;
        self
    }

    /// The same table with its caption hidden from the eye.
    pub fn caption_hidden(mut self) -> Self {
        self.caption_hidden = true;
        self
    }

    /// The same table with what to show when it has no rows.
    pub fn empty(mut self, empty: Empty) -> Self {
        self.empty = Some(empty);
        self
    }

    fn column(&self, at: &usize) -> Option<&Column> {
        self.columns.get(*at)
    }
}

/// How a column is set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words, from the start of the line.
    #[default]
    Words,
    /// Figures, aligned at the end.
    Figures,
    /// What can be done with the row; its heading is for screen readers only.
    Actions,
}

/// A heading.
#[derive(Debug, Clone, Default)]
pub struct Column {
    /// The words.
    pub label: String,
    /// How the column is set.
    pub kind: ColumnKind,
    /// The link that sorts by this column, if it can be sorted.
    pub sort: Option<SortLink>,
}

impl Column {
    /// A column of words.
    pub fn words(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            ..Self::default()
        }
    }

    /// A column of figures.
    pub fn figures(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            kind: ColumnKind::Figures,
            sort: None,
        }
    }

    /// A column of things to do.
    pub fn actions(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            kind: ColumnKind::Actions,
            sort: None,
        }
    }

    /// The same column, sortable.
    pub fn sort(mut self, link: SortLink) -> Self {
        self.sort = Some(link);
        self
    }

    fn class(&self) -> &'static str {
        match self.kind {
            ColumnKind::Words => "",
            ColumnKind::Figures => "cell--number",
            ColumnKind::Actions => "cell--action",
        }
    }

    fn is_actions(&self) -> bool {
        self.kind == ColumnKind::Actions
    }
}

/// The direction in which a column is sorted now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sorted {
    /// From the least to the greatest.
    Ascending,
    /// From the greatest to the least.
    Descending,
}

/// A link that sorts by a column, or turns the order around.
#[derive(Debug, Clone, Default)]
pub struct SortLink {
    /// The address of the page sorted so.
    pub href: String,
    /// The present order, if the page is sorted by this column.
    pub sorted: Option<Sorted>,
}

impl SortLink {
    /// A link to the page sorted by `column`: `?sort=name`, or `?sort=-name` when it is already sorted by it.
    ///
    /// `query` is the rest of the page's query, without `sort`, e.g. `q=okafor`; `present` is the present `sort`.
    pub fn new(path: &str, query: &str, column: &str, present: &str) -> Self {
        let sorted = match present.strip_prefix('-') {
            Some(name) if name == column => Some(Sorted::Descending),
            None if present == column => Some(Sorted::Ascending),
            _ => None,
        };
        let sign = if sorted == Some(Sorted::Ascending) {
            "-"
        } else {
            ""
        };
        let joint = if query.is_empty() { "" } else { "&" };
        Self {
            href: format!("{path}?{query}{joint}sort={sign}{column}"),
            sorted,
        }
    }

    fn icon(&self) -> &'static str {
        match self.sorted {
            Some(Sorted::Ascending) => "arrow-up",
            Some(Sorted::Descending) => "arrow-down",
            None => "",
        }
    }

    fn aria(&self) -> &'static str {
        match self.sorted {
            Some(Sorted::Ascending) => "ascending",
            Some(Sorted::Descending) => "descending",
            None => "",
        }
    }
}

/// A cell: text, perhaps a link, a line below, tags.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    /// The text.
    pub text: String,
    /// Where the text leads.
    pub href: Option<String>,
    /// A smaller line below.
    pub small: Option<String>,
    /// Status tags after the text.
    pub tags: Vec<Tag>,
    /// What a screen reader hears after the text, e.g. whose row an "Open" belongs to.
    pub aside: Option<String>,
}

impl Cell {
    /// Text.
    pub fn text(text: impl ToString) -> Self {
        Self {
            text: text.to_string(),
            ..Self::default()
        }
    }

    /// A number, its thousands parted.
    pub fn number(number: impl std::fmt::Display) -> Self {
        Self::text(crate::format::number(number))
    }

    /// A link.
    pub fn link(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            href: Some(href.into()),
            ..Self::default()
        }
    }

    /// A status.
    pub fn tag(tag: Tag) -> Self {
        Self {
            tags: vec![tag],
            ..Self::default()
        }
    }

    /// The same cell with a smaller line below.
    pub fn small(mut self, text: impl Into<String>) -> Self {
        self.small = Some(text.into());
        self
    }

    /// The same cell with one more tag.
    pub fn and(mut self, tag: Tag) -> Self {
        self.tags.push(tag);
        self
    }

    /// The same cell with words for screen readers only.
    pub fn aside(mut self, text: impl Into<String>) -> Self {
        self.aside = Some(text.into());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorting_by_the_same_column_again_turns_the_order_around() {
        assert_eq!(
            SortLink::new("/learners", "q=a", "name", "").href,
            "/learners?q=a&sort=name"
        );
        let again = SortLink::new("/learners", "", "name", "name");
        assert_eq!(
            (again.href.as_str(), again.sorted),
            ("/learners?sort=-name", Some(Sorted::Ascending))
        );
        assert_eq!(
            SortLink::new("/learners", "", "name", "-name").href,
            "/learners?sort=name"
        );
    }

    #[test]
    fn a_table_names_its_rows_and_columns_for_screen_readers() {
        let table = DataTable::new(
            "t",
            "Learners",
            vec![Column::words("Name"), Column::figures("Credits")],
        )
        .rows(vec![vec![
            Cell::link("/learners/1", "Ada Okafor"),
            Cell::number(46),
        ]]);
        let html = table.to_string();
        for part in [
            "<caption",
            r#"scope="col""#,
            r#"scope="row""#,
            r#"data-label="Credits""#,
        ] {
            assert!(html.contains(part), "{part} is missing in {html}");
        }
    }

    #[test]
    fn a_table_without_rows_says_what_that_means() {
        let table = DataTable::new("t", "Learners", vec![])
            .empty(Empty::new("No learners yet", "Register the first."));
        let html = table.to_string();
        assert!(html.contains("No learners yet") && !html.contains("<table"));
    }
}
