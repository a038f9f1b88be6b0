//! Walks the demonstration's pages link by link, as everybody: no link leads nowhere, no page fails.

use crate::house::{House, PEOPLE, Visitor, copy_demonstration};
use assay_web::routes::{Listed, catalogue};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// How many addresses of one pattern one person looks at.
const OF_EACH: usize = 4;

/// What a walk saw.
#[derive(Default)]
pub struct Seen {
    /// For each declared path the first address seen that fits it, in a link or as a form's target.
    pub examples: BTreeMap<&'static str, String>,
    /// What each name between braces stood for, the first time it was seen.
    pub values: BTreeMap<&'static str, String>,
    /// What went wrong.
    pub wrong: Vec<String>,
    /// How many pages were read.
    pub pages: usize,
}

impl Seen {
    /// Notes an address, and answers the path that it fits.
    fn note(&mut self, listed: &[Listed], method: &str, address: &str) -> Option<&'static str> {
        let path = address.split(['?', '#']).next().unwrap_or_default();
        let fitting = listed.iter().filter(|route| route.method == method);
        // A literal part wins over one between braces.
        let found = fitting
            .filter(|route| values_of(route.path, path).is_some())
            .min_by_key(|route| route.path.matches('{').count())?
            .path;
        self.examples.entry(found).or_insert_with(|| path.to_owned());
        for (name, value) in values_of(found, path).unwrap_or_default() {
            self.values.entry(name).or_insert(value);
        }
        Some(found)
    }
}

/// What stands between the braces of a pattern where a path fits it.
pub fn values_of(pattern: &'static str, path: &str) -> Option<Vec<(&'static str, String)>> {
    let (pattern, path) = (pattern.split('/'), path.split('/'));
    if pattern.clone().count() != path.clone().count() {
        return None;
    }
    let mut values = Vec::new();
    for (pattern, part) in pattern.zip(path) {
        match pattern.strip_prefix('{') {
            Some(rest) => {
                let (name, suffix) = rest.split_once('}')?;
                let value = part.strip_suffix(suffix).filter(|value| !value.is_empty())?;
                values.push((name, value.to_owned()));
            }
            None if pattern == part => {}
            None => return None,
        }
    }
    Some(values)
}

/// Every value of an attribute in a page.
fn attributes(html: &str, name: &str) -> Vec<String> {
    let start = format!(" {name}=\"");
    html.split(start.as_str())
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|value| value.replace("&amp;", "&"))
        .collect()
}

/// Walks as one person from home.
pub async fn walk(visitor: &mut Visitor, name: &str, listed: &[Listed], seen: &mut Seen) {
    let mut waiting: VecDeque<(String, String)> = VecDeque::from([("/".to_owned(), "home".to_owned())]);
    let mut known: BTreeSet<String> = BTreeSet::from(["/".to_owned()]);
    let mut looked: BTreeMap<&str, usize> = BTreeMap::new();
    while let Some((address, from)) = waiting.pop_front() {
        let Some(pattern) = seen.note(listed, "GET", &address) else {
            seen.wrong.push(format!(
                "{name}: {from} links to {address}, which nothing answers"
            ));
            continue;
        };
        let count = looked.entry(pattern).or_default();
        *count += 1;
        if *count > OF_EACH {
            continue;
        }
        let answer = visitor.get(&address).await;
        seen.pages += 1;
        let status = answer.status.as_u16();
        if !(200..400).contains(&status) {
            seen.wrong.push(format!(
                "{name}: {from} links to {address}, which answers {status}"
            ));
            continue;
        }
        let mut leads = attributes(&answer.body, "href");
        leads.extend(Some(answer.location).filter(|to| !to.is_empty()));
        if !answer.media.starts_with("text/html") {
            continue;
        }
        for lead in leads {
            let lead = lead.split('#').next().unwrap_or_default().to_owned();
            let ours = lead.starts_with('/') && !lead.starts_with("/assets/");
            if ours && known.insert(lead.clone()) {
                waiting.push_back((lead, address.clone()));
            }
        }
        for target in attributes(&answer.body, "action") {
            let posted = seen.note(listed, "POST", &target).is_some();
            if !posted && seen.note(listed, "GET", &target).is_none() {
                seen.wrong.push(format!(
                    "{name}: a form on {address} goes to {target}, which nothing answers"
                ));
            }
        }
    }
}

/// Walks as everybody of the demonstration.
pub async fn walk_as_everybody(house: &House) -> Seen {
    let listed = catalogue();
    let mut seen = Seen::default();
    for (_, name) in PEOPLE {
        let mut visitor = house.enter(name).await;
        walk(&mut visitor, name, &listed, &mut seen).await;
    }
    walk(&mut house.visitor(), "nobody", &listed, &mut seen).await;
    seen
}

#[tokio::test]
async fn every_link_that_anybody_is_shown_leads_somewhere() {
    let folder = tempfile::tempdir().unwrap();
    copy_demonstration(folder.path());
    let seen = walk_as_everybody(&House::open(folder.path())).await;
    println!("{} pages read", seen.pages);
    assert!(seen.wrong.is_empty(), "{}", seen.wrong.join("\n"));
    assert!(seen.pages > 50, "only {} pages were found", seen.pages);
}
