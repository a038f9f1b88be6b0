//! A small set of line icons, drawn for this program on a grid of 20 by 20.
//!
//! Icons are ornaments beside words: they are hidden from screen readers and never carry a meaning alone.

use std::fmt;

/// An icon as inline SVG. In a template: `{{ crate::icon("check") }}` or `{{ ui::icon("check") }}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Icon<'a> {
    name: &'a str,
    class: &'a str,
}

/// The icon of that name; an unknown name draws a plain circle, so that a page never breaks over an ornament.
pub fn icon(name: &str) -> Icon<'_> {
    Icon { name, class: "" }
}

impl<'a> Icon<'a> {
    /// The same icon with a further class.
    pub fn class(self, class: &'a str) -> Self {
        Self { class, ..self }
    }
}

/// Names and paths. A path is stroked, not filled.
pub const ICONS: &[(&str, &str)] = &[
    ("alert", "M10 3 18 17H2zM10 8.5v4M10 14.8v.2"),
    ("archive", "M3 4h14v4H3zM4 8v8h12V8M8 11.5h4"),
    ("arrow-down", "M10 4v12M5.5 11.5 10 16l4.5-4.5"),
    ("arrow-left", "M16 10H4M8.5 5.5 4 10l4.5 4.5"),
    ("arrow-right", "M4 10h12M11.5 5.5 16 10l-4.5 4.5"),
    ("arrow-up", "M10 16V4M5.5 8.5 10 4l4.5 4.5"),
    (
        "award",
        "M10 2.5a5 5 0 1 1 0 10 5 5 0 0 1 0-10zM7 11.6 6 18l4-2 4 2-1-6.4",
    ),
    (
        "book",
        "M3 4.5C5.5 3.5 8 3.7 10 5v12c-2-1.3-4.500-1.500-7-.5zM17 4.500C14.500 3.500 12 3.700 10 5v12c2-1.300 4.500-1.500 7-.5z",
    ),
    ("calendar", "M3 5h14v12H3zM3 9h14M7 3v3.500M13 3v3.500"),
    ("chart", "M3 17h14M5.500 14v-4M10 14V5M14.500 14V8"),
    ("check", "M4 10.500 8.200 15 16 5.500"),
    (
        "circle",
        "M10 3.500a6.500 6.500 0 1 1 0 13 6.500 6.500 0 0 1 0-13z",
    ),
    (
        "clock",
        "M10 2.500a7.500 7.500 0 1 1 0 15 7.500 7.500 0 0 1 0-15zM10 6v4.300l2.800 1.700",
    ),
    ("cross", "M5 5l10 10M15 5 5 15"),
    ("dash", "M4.500 10h11"),
    (
        "document",
        "M5 2.500h6.500L15.500 6.500v11H5zM11.500 2.500v4h4M7.500 10.500h5M7.500 13.500h5",
    ),
    ("download", "M10 3v9.500M6 9l4 4 4-4M3.500 16.500h13"),
    (
        "eye",
        "M2 10c2-3.600 4.700-5.400 8-5.400s6 1.800 8 5.400c-2 3.600-4.700 5.400-8 5.400S4 13.600 2 10zM10 7.600a2.400 2.400 0 1 1 0 4.800 2.400 2.400 0 0 1 0-4.800z",
    ),
    ("film", "M3 4.500h14v11H3zM8.300 7.500v5l4.200-2.500z"),
    ("flag", "M5 17.500v-14M5 4h10l-2.200 3.300L15 10.600H5"),
    (
        "home",
        "M3 9.500 10 3.500l7 6M5 8.500v8h3.500v-4.500h3v4.500H15v-8",
    ),
    (
        "info",
        "M10 2.500a7.500 7.500 0 1 1 0 15 7.500 7.500 0 0 1 0-15zM10 9.300V14M10 6.300v.2",
    ),
    (
        "key",
        "M6.500 9.500a3.500 3.500 0 1 1 0 7 3.500 3.500 0 0 1 0-7zM9 10.500l7.500-7.500M13 6.500l2.500 2.500",
    ),
    (
        "link",
        "M8.500 11.500a3.200 3.200 0 0 0 4.600 0l2.600-2.600a3.200 3.200 0 0 0-4.600-4.600L9.800 5.600M11.500 8.500a3.200 3.200 0 0 0-4.600 0l-2.600 2.600a3.200 3.200 0 0 0 4.600 4.600l1.300-1.300",
    ),
    (
        "list",
        "M7.500 5H17M7.500 10H17M7.500 15H17M3.500 5h.2M3.500 10h.2M3.500 15h.2",
    ),
    ("lock", "M4.500 9h11v8h-11zM7 9V6.500a3 3 0 0 1 6 0V9"),
    ("mail", "M2.500 5h15v10.500h-15zM2.500 5.500 10 11l7.500-5.500"),
    ("menu", "M3 5.500h14M3 10h14M3 14.500h14"),
    ("message", "M3 4h14v9.500H9.500L5.500 17v-3.500H3z"),
    (
        "pen",
        "M3.500 16.500l.8-3.600L13.500 3.700l2.800 2.800-9.200 9.200zM11.500 5.700l2.800 2.800",
    ),
    (
        "people",
        "M7.500 4a2.800 2.800 0 1 1 0 5.600 2.800 2.800 0 0 1 0-5.600zM2 16.500c.4-3.300 2.300-5 5.500-5s5.100 1.700 5.500 5M13 4.300a2.700 2.700 0 0 1 0 5M14.500 11.800c2 .6 3.200 2.200 3.500 4.700",
    ),
    (
        "person",
        "M10 3a3.400 3.400 0 1 1 0 6.800A3.400 3.400 0 0 1 10 3zM3.500 17c.5-3.700 2.700-5.500 6.500-5.500s6 1.800 6.500 5.500",
    ),
    (
        "picture",
        "M3 4h14v12H3zM3 13.500l4-4 3.500 3.500 2.500-2.500 4 4M13 7.200v.1",
    ),
    ("plus", "M10 4v12M4 10h12"),
    ("print", "M6 7V3h8v4M6 14H3V7h14v7h-3M6 11.500h8v5.500H6z"),
    ("return", "M4 8h8.500a4 4 0 0 1 0 8H9M7.500 4.500 4 8l3.500 3.500"),
    (
        "scales",
        "M10 3v14M6 17h8M4 5.500h12M4 5.500 1.800 11h4.400zM16 5.500 13.800 11h4.400z",
    ),
    (
        "search",
        "M8.700 3.200a5.500 5.500 0 1 1 0 11 5.500 5.500 0 0 1 0-11zM13 13l4 4",
    ),
    ("settings", "M3 6h8M15 6h2M3 14h2M9 14h8M13 4v4M7 12v4"),
    (
        "shield",
        "M10 2.500l6.500 2.300v4.700c0 4-2.600 6.700-6.500 8-3.900-1.300-6.500-4-6.500-8V4.800zM7 9.800l2.200 2.200 3.900-4.200",
    ),
    (
        "sign",
        "M3 14c2-6 4-9 5-8s-2.500 7-1.500 8 2-3.500 3-3 0 2.500 1 2.500 1.500-1 2.500-1.500M3 17h14",
    ),
    (
        "sound",
        "M3.500 7.500v5h3L11 16V4L6.500 7.500zM13.500 7.500a3.500 3.500 0 0 1 0 5M15.500 5a7 7 0 0 1 0 10",
    ),
    (
        "stop",
        "M10 2.500a7.500 7.500 0 1 1 0 15 7.500 7.500 0 0 1 0-15zM5 15 15 5",
    ),
    ("upload", "M10 13V3.500M6 7.500l4-4 4 4M3.500 16.500h13"),
];

impl fmt::Display for Icon<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = ICONS
            .iter()
            .find(|(name, _)| *name == self.name)
            .or_else(|| ICONS.iter().find(|(name, _)| *name == "circle"))
            .map_or("", |(_, path)| path);
        let space = if self.class.is_empty() { "" } else { " " };
        write!(
            f,
            r#"<svg class="icon{space}{}" viewBox="0 0 20 20" aria-hidden="true" focusable="false"><path d="{path}"/></svg>"#,
            self.class.replace(['"', '<', '&'], "")
        )
    }
}

impl askama::FastWritable for Icon<'_> {
    fn write_into(&self, dest: &mut dyn fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        write!(dest, "{self}")?;
        Ok(())
    }
}

impl askama::filters::HtmlSafe for Icon<'_> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_name_draws_a_circle_and_never_breaks_out_of_its_attribute() {
        assert!(icon("no such").to_string().contains("M10 3.500a6.500"));
        assert!(
            !icon("check")
                .class("x\"><script>")
                .to_string()
                .contains("<script")
        );
    }

    #[test]
    fn names_are_sorted_and_unique() {
        assert!(ICONS.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
