//! The people of the demonstration. Nobody is real.

/// A member of staff.
pub struct Staff {
    pub given: &'static str,
    pub family: &'static str,
    pub email: &'static str,
}

/// A learner with the organisation that their work is about.
pub struct Player {
    pub given: &'static str,
    pub family: &'static str,
    pub born_on: (i16, i8, i8),
    pub organisation: &'static str,
    pub sector: &'static str,
    pub post: &'static str,
    /// How many people work there.
    pub people: u32,
    /// The trouble that coaching or mentoring is meant to help with there.
    pub trouble: &'static str,
}

pub const ADMINISTRATOR: Staff = staff("Ada", "Whitlock", "ada.whitlock@example.org");
pub const QUALITY_MANAGER: Staff = staff("Quentin", "Marsh", "quentin.marsh@example.org");
pub const COORDINATOR: Staff = staff("Carys", "Bevan", "carys.bevan@example.org");
pub const TUTOR: Staff = staff("Tunde", "Bakare", "tunde.bakare@example.org");
pub const ASSESSOR: Staff = staff("Asha", "Raman", "asha.raman@example.org");
pub const SECOND_ASSESSOR: Staff = staff("Edwin", "Castle", "edwin.castle@example.org");
pub const TRAINEE: Staff = staff("Freya", "Lindqvist", "freya.lindqvist@example.org");
pub const VERIFIER: Staff = staff("Grace", "Okafor", "grace.okafor@example.org");
/// Of the awarding body: marks what centres send to it.
pub const EXTERNAL_ASSESSOR: Staff = staff("Imogen", "Hale", "imogen.hale@example.org");
/// Invited, and has not signed in yet.
pub const NEWCOMER: Staff = staff("Nadia", "Kowalska", "nadia.kowalska@example.org");
pub const OTHER_COORDINATOR: Staff = staff("Owain", "Pritchard", "owain.pritchard@example.org");

const fn staff(given: &'static str, family: &'static str, email: &'static str) -> Staff {
    Staff { given, family, email }
}

/// Twenty-four learners, in the order of the stages in `play`.
pub const LEARNERS: [Player; 24] = [
    learner(
        "Amira",
        "Haddad",
        (1984, 3, 2),
        "Wharfdale Water",
        "utilities",
        "head of field operations",
        1240,
        "engineers leave within two years of qualifying",
    ),
    learner(
        "Ben",
        "Thornley",
        (1979, 11, 19),
        "Thornley & Sons Joinery",
        "manufacturing",
        "managing director",
        86,
        "supervisors solve every problem themselves",
    ),
    learner(
        "Chidi",
        "Nwosu",
        (1988, 6, 30),
        "Lakeside Housing Association",
        "housing",
        "neighbourhood services manager",
        310,
        "tenancy teams wait to be told what to do",
    ),
    learner(
        "Dilys",
        "Morgan",
        (1975, 1, 8),
        "Cwm Taf Libraries",
        "public service",
        "service development lead",
        145,
        "branch managers retire faster than they are replaced",
    ),
    learner(
        "Elena",
        "Petrova",
        (1986, 9, 14),
        "Northgate Insurance",
        "financial services",
        "claims director",
        920,
        "complaints are escalated instead of settled",
    ),
    learner(
        "Farid",
        "Rahimi",
        (1982, 4, 25),
        "Metrolane Buses",
        "transport",
        "depot manager",
        640,
        "sickness absence is highest where managers are newest",
    ),
    learner(
        "Gwen",
        "Ashdown",
        (1991, 12, 3),
        "Ashdown Veterinary Group",
        "veterinary care",
        "group practice manager",
        210,
        "new graduates feel alone in their first year",
    ),
    learner(
        "Hugo",
        "Lindgren",
        (1980, 7, 7),
        "Skyfreight Logistics",
        "logistics",
        "regional operations director",
        1750,
        "shift leaders are promoted without preparation",
    ),
    learner(
        "Imani",
        "Clarke",
        (1987, 2, 17),
        "Riverside Academy Trust",
        "education",
        "director of people",
        870,
        "middle leaders avoid difficult conversations",
    ),
    learner(
        "Jakub",
        "Zielinski",
        (1983, 10, 29),
        "Brightline Software",
        "software",
        "head of engineering",
        430,
        "good engineers are made managers and then struggle",
    ),
    learner(
        "Keiko",
        "Tanaka",
        (1985, 5, 11),
        "Harbour Hotels",
        "hospitality",
        "operations director",
        1100,
        "turnover among heads of department is 38 per cent",
    ),
    learner(
        "Liam",
        "O'Connell",
        (1978, 8, 21),
        "Ulster Aggregates",
        "construction materials",
        "quarry operations manager",
        260,
        "near misses are reported late or not at all",
    ),
    learner(
        "Maryam",
        "Siddiqui",
        (1989, 1, 27),
        "St Brannock Hospice",
        "health and care",
        "director of nursing",
        190,
        "ward leaders carry strain without support",
    ),
    learner(
        "Noah",
        "Fairbairn",
        (1981, 3, 15),
        "Fairbairn Seeds",
        "agriculture",
        "commercial director",
        120,
        "regional sales managers compete instead of sharing",
    ),
    learner(
        "Oluwaseun",
        "Adeyemi",
        (1984, 12, 9),
        "City Ambulance Trust",
        "emergency services",
        "area manager",
        1480,
        "team leaders have no time set aside for their people",
    ),
    learner(
        "Priya",
        "Venkatesan",
        (1986, 6, 4),
        "Lumen Optics",
        "precision engineering",
        "plant manager",
        540,
        "knowledge leaves with every retirement",
    ),
    learner(
        "Quinn",
        "Halloran",
        (1990, 10, 12),
        "Open Door Charity",
        "charity",
        "head of programmes",
        75,
        "volunteers lead projects without feedback",
    ),
    learner(
        "Rosa",
        "Delgado",
        (1983, 7, 23),
        "Mercado Foods",
        "food retail",
        "regional manager",
        2300,
        "store managers copy head office instead of thinking ahead",
    ),
    learner(
        "Stefan",
        "Brandt",
        (1977, 9, 1),
        "Brandt Rail Services",
        "rail maintenance",
        "contracts director",
        680,
        "project managers burn out after the second possession season",
    ),
    learner(
        "Tamsin",
        "Rowe",
        (1985, 11, 5),
        "Tamar Valley Council",
        "local government",
        "head of revenues",
        1320,
        "service heads work in silos",
    ),
    learner(
        "Uche",
        "Eze",
        (1988, 4, 18),
        "Beacon Credit Union",
        "financial mutual",
        "chief operating officer",
        95,
        "the second line of leaders is thin",
    ),
    learner(
        "Viola",
        "Marchetti",
        (1982, 2, 26),
        "Galleria Museums",
        "heritage",
        "director of public engagement",
        160,
        "curators and visitor teams rarely learn from each other",
    ),
    learner(
        "Wesley",
        "Grant",
        (1979, 5, 31),
        "Grant & Pole Architects",
        "architecture",
        "practice director",
        140,
        "associates wait a decade for real responsibility",
    ),
    learner(
        "Xanthe",
        "Pappas",
        (1984, 8, 13),
        "Island Ferries",
        "maritime",
        "head of human resources",
        820,
        "masters and shore managers blame each other for delays",
    ),
];

#[allow(clippy::too_many_arguments)] // a table row, read across
const fn learner(
    given: &'static str,
    family: &'static str,
    born_on: (i16, i8, i8),
    organisation: &'static str,
    sector: &'static str,
    post: &'static str,
    people: u32,
    trouble: &'static str,
) -> Player {
    Player {
        given,
        family,
        born_on,
        organisation,
        sector,
        post,
        people,
        trouble,
    }
}
