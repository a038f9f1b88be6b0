//! The member of a JSON body that a complaint is about: `criteria[2].decision`. It is found again from the line and column at which
//! reading stopped: a library that keeps the place while it reads would have every kind of body compiled a second time.

/// Longest place that is told, in characters.
const LONGEST: usize = 200;

/// What is open at a point of the text.
enum Open {
    /// An object, the name of the member last begun, and whether a name comes next.
    Object { name: String, next_is_name: bool },
    /// An array, and the place of the member last begun.
    Array { at: usize },
}

/// The member at which reading stopped; empty for the body as a whole. A member that is missing is named where it should stand.
pub(super) fn of(body: &[u8], error: &serde_json::Error) -> String {
    let lines: usize = body
        .split_inclusive(|byte| *byte == b'\n')
        .take(error.line().saturating_sub(1))
        .map(<[u8]>::len)
        .sum();
    let read = body
        .get(..(lines + error.column()).min(body.len()))
        .unwrap_or(body);
    let mut place = written(&opened(read));
    let message = error.to_string();
    if let Some(missing) = message
        .strip_prefix("missing field `")
        .and_then(|rest| rest.split('`').next())
    {
        if !place.is_empty() {
            place.push('.');
        }
        place.push_str(missing);
    }
    place.chars().take(LONGEST).collect()
}

/// What is open once this much was read.
fn opened(read: &[u8]) -> Vec<Open> {
    let mut open = Vec::new();
    let mut bytes = read.iter().copied().enumerate();
    while let Some((from, byte)) = bytes.next() {
        match byte {
            b'"' => {
                let mut end = read.len();
                while let Some((at, inside)) = bytes.next() {
                    match inside {
                        b'\\' => {
                            bytes.next();
                        }
                        b'"' => {
                            end = at;
                            break;
                        }
                        _ => {}
                    }
                }
                if let Some(Open::Object {
                    name,
                    next_is_name: next @ true,
                }) = open.last_mut()
                {
                    *name = String::from_utf8_lossy(read.get(from + 1..end).unwrap_or_default()).into_owned();
                    *next = false;
                }
            }
            b'{' => open.push(Open::Object {
                name: String::new(),
                next_is_name: true,
            }),
            b'[' => open.push(Open::Array { at: 0 }),
            b'}' | b']' => {
                open.pop();
            }
            b',' => match open.last_mut() {
                Some(Open::Object { next_is_name, .. }) => *next_is_name = true,
                Some(Open::Array { at }) => *at += 1,
                None => {}
            },
            _ => {}
        }
    }
    open
}

fn written(open: &[Open]) -> String {
    let mut place = String::new();
    for part in open {
        match part {
            Open::Object { name, .. } if name.is_empty() => {}
            Open::Object { name, .. } => {
                if !place.is_empty() {
                    place.push('.');
                }
                place.push_str(name);
            }
            Open::Array { at } => place.push_str(&format!("[{at}]")),
        }
    }
    place
}

#[cfg(test)]
mod tests {
    use super::of;

    #[derive(serde::Deserialize)]
    #[allow(dead_code, reason = "read, never looked at")]
    struct Sheet {
        unit: String,
        criteria: Vec<Criterion>,
    }

    #[derive(serde::Deserialize)]
    #[allow(dead_code, reason = "read, never looked at")]
    struct Criterion {
        number: String,
        decision: Decision,
    }

    #[derive(serde::Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Decision {
        Met,
        NotYetMet,
    }

    fn place(body: &str) -> String {
        of(
            body.as_bytes(),
            &serde_json::from_str::<Sheet>(body).map(|_| ()).unwrap_err(),
        )
    }

    #[test]
    fn a_complaint_names_the_member_that_it_is_about() {
        for (body, named) in [
            (r#"{"unit":7}"#, "unit"),
            (
                r#"{"unit":"a \" , {","criteria":[{"number":"1.1","decision":"met"},{"number":"1.2","decision":"merit"}]}"#,
                "criteria[1].decision",
            ),
            (
                "{\n \"unit\": \"7015V1\",\n \"criteria\": [\n  7\n ]\n}",
                "criteria[0]",
            ),
            (r#"{"unit":"7015V1"}"#, "criteria"),
            (
                r#"{"unit":"7015V1","criteria":[{"number":"1.1"}]}"#,
                "criteria[0].decision",
            ),
            ("7", ""),
            ("", ""),
            (r#"{"unit":"7015V1","#, "unit"),
        ] {
            assert_eq!(place(body), named, "{body}");
        }
    }
}
