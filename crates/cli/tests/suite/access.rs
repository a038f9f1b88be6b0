//! The access table: every declared address asked by everybody, forms sent empty; one reviewed snapshot of the answers.

use crate::house::{House, PEOPLE, Visitor, copy, copy_demonstration, hidden};
use crate::walk::{Seen, walk_as_everybody};
use assay_web::routes::{Listed, catalogue};
use axum::http::Method;
use std::collections::BTreeMap;

/// The address that a route is asked at: one seen in the demonstration; else with the values that its names have
/// elsewhere; else with words that stand for nothing.
fn address(route: &Listed, seen: &Seen) -> (String, bool) {
    if let Some(example) = seen.examples.get(route.path) {
        return (example.clone(), true);
    }
    let mut real = true;
    let parts: Vec<String> = route
        .path
        .split('/')
        .map(|part| {
            let Some((name, suffix)) = part.strip_prefix('{').and_then(|rest| rest.split_once('}')) else {
                return part.to_owned();
            };
            match seen.values.get(name) {
                Some(value) => format!("{value}{suffix}"),
                None => {
                    real = false;
                    format!("nothing{suffix}")
                }
            }
        })
        .collect();
    (parts.join("/"), real)
}

async fn ask(visitor: &mut Visitor, token: Option<&str>, route: &Listed, address: &str) -> u16 {
    let method: Method = route.method.parse().unwrap();
    if route.path.starts_with("/api/") {
        let mut program = visitor.clone();
        program.token = Some(token.unwrap_or("assay_nothing").to_owned());
        let (media, body) = if method == Method::GET {
            (None, String::new())
        } else {
            (Some("application/json"), "{}".to_owned())
        };
        return program.send(method, address, media, body).await.status.as_u16();
    }
    if method == Method::GET {
        return visitor.get(address).await.status.as_u16();
    }
    let on = if token.is_some() { "/account" } else { "/sign-in" };
    let page = visitor.get(on).await;
    let csrf = hidden(&page.body, "_csrf").unwrap_or_else(|| panic!("no form on {on}: {}", page.body));
    visitor.form(address, &[("_csrf", csrf)]).await.status.as_u16()
}

/// Reads come first, signing out and ending one's sessions last; between them in the order of the paths.
fn order(route: &Listed) -> (u8, bool, &'static str, String) {
    let last = match (route.method.as_str(), route.path) {
        ("DELETE", "/api/v1/account/sessions") => 2,
        ("POST", "/sign-out") => 1,
        _ => 0,
    };
    (last, route.method != "GET", route.path, route.method.clone())
}

#[tokio::test]
async fn everybody_is_answered_as_the_table_says() {
    let folder = tempfile::tempdir().unwrap();
    let first = folder.path().join("first");
    copy_demonstration(&first);
    let walked = folder.path().join("walked");
    copy(&first, &walked);
    let seen = walk_as_everybody(&House::open(&walked)).await;

    let mut routes = catalogue();
    routes.sort_by_key(order);
    let mut answers: BTreeMap<(&str, String), Vec<u16>> = BTreeMap::new();
    let mut broken = Vec::new();
    for (column, name) in std::iter::once(("nobody", None)).chain(PEOPLE.map(|(c, n)| (c, Some(n)))) {
        // Everybody finds the house as it was made, whatever the one before has set off.
        let data = folder.path().join(column.replace(' ', "-"));
        copy(&first, &data);
        let house = House::open(&data);
        let (mut visitor, token) = match name {
            Some(name) => {
                let mut visitor = house.enter(name).await;
                let token = visitor.make_token().await;
                (visitor, Some(token))
            }
            None => (house.visitor(), None),
        };
        for route in &routes {
            let (address, _) = address(route, &seen);
            let status = ask(&mut visitor, token.as_deref(), route, &address).await;
            if status >= 500 {
                broken.push(format!("{column}: {} {address} answers {status}", route.method));
            }
            let open = route.access.contains("anybody");
            if name.is_none() && !open && matches!(status, 200..=299) {
                broken.push(format!(
                    "nobody may ask {} {address}, and is answered {status}",
                    route.method
                ));
            }
            answers
                .entry((route.path, route.method.clone()))
                .or_default()
                .push(status);
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));

    let columns: Vec<&str> = std::iter::once("nobody")
        .chain(PEOPLE.map(|(column, _)| column))
        .collect();
    let mut table = format!("{}\n\n", columns.join(" | "));
    for route in catalogue() {
        let row = &answers[&(route.path, route.method.clone())];
        let statuses: Vec<String> = row.iter().map(u16::to_string).collect();
        let stands_for_nothing = if address(&route, &seen).1 {
            ""
        } else {
            " (not seen)"
        };
        table.push_str(&format!(
            "{} | {:<6} {}{} | {}\n",
            statuses.join(" "),
            route.method,
            route.path,
            stands_for_nothing,
            route.access
        ));
    }
    insta::assert_snapshot!("access", table);
}
