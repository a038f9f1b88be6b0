//! The choice between centres on lists that are one centre's: for a coordinator of several, nothing for anybody else.

use crate::form::{Choice, Field, Form};
use assay_app::centre::CentreShown;

/// The field `centre` of a search.
pub(crate) fn field(shown: &CentreShown) -> Option<Field> {
    let choices: Vec<Choice> = shown
        .centres
        .iter()
        .map(|centre| Choice::new(centre.centre.as_str(), &centre.name))
        .collect();
    (choices.len() > 1).then(|| {
        let chosen = shown.centre.as_ref().map(ToString::to_string);
        Form::new()
            .with("centre", chosen.unwrap_or_default())
            .select("centre", "Centre", &choices)
    })
}

/// The address of another list of the same centre.
pub(crate) fn at(shown: &CentreShown, href: &str) -> String {
    match &shown.centre {
        Some(centre) if shown.centres.len() > 1 => format!("{href}?centre={centre}"),
        _ => href.to_owned(),
    }
}

/// The query of a list with the centre, for its other pages.
pub(crate) fn query(shown: &CentreShown, query: &str) -> String {
    match &shown.centre {
        Some(centre) => format!("{query}&centre={centre}"),
        None => query.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use assay_app::centre::CentreChoice;

    fn shown(names: &[&str]) -> CentreShown {
        let centres: Vec<CentreChoice> = names
            .iter()
            .map(|name| CentreChoice {
                centre: format!("ctr_{name}").parse().unwrap(),
                name: (*name).to_owned(),
            })
            .collect();
        CentreShown {
            centre: centres.last().map(|choice| choice.centre.clone()),
            centres,
        }
    }

    #[test]
    fn a_coordinator_of_two_centres_chooses_and_goes_on_at_the_same() {
        let two = shown(&["north", "south"]);
        let html = field(&two).unwrap().to_string();
        assert!(
            html.contains("value=\"ctr_south\" selected") && html.contains(">north<"),
            "{html}"
        );
        assert_eq!(at(&two, "/claims"), "/claims?centre=ctr_south");
        assert_eq!(query(&two, "state=made"), "state=made&centre=ctr_south");
    }

    #[test]
    fn with_one_centre_or_none_there_is_nothing_to_choose() {
        assert!(field(&shown(&["north"])).is_none());
        assert_eq!(at(&shown(&["north"]), "/claims"), "/claims");
        assert!(field(&CentreShown::default()).is_none());
        assert_eq!(query(&CentreShown::default(), "state="), "state=");
    }
}
