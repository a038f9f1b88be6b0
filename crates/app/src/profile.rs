//! Reading policy profiles: TOML text in, a [`Profile`] with what it extends merged in.

use assay_domain::policy::{Dated, PolicyValue, Profile};
use jiff::civil::Date;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ProfileFile {
    format: String,
    name: String,
    extends: Option<String>,
    #[serde(default)]
    #[allow(dead_code)] // shown in documentation, not needed to decide
    about: Option<String>,
    #[serde(default)]
    values: Vec<ValueFile>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ValueFile {
    key: String,
    from: toml::value::Datetime,
    value: PolicyValue,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    #[allow(dead_code)]
    read_on: Option<toml::value::Datetime>,
}

/// Reads a profile. `find` gives the text of a profile that is extended, by its file name without the ending.
///
/// # Errors
/// A sentence that says which profile, which line and what is wrong: unreadable TOML, an unknown key, a format other
/// than `assay-profile/1`, a date that is not a date, a profile that extends itself or one that is not there.
pub fn read(text: &str, find: &dyn Fn(&str) -> Option<String>) -> Result<Profile, String> {
    read_at_depth(text, find, 0)
}

fn read_at_depth(text: &str, find: &dyn Fn(&str) -> Option<String>, depth: u32) -> Result<Profile, String> {
    if depth > 8 {
        return Err("policy profiles extend each other in a circle".to_owned());
    }
    let file: ProfileFile = toml::from_str(text).map_err(|error| format!("policy profile: {error}"))?;
    if file.format != "assay-profile/1" {
        return Err(format!(
            "policy profile {}: expected format assay-profile/1, found {}",
            file.name, file.format
        ));
    }
    let mut profile = match &file.extends {
        None => Profile::default(),
        Some(name) => {
            let text = find(name)
                .ok_or_else(|| format!("policy profile {} extends {name}, which is not there", file.name))?;
            read_at_depth(&text, find, depth + 1)?
        }
    };
    profile.name = file.name.clone();
    // A key that a profile sets replaces the whole history of the profile it extends.
    let mut own = std::collections::BTreeMap::<String, Vec<Dated>>::new();
    for value in file.values {
        let from: Date = value.from.to_string().parse().map_err(|_| {
            format!(
                "policy profile {}: {}: expected a date such as 2019-01-31, found {}",
                file.name, value.key, value.from
            )
        })?;
        own.entry(value.key).or_default().push(Dated {
            from,
            value: value.value,
            unit: value.unit,
            source: value.source,
            note: value.note,
        });
    }
    profile.values.extend(own);
    Ok(profile)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const DEFAULT: &str = r#"
        format = "assay-profile/1"
        name = "default"
        [[values]]
        key = "registration.deadline"
        from = 2014-01-01
        value = 42
        source = "six weeks"
        [[values]]
        key = "verification.mode"
        from = 2014-01-01
        value = "all"
    "#;

    #[test]
    fn a_profile_keeps_what_it_does_not_set_from_the_one_it_extends() {
        let text = r#"
            format = "assay-profile/1"
            name = "body"
            extends = "default"
            [[values]]
            key = "registration.deadline"
            from = 2016-01-01
            value = 30
        "#;
        let profile = read(text, &|name| (name == "default").then(|| DEFAULT.to_owned())).unwrap();
        let policy = profile.on(date(2019, 10, 14));
        assert_eq!(
            policy.number("registration.deadline").map(|found| found.0),
            Some(30)
        );
        assert_eq!(policy.text("verification.mode"), Some("all"));
        assert_eq!(profile.on(date(2015, 1, 1)).number("registration.deadline"), None);
    }

    #[test]
    fn a_profile_that_extends_a_missing_one_says_which() {
        let text = "format = \"assay-profile/1\"\nname = \"body\"\nextends = \"nobody\"";
        assert_eq!(
            read(text, &|_| None).unwrap_err(),
            "policy profile body extends nobody, which is not there"
        );
    }
}
