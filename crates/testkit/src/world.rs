//! The small world.

use crate::stand_in::{PlainReader, StandInPrinter};
use assay_app::centre::{NewCentre, NewOffer};
use assay_app::founding::{Details, Found, found};
use assay_app::people::add::NewPerson;
use assay_app::people::role::NewRole;
use assay_app::specification::load::LoadSpecification;
use assay_app::specification::stage::{self, Move};
use assay_app::{
    Acting, App, Asking, Caller, Failure, Surroundings, account, centre, people, profile, specification,
};
use assay_domain::fresh::Counted;
use assay_domain::id::{CentreId, PersonId, SpecificationId};
use assay_domain::{Code, Fresh, Moment, Role, Via};
use assay_specification::Format;
use assay_store::scratch::{POSTGRES, Scratch};
use assay_store::{Store, StoreConfig};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// The CMI Level 7 syllabus in leadership coaching and mentoring, as data.
pub const CMI: &str =
    include_str!("../../../specifications/cmi-level-7-leadership-coaching-and-mentoring.toml");

/// The password of everybody who has one.
pub const PASSWORD: &str = "seven green bottles";

/// A founded installation with an administrator and a quality manager, on an empty store of its own.
pub struct World {
    pub app: App,
    pub administrator: PersonId,
    pub quality_manager: PersonId,
    moment: Moment,
    fresh: Arc<Mutex<Counted>>,
    next_centre: u32,
    /// The test's database and files, kept while the world lasts.
    _place: Place,
}

impl Default for World {
    fn default() -> Self {
        World::new()
    }
}

impl World {
    /// With the CMI profile.
    pub fn new() -> World {
        World::with_profile("cmi")
    }

    /// With one of the profiles that come with the program: `default`, `cmi`, `example-centre`.
    pub fn with_profile(name: &str) -> World {
        let (store, place) = store();
        World::founded(name, store, place)
    }

    /// With its database and its files in a folder below this one, e.g. on a disk that is soon full. SQLite only.
    pub fn keeping_in(folder: &Path) -> World {
        let folder = tempfile::tempdir_in(folder).expect("a folder for the test");
        let path = folder.path().join("assay.db");
        let store = Store::open(&StoreConfig::Sqlite { path }, &folder.path().join("files"));
        World::founded("cmi", store.expect("an empty database"), Place::Folder(folder))
    }

    /// The same installation, reached at another address.
    #[must_use]
    pub fn reached_at(mut self, address: &str) -> World {
        let zone = self.app.surroundings().zone.clone();
        let surroundings = surroundings("cmi", self._place.keys(), address, zone);
        self.app = App::new(self.app.store().clone(), surroundings);
        self
    }

    fn founded(name: &str, store: Store, place: Place) -> World {
        let zone = TimeZone::get("Europe/London").unwrap_or_else(|_| TimeZone::fixed(jiff::tz::offset(1)));
        let at: Timestamp = "2019-10-14T08:30:00Z".parse().expect("an instant");
        let surroundings = surroundings(name, place.keys(), "http://localhost:8080", zone.clone());
        let app = App::new(store, surroundings);
        let fresh = Arc::new(Mutex::new(Counted::from_seed(1)));
        let moment = Moment::new(at, &zone);
        let caller = Caller {
            person: None,
            via: Via::Command,
            moment,
        };
        let founding = Found {
            awarding_body: "Chartered Management Institute".into(),
            awarding_body_short: "CMI".into(),
            time_zone: "Europe/London".into(),
            administrator: details("Ada Whitlock"),
        };
        let founded = app
            .act(caller, shared(&fresh), move |acting| {
                found(acting, &founding, None)
            })
            .expect("the installation is founded");
        let administrator = founded.administrator;
        let mut world = World {
            app,
            quality_manager: administrator.clone(),
            administrator,
            moment,
            fresh,
            next_centre: 1,
            _place: place,
        };
        world.quality_manager = world.person_with("Quentin Marsh", Role::QualityManager, None);
        world
    }

    /// The present moment of the world.
    pub fn moment(&self) -> Moment {
        self.moment
    }

    /// The present day of the world.
    pub fn today(&self) -> jiff::civil::Date {
        self.moment.today
    }

    /// Lets days pass; the hour stays.
    pub fn pass_days(&mut self, days: i32) {
        let zone = &self.app.surroundings().zone;
        let later = zone
            .to_datetime(self.moment.at)
            .checked_add(days.days())
            .expect("a day");
        let at = zone.to_timestamp(later).expect("an instant");
        self.moment = Moment::new(at, zone);
    }

    /// A supply of fresh ids that nobody else in this world has.
    pub fn fresh(&self) -> Box<dyn Fresh + Send> {
        shared(&self.fresh)
    }

    /// Who acts, by page, now.
    pub fn caller(&self, person: &PersonId) -> Caller {
        Caller {
            person: Some(person.clone()),
            via: Via::Page,
            moment: self.moment,
        }
    }

    /// Does something as a person.
    pub fn act<T, F>(&self, person: &PersonId, command: F) -> Result<T, Failure>
    where
        T: Send + 'static,
        F: FnOnce(&mut Acting<'_, '_>) -> Result<T, Failure> + Send + 'static,
    {
        self.app.act(self.caller(person), self.fresh(), command)
    }

    /// Asks something as a person. On a thread of its own, because a read on PostgreSQL blocks, which a test that is
    /// itself async must not.
    pub fn ask<T: Send>(
        &self,
        person: &PersonId,
        query: impl FnOnce(&mut Asking<'_, '_>) -> Result<T, Failure> + Send,
    ) -> Result<T, Failure> {
        let caller = self.caller(person);
        std::thread::scope(|scope| {
            let asked = scope.spawn(|| self.app.ask(&caller, query));
            asked
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    }

    /// Does something as a person and answers the codes of the refusals; empty when it was done.
    ///
    /// Panics when it fails in another way.
    pub fn refusals<T, F>(&self, person: &PersonId, command: F) -> Vec<Code>
    where
        T: Send + 'static,
        F: FnOnce(&mut Acting<'_, '_>) -> Result<T, Failure> + Send + 'static,
    {
        match self.act(person, command) {
            Ok(_) => Vec::new(),
            Err(Failure::Refused(refusals)) => refusals.codes(),
            Err(other) => panic!("neither done nor refused: {other:?}"),
        }
    }

    /// Approves a centre of this name; its number is counted.
    pub fn centre(&mut self, name: &str) -> CentreId {
        let number = format!("{:04}", self.next_centre);
        self.next_centre += 1;
        let input = NewCentre {
            number,
            name: name.to_owned(),
            on: None,
        };
        self.act(&self.quality_manager, move |acting| {
            centre::approve(acting, input)
        })
        .expect("the centre is approved")
        .centre
    }

    /// Approves a centre for qualifications, by their codes, from five years ago on.
    pub fn offers(&self, centre: &CentreId, qualifications: &[&str]) {
        for qualification in qualifications {
            let from = self.today().checked_sub(5.years()).ok();
            let input = NewOffer {
                qualification: (*qualification).to_owned(),
                from,
            };
            let id = centre.clone();
            self.act(&self.quality_manager, move |acting| {
                centre::offer(acting, id, input)
            })
            .expect("it is offered");
        }
    }

    /// Adds a person with a role from a year ago on; the e-mail address follows from the name.
    pub fn person_with<'c>(
        &self,
        name: &str,
        role: Role,
        centre: impl Into<Option<&'c CentreId>>,
    ) -> PersonId {
        let details = details(name);
        let input = NewPerson {
            given: details.given,
            family: details.family,
            born_on: details.born_on,
            email: details.email,
            role: Some(role),
            centre: centre.into().cloned(),
            from: self.today().checked_sub(1.year()).ok(),
            until: None,
            countersigned: false,
            another_person: false,
            invite: false,
        };
        self.act(&self.administrator, move |acting| people::add::run(acting, input))
            .expect("the person is added")
            .person
    }

    /// Gives a person one more role from a year ago on.
    pub fn give<'c>(
        &self,
        person: &PersonId,
        role: Role,
        centre: impl Into<Option<&'c CentreId>>,
        countersigned: bool,
    ) {
        let from = self.today().checked_sub(1.year()).ok();
        let input = NewRole {
            role,
            centre: centre.into().cloned(),
            from,
            until: None,
            countersigned,
        };
        let person = person.clone();
        self.act(&self.administrator, move |acting| {
            people::role::give_to(acting, person, input)
        })
        .expect("the role is given");
    }

    /// Lets a person sign in with [`PASSWORD`].
    pub fn with_password(&self, person: &PersonId) {
        let link = {
            let person = person.clone();
            self.act(&self.administrator, move |acting| {
                people::invite::run(acting, &person)
            })
            .expect("a link")
        };
        let token = link.address.rsplit('/').next().unwrap_or_default().to_owned();
        let kept = account::password::hash(PASSWORD, self.fresh().as_mut()).expect("a digest");
        let limits = account::session::Limits {
            idle: 1.hour().try_into().expect("an hour"),
            absolute: 1.hour().try_into().expect("an hour"),
        };
        let caller = Caller {
            person: None,
            via: Via::Page,
            moment: self.moment,
        };
        self.app
            .act(caller, self.fresh(), move |acting| {
                account::link::use_up(acting, &token, &kept, "test", limits)
            })
            .expect("the password is set");
    }

    /// Loads a specification and takes it to publication: the quality manager loads, the administrator approves and
    /// publishes.
    pub fn publish(&self, text: &str) -> SpecificationId {
        let input = LoadSpecification {
            format: Format::Toml,
            text: text.to_owned(),
        };
        let id = self
            .act(&self.quality_manager, move |acting| {
                specification::load::run(acting, input)
            })
            .expect("the specification is loaded");
        for (person, to) in [
            (&self.quality_manager, Move::Check),
            (&self.administrator, Move::Approve),
            (&self.administrator, Move::Publish),
        ] {
            let moved = id.clone();
            self.act(person, move |acting| stage::run(acting, &moved, to))
                .unwrap_or_else(|failure| panic!("{to:?}: {failure}"));
        }
        id
    }

    /// Publishes the CMI specification.
    pub fn publish_cmi(&self) -> SpecificationId {
        self.publish(CMI)
    }
}

/// The details of a person of this name: `Cora Adebayo` has the address `cora.adebayo@example.org`.
fn details(name: &str) -> Details {
    let (given, family) = name.split_once(' ').unwrap_or(("", name));
    Details {
        given: given.to_owned(),
        family: family.to_owned(),
        born_on: Some(jiff::civil::date(1984, 3, 2)),
        email: Some(format!("{}@example.org", name.to_lowercase().replace(' ', "."))),
    }
}

fn surroundings(profile: &str, keys: std::path::PathBuf, address: &str, zone: TimeZone) -> Surroundings {
    Surroundings {
        profile: profile::read(
            &profile_text(profile).expect("a profile of the program"),
            &profile_text,
        )
        .expect("a readable profile"),
        printer: Box::new(StandInPrinter),
        reader: Box::new(PlainReader),
        keys: Some(keys),
        public_address: address.to_owned(),
        zone,
    }
}

fn profile_text(name: &str) -> Option<String> {
    let text = match name {
        "default" => include_str!("../../../profiles/default.toml"),
        "cmi" => include_str!("../../../profiles/cmi.toml"),
        "example-centre" => include_str!("../../../profiles/example-centre.toml"),
        _ => return None,
    };
    Some(text.to_owned())
}

/// Where a world keeps its data.
enum Place {
    Postgres(Scratch),
    Folder(tempfile::TempDir),
}

impl Place {
    /// The folder of the keys that sign the ledger.
    fn keys(&self) -> std::path::PathBuf {
        match self {
            Place::Postgres(scratch) => scratch.folder().join("keys"),
            Place::Folder(folder) => folder.path().join("keys"),
        }
    }
}

fn store() -> (Store, Place) {
    match std::env::var(POSTGRES) {
        Ok(url) => {
            let scratch = Scratch::postgres(&url).expect("a schema for the test");
            (
                scratch.open().expect("an empty database"),
                Place::Postgres(scratch),
            )
        }
        Err(_) => {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let store = Store::open(&StoreConfig::Memory, folder.path()).expect("an empty database");
            (store, Place::Folder(folder))
        }
    }
}

/// One counted supply behind many handles.
struct SharedFresh(Arc<Mutex<Counted>>);

fn shared(fresh: &Arc<Mutex<Counted>>) -> Box<dyn Fresh + Send> {
    Box::new(SharedFresh(fresh.clone()))
}

impl Fresh for SharedFresh {
    fn tail(&mut self) -> String {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).tail()
    }
    fn salt(&mut self) -> [u8; 32] {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).salt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_world_has_a_centre_that_offers_a_published_qualification() {
        let mut world = World::new();
        world.publish_cmi();
        let centre = world.centre("Northern College");
        world.offers(&centre, &["7D2V2"]);
        let coordinator = world.person_with("Cora Adebayo", Role::Coordinator, &centre);
        let view = world
            .ask(&coordinator, |asking| centre::view(asking, &centre))
            .expect("the coordinator's own centre");
        assert_eq!(
            view.offers[0].title.as_deref(),
            Some("CMI Level 7 Diploma in Leadership Coaching and Mentoring")
        );
        assert_eq!(view.staff[0].name, "Cora Adebayo");
    }
}
