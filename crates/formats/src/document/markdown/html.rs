//! Markdown as HTML that is safe whatever the text holds.

use std::fmt::Write as _;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Parser, Tag, TagEnd};

use super::{level_of, options};

/// What the HTML made from Markdown may hold.
#[derive(Debug, Clone, Copy)]
pub struct HtmlPolicy<'a> {
    /// Pictures are shown only from addresses that begin with this, as in `/evidence/`; of others the alternative text
    /// is shown. Empty: no pictures.
    pub picture_prefix: &'a str,
    /// The level of heading that a first-level heading becomes, so that the page keeps one outline; 1 to 6.
    pub first_heading: u8,
}

/// Markdown as HTML that is safe to put into a page whatever the text holds: raw HTML is shown as characters, links lead
/// only to `http`, `https`, `mailto` or a relative address, pictures come only from the prefix given, and no attribute
/// but `href`, `rel`, `src`, `alt`, `scope` and `id` of notes is ever written.
#[must_use]
pub fn html(text: &str, policy: HtmlPolicy<'_>) -> String {
    Html {
        out: String::with_capacity(text.len() * 2),
        policy,
        in_head: false,
        picture: None,
        links: Vec::new(),
        depth: 0,
    }
    .render(text)
}

/// Blocks nested deeper than this are shown without further nesting: browsers are slow with thousands of levels.
const DEEPEST: usize = 100;

struct Html<'a> {
    out: String,
    policy: HtmlPolicy<'a>,
    in_head: bool,
    /// While a picture is open: its address if it may be shown, and its alternative text so far.
    picture: Option<(Option<String>, String)>,
    /// Links that are open, and whether each was written.
    links: Vec<bool>,
    depth: usize,
}

impl Html<'_> {
    fn render(mut self, text: &str) -> String {
        for event in Parser::new_ext(text, options()) {
            match event {
                Event::Start(tag) => {
                    self.depth += 1;
                    self.start(tag);
                }
                Event::End(tag) => {
                    self.end(tag);
                    self.depth = self.depth.saturating_sub(1);
                }
                Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
                Event::Code(text) => {
                    if self.picture.is_some() {
                        self.text(&text);
                    } else {
                        self.out.push_str("<code>");
                        self.text(&text);
                        self.out.push_str("</code>");
                    }
                }
                Event::SoftBreak => self.text("\n"),
                Event::HardBreak if self.picture.is_none() => self.out.push_str("<br>\n"),
                Event::Rule => self.out.push_str("<hr>\n"),
                Event::FootnoteReference(name) => {
                    let _ = write!(self.out, "<sup>{}</sup>", escaped(&name));
                }
                _ => {}
            }
        }
        self.out
    }

    fn text(&mut self, text: &str) {
        match &mut self.picture {
            Some((_, alternative)) => alternative.push_str(text),
            None => self.out.push_str(&escaped(text)),
        }
    }

    fn heading(&self, level: HeadingLevel) -> u8 {
        (level_of(level) + self.policy.first_heading.clamp(1, 6) - 1).min(6)
    }

    fn nested(&self) -> bool {
        self.depth <= DEEPEST
    }

    fn start(&mut self, tag: Tag<'_>) {
        let nested = self.nested();
        match tag {
            Tag::Paragraph => self.out.push_str("<p>"),
            Tag::Heading { level, .. } => {
                let level = self.heading(level);
                let _ = write!(self.out, "<h{level}>");
            }
            Tag::BlockQuote(_) if nested => self.out.push_str("<blockquote>\n"),
            Tag::CodeBlock(_) => self.out.push_str("<pre><code>"),
            Tag::HtmlBlock => self.out.push_str("<p>"),
            Tag::List(Some(first)) if nested => {
                if first == 1 {
                    self.out.push_str("<ol>\n");
                } else {
                    let _ = writeln!(self.out, "<ol start=\"{first}\">");
                }
            }
            Tag::List(None) if nested => self.out.push_str("<ul>\n"),
            Tag::Item if nested => self.out.push_str("<li>"),
            Tag::FootnoteDefinition(name) => {
                let _ = write!(self.out, "<div><sup>{}</sup> ", escaped(&name));
            }
            Tag::Table(_) => self.out.push_str("<table>\n"),
            Tag::TableHead => {
                self.in_head = true;
                self.out.push_str("<thead><tr>");
            }
            Tag::TableRow => self.out.push_str("<tr>"),
            Tag::TableCell if self.in_head => self.out.push_str("<th scope=\"col\">"),
            Tag::TableCell => self.out.push_str("<td>"),
            Tag::Emphasis if nested && self.picture.is_none() => self.out.push_str("<em>"),
            Tag::Strong if nested && self.picture.is_none() => self.out.push_str("<strong>"),
            Tag::Strikethrough if nested && self.picture.is_none() => self.out.push_str("<del>"),
            Tag::Link { dest_url, .. } => {
                let written = nested && self.picture.is_none() && link_is_safe(&dest_url);
                if written {
                    let _ = write!(
                        self.out,
                        "<a href=\"{}\" rel=\"nofollow noopener\">",
                        escaped(&dest_url)
                    );
                }
                self.links.push(written);
            }
            Tag::Image { dest_url, .. } if self.picture.is_none() => {
                let allowed = !self.policy.picture_prefix.is_empty()
                    && dest_url.starts_with(self.policy.picture_prefix)
                    && link_is_safe(&dest_url)
                    && !dest_url.contains("..");
                self.picture = Some((allowed.then(|| dest_url.into_string()), String::new()));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        let nested = self.nested();
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.out.push_str("</p>\n"),
            TagEnd::Heading(level) => {
                let level = self.heading(level);
                let _ = writeln!(self.out, "</h{level}>");
            }
            TagEnd::BlockQuote(_) if nested => self.out.push_str("</blockquote>\n"),
            TagEnd::CodeBlock => self.out.push_str("</code></pre>\n"),
            TagEnd::List(true) if nested => self.out.push_str("</ol>\n"),
            TagEnd::List(false) if nested => self.out.push_str("</ul>\n"),
            TagEnd::Item if nested => self.out.push_str("</li>\n"),
            TagEnd::FootnoteDefinition => self.out.push_str("</div>\n"),
            TagEnd::Table => self.out.push_str("</tbody></table>\n"),
            TagEnd::TableHead => {
                self.in_head = false;
                self.out.push_str("</tr></thead>\n<tbody>\n");
            }
            TagEnd::TableRow => self.out.push_str("</tr>\n"),
            TagEnd::TableCell if self.in_head => self.out.push_str("</th>"),
            TagEnd::TableCell => self.out.push_str("</td>"),
            TagEnd::Emphasis if nested && self.picture.is_none() => self.out.push_str("</em>"),
            TagEnd::Strong if nested && self.picture.is_none() => self.out.push_str("</strong>"),
            TagEnd::Strikethrough if nested && self.picture.is_none() => self.out.push_str("</del>"),
            TagEnd::Link => {
                let written = self.links.pop().unwrap_or_default();
                if written {
                    self.out.push_str("</a>");
                }
            }
            TagEnd::Image => {
                if let Some((address, alternative)) = self.picture.take() {
                    match address {
                        Some(address) => {
                            let _ = write!(
                                self.out,
                                "<img src=\"{}\" alt=\"{}\">",
                                escaped(&address),
                                escaped(&alternative)
                            );
                        }
                        None => self.out.push_str(&escaped(&alternative)),
                    }
                }
            }
            _ => {}
        }
    }
}

/// Whether a link may be followed from a page: `http`, `https`, `mailto`, or relative within this site.
fn link_is_safe(address: &CowStr<'_>) -> bool {
    // Browsers drop these before they look for the scheme, so "java\nscript:" would slip past.
    let address: String = address
        .chars()
        .filter(|c| !c.is_control() && !c.is_whitespace())
        .collect();
    let lower = address.to_ascii_lowercase();
    if ["http://", "https://", "mailto:"]
        .iter()
        .any(|scheme| lower.starts_with(scheme))
    {
        return true;
    }
    // "//elsewhere" and "/\elsewhere" lead to another site.
    let leaves_site = lower.starts_with("//") || lower.starts_with("/\\") || lower.starts_with('\\');
    let before_path = lower.split(['/', '?', '#']).next().unwrap_or_default();
    !leaves_site && !before_path.contains(':')
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\0' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn safe(text: &str) -> String {
        html(
            text,
            HtmlPolicy {
                picture_prefix: "/evidence/",
                first_heading: 2,
            },
        )
    }

    #[test]
    fn raw_html_is_shown_as_the_characters_it_is_made_of() {
        let out = safe("<script>alert(1)</script>\n\nA <b onclick=x>word</b>.");
        assert!(!out.contains("<script") && !out.contains("<b "), "{out}");
        assert!(out.contains("&lt;script&gt;"));
    }

    #[test]
    fn links_lead_nowhere_but_to_the_web_mail_or_this_site() {
        assert!(
            safe("[a](https://example.org/?a=1&b=2)").contains("href=\"https://example.org/?a=1&amp;b=2\"")
        );
        assert!(safe("[a](mailto:a@example.org)").contains("href="));
        assert!(safe("[a](/units/1)").contains("href=\"/units/1\""));
        for address in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "<java\tscript:alert(1)>",
            "data:text/html,x",
            "vbscript:x",
            "//elsewhere.example",
            "/\\elsewhere.example",
            "file:///etc/passwd",
        ] {
            let out = safe(&format!("[word]({address})"));
            assert!(!out.contains("<a "), "{address}: {out}");
            assert!(out.contains("word"));
        }
    }

    #[test]
    fn pictures_come_only_from_the_prefix_given() {
        assert!(safe("![A plan](/evidence/1.png)").contains("<img src=\"/evidence/1.png\" alt=\"A plan\">"));
        for address in [
            "https://example.org/track.png",
            "/evidence/../admin",
            "/other/1.png",
        ] {
            let out = safe(&format!("![A plan]({address})"));
            assert!(!out.contains("<img") && out.contains("A plan"), "{out}");
        }
    }

    #[test]
    fn headings_keep_the_outline_of_the_page_and_tables_their_headers() {
        assert_eq!(safe("# Aim"), "<h2>Aim</h2>\n");
        let out = safe("| a | b |\n|---|---|\n| 1 | 2 |");
        assert!(out.contains("<th scope=\"col\">a</th>") && out.contains("<td>2</td>"));
    }
}
