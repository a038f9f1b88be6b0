//! The frame of every page: navigation by role, who is signed in, banner, messages.

use crate::AppState;
use crate::fresh::random_word;
use assay_app::account::session::Session;
use assay_domain::Role;
use assay_pages::{NavLink, Notice, PersonBadge, Shell};

/// A link of the navigation: address, words, icon, and the roles that see it.
pub struct Link {
    pub href: &'static str,
    pub label: &'static str,
    pub icon: &'static str,
    pub roles: &'static [Role],
}

use Role::{
    Administrator, Assessor, Coordinator, ExternalAssessor, InternalVerifier, Learner, QualityManager, Tutor,
};

/// The navigation, one line per place, in the order in which it is shown. Everybody signed in sees Home.
pub const NAVIGATION: &[Link] = &[
    Link {
        href: "/units",
        label: "My units",
        icon: "book",
        roles: &[Learner],
    },
    Link {
        href: "/evidence",
        label: "My evidence",
        icon: "document",
        roles: &[Learner],
    },
    Link {
        href: "/marking",
        label: "Marking",
        icon: "pen",
        roles: &[Assessor],
    },
    Link {
        href: "/comments",
        label: "Comments",
        icon: "list",
        roles: &[Assessor, ExternalAssessor],
    },
    Link {
        href: "/verification",
        label: "Verification",
        icon: "shield",
        roles: &[InternalVerifier],
    },
    Link {
        href: "/registrations",
        label: "Learners",
        icon: "people",
        roles: &[Coordinator, Tutor, Assessor, InternalVerifier, QualityManager],
    },
    Link {
        href: "/external-assessments",
        label: "External assessment",
        icon: "award",
        roles: &[ExternalAssessor, QualityManager, Coordinator],
    },
    Link {
        href: "/claims",
        label: "Claims",
        icon: "flag",
        roles: &[Coordinator],
    },
    Link {
        href: "/release",
        label: "Release",
        icon: "flag",
        roles: &[QualityManager],
    },
    Link {
        href: "/people",
        label: "People",
        icon: "people",
        roles: &[Coordinator, Administrator],
    },
    Link {
        href: "/centres",
        label: "Centres",
        icon: "home",
        roles: &[Coordinator, QualityManager, Administrator],
    },
    Link {
        href: "/specifications",
        label: "Qualifications",
        icon: "book",
        roles: &[
            Coordinator,
            QualityManager,
            Administrator,
            Tutor,
            Assessor,
            InternalVerifier,
        ],
    },
    Link {
        href: "/certificates",
        label: "Certificates",
        icon: "award",
        roles: &[Coordinator, QualityManager],
    },
    Link {
        href: "/awards",
        label: "My awards",
        icon: "award",
        roles: &[Learner],
    },
    Link {
        href: "/messages",
        label: "Messages",
        icon: "message",
        roles: &[Learner, Tutor, Assessor, Coordinator],
    },
];

pub(crate) fn build(
    state: &AppState,
    session: Option<&Session>,
    path: &str,
    csrf: &str,
    messages: &[Notice],
) -> Shell {
    let mut shell = Shell {
        csrf: crate::form::masked(csrf),
        once: random_word(),
        messages: messages.to_vec(),
        banner: state.settings().demonstration.clone(),
        zone: state.app().surroundings().zone.clone(),
        ..Shell::default()
    };
    let Some(session) = session else { return shell };
    let mut roles: Vec<Role> = session.actor.grants.iter().map(|grant| grant.role).collect();
    roles.sort_unstable();
    roles.dedup();
    shell.nav.push(NavLink::new("/", "Home", "home"));
    for link in NAVIGATION
        .iter()
        .filter(|link| link.roles.iter().any(|role| roles.contains(role)))
    {
        shell.nav.push(NavLink::new(link.href, link.label, link.icon));
    }
    // The longest address that the path lies under is the current place.
    let under = |href: &str| {
        path == href || (href != "/" && path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/')))
    };
    if let Some(link) = shell
        .nav
        .iter_mut()
        .filter(|link| under(&link.href))
        .max_by_key(|link| link.href.len())
    {
        link.current = true;
    }
    shell.person = Some(PersonBadge {
        name: session.name.clone(),
        roles: roles.iter().map(|role| role.title().to_owned()).collect(),
    });
    shell
}
