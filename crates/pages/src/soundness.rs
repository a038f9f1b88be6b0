//! For tests: what is wrong with a page's HTML, found by reading it once.
//!
//! `assert_sound(&page.render().unwrap())` belongs in the test of every page. It looks for what the content policy
//! forbids, for labels and descriptions that lead nowhere, doubled ids, forms without their hidden fields, headings
//! out of order and assets that do not exist. A browser with axe-core sees more; this sees it in a millisecond.

use std::collections::BTreeSet;

/// A tag as written: its name and attributes.
struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> Tag<'a> {
    fn get(&self, name: &str) -> Option<&'a str> {
        self.attributes
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| *value)
    }
}

/// The opening and closing tags of a page, in order; closing ones have a `/` before their name.
fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(from) = rest.find('<') {
        rest = &rest[from + 1..];
        let end = rest
            .find(|c: char| c.is_whitespace() || c == '>')
            .unwrap_or(rest.len());
        let name = rest[..end].trim_end_matches('/');
        rest = &rest[end..];
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start();
            if rest.is_empty() || rest.starts_with('>') {
                break;
            }
            if let Some(after) = rest.strip_prefix('/') {
                rest = after;
                continue;
            }
            let end = rest
                .find(|c: char| c.is_whitespace() || c == '=' || c == '>')
                .unwrap_or(rest.len());
            let key = &rest[..end];
            rest = &rest[end..];
            let value = match rest.strip_prefix("=\"") {
                Some(after) => {
                    let end = after.find('"').unwrap_or(after.len());
                    rest = after.get(end + 1..).unwrap_or("");
                    &after[..end]
                }
                None => "",
            };
            attributes.push((key, value));
        }
        tags.push(Tag { name, attributes });
    }
    tags
}

const VOID: &[&str] = &[
    "input", "meta", "link", "img", "br", "hr", "track", "!doctype", "source", "!DOCTYPE", "wbr",
];

/// Everything wrong with a whole page.
pub(crate) fn complaints(html: &str) -> Vec<String> {
    let tags = tags(html);
    let mut wrong = Vec::new();
    let mut ids = BTreeSet::new();
    let mut open: Vec<&str> = Vec::new();
    for tag in &tags {
        if let Some(id) = tag.get("id")
            && !ids.insert(id)
        {
            wrong.push(format!("two elements have the id {id}"));
        }
        if let Some(name) = tag.name.strip_prefix('/') {
            match open.pop() {
                Some(last) if last == name => {}
                last => {
                    wrong.push(format!("</{name}> closes {last:?}"));
                    return wrong;
                }
            }
        } else if !VOID.contains(&tag.name) && !tag.name.starts_with('!') {
            // SVG parts are written without closing tags.
            if !["path", "rect", "circle", "ellipse"].contains(&tag.name) {
                open.push(tag.name);
            }
        }
    }
    if !open.is_empty() {
        wrong.push(format!("never closed: {open:?}"));
    }
    let mut level = 0;
    let mut ones = 0;
    for tag in &tags {
        for (key, value) in &tag.attributes {
            match *key {
                "style" => wrong.push(format!("<{}> has a style attribute", tag.name)),
                key if key.starts_with("on") => wrong.push(format!("<{}> has {key}", tag.name)),
                "for" | "aria-labelledby" | "aria-describedby" | "form" | "data-wordcount" => {
                    for id in value.split_whitespace().filter(|id| !ids.contains(id)) {
                        wrong.push(format!("{key} leads to {id}, which is not there"));
                    }
                }
                "href" | "src"
                    if value.starts_with("/assets/") && crate::assets::find_asset(value).is_none() =>
                {
                    wrong.push(format!("no such asset: {value}"));
                }
                _ => {}
            }
        }
        match tag.name {
            "style" => wrong.push("a <style> element".to_owned()),
            "script" if tag.get("src").is_none() => wrong.push("a script written into the page".to_owned()),
            "img" if tag.get("alt").is_none() => wrong.push("a picture without alt".to_owned()),
            "svg" if tag.get("aria-hidden").is_none() && tag.get("role").is_none() => {
                wrong.push("a drawing that is neither hidden nor named".to_owned());
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let now = usize::from(tag.name.as_bytes()[1] - b'0');
                ones += usize::from(now == 1);
                if now > level + 1 {
                    wrong.push(format!("<h{now}> follows <h{level}>"));
                }
                level = now;
            }
            _ => {}
        }
    }
    if ones != 1 {
        wrong.push(format!("{ones} first headings"));
    }
    for form in html.split("<form").skip(1) {
        let form = form.split("</form>").next().unwrap_or(form);
        if form.contains("method=\"post\"")
            && !(form.contains("name=\"_csrf\"") && form.contains("name=\"_once\""))
        {
            wrong.push(format!(
                "a form without its guard: <form{}",
                form.chars().take(60).collect::<String>()
            ));
        }
    }
    wrong
}

/// Panics with everything wrong with a page.
pub(crate) fn assert_sound(html: &str) {
    let wrong = complaints(html);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[cfg(test)]
mod tests {
    use askama::Template;

    use super::*;

    #[test]
    fn every_sample_page_is_sound() {
        assert_sound(&crate::styleguide::StyleguidePage::sample().render().unwrap());
        assert_sound(&crate::styleguide::PublicSamplePage::sample().render().unwrap());
        assert_sound(&crate::desk::DeskPage::sample().render().unwrap());
        let read = crate::desk::DeskPage {
            read_only: true,
            ..crate::desk::DeskPage::sample()
        };
        assert_sound(&read.render().unwrap());
    }

    #[test]
    fn what_is_wrong_is_found() {
        let html = r#"<h2 style="x">A</h2><label for="no">B</label><form method="post"></form><script>1</script><div>"#;
        assert_eq!(complaints(html).len(), 7, "{:#?}", complaints(html));
    }
}
