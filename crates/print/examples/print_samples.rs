//! Prints an example of each sheet into a folder, and says how long each took and how much memory is held.
//!
//! `cargo run --release -p assay-print --example print_samples -- /tmp/printed 200` (six times each if no number is given)

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use assay_print::sheet::{
    Attained, CreditedUnit, ReportColumn, ReportFact, ReportSection, SheetCheck, SheetDate, SheetLearner,
    Signatory, TranscriptUnit,
};
use assay_print::{
    CertificateSheet, PrintFault, ReportSheet, Theme, TranscriptSheet, certificate, report, transcript,
};
use std::path::Path;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("name a folder to print into")?;
    std::fs::create_dir_all(&folder)?;
    let theme = Theme::default();
    write(&folder, "certificate", || certificate(&example(), &theme))?;
    write(&folder, "credit", || certificate(&example_of_credit(), &theme))?;
    for (file, name) in [
        (
            "name_long",
            "Maximiliana Wilhelmina Konstantinopolitanska Featherstonehaugh Wolfeschlegelsteinhausenbergerdorff von Hohenzollern",
        ),
        (
            "name_unbroken",
            "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaft",
        ),
        ("name_arabic", "محمد عبد الرحمن الفاروقي"),
        ("name_devanagari", "प्रिया शर्मा"),
    ] {
        write(&folder, file, || certificate(&example_named(name), &theme))?;
    }
    write(&folder, "transcript", || {
        transcript(&example_transcript(), &theme)
    })?;
    write(&folder, "report", || report(&example_report(), &theme))?;
    Ok(())
}

fn write(
    folder: &str,
    name: &str,
    print: impl Fn() -> Result<Vec<u8>, PrintFault>,
) -> Result<(), Box<dyn std::error::Error>> {
    let mut times = Vec::new();
    let mut bytes = Vec::new();
    let prints = std::env::args().nth(2).map_or(Ok(6), |times| times.parse())?;
    for _ in 0..prints {
        let start = Instant::now();
        bytes = print()?;
        times.push(start.elapsed().as_millis());
    }
    let first = times.remove(0);
    times.sort_unstable();
    let median = times.get(times.len() / 2).copied().unwrap_or(first);
    println!(
        "{name}: {} bytes, first {first} ms, then {median} ms; {}",
        bytes.len(),
        memory()
    );
    std::fs::write(Path::new(folder).join(name).with_extension("pdf"), bytes)?;
    Ok(())
}

/// What the program holds in memory, where the system tells.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().filter(|line| line.starts_with("VmRSS")).collect()
}

fn example() -> CertificateSheet {
    CertificateSheet {
        awarding_body: "Chartered Management Institute".into(),
        learner: SheetLearner {
            name: "Amara Nwosu-Fitzgerald".into(),
            number: "P04187263".into(),
            uln: None,
        },
        attained: Attained::Qualification {
            title: "CMI Level 7 Diploma in Strategic Management and Leadership Practice".into(),
            endorsement: None,
            number: "603/2982/9".into(),
            level: "Level 7".into(),
            attainment: None,
            regulated_by: Some("Regulated by Ofqual".into()),
        },
        attained_on: "14 October 2019".into(),
        certificate_number: "2019-000123".into(),
        language_of_assessment: None,
        replacement: None,
        signatory: Some(Signatory {
            name: "Margaret Okafor".into(),
            role: "Responsible officer".into(),
        }),
        check: SheetCheck {
            url: "https://awards.example.org/check/2019-000123".into(),
            shown: "awards.example.org/check".into(),
        },
        issued: SheetDate {
            year: 2019,
            month: 10,
            day: 14,
        },
    }
}

/// The fullest certificate that there is.
fn example_named(name: &str) -> CertificateSheet {
    CertificateSheet {
        learner: SheetLearner { name: name.into(), number: "P04187263".into(), uln: Some("1234567890".into()) },
        attained: Attained::Qualification {
            title: "Level 7 Extended Diploma in Strategic Management, Leadership and Coaching for Organisations in Health and Social Care".into(),
            endorsement: Some("Integrated care systems".into()),
            number: "603/2982/9".into(),
            level: "Level 7".into(),
            attainment: Some("Pass".into()),
            regulated_by: Some("Regulated by Ofqual".into()),
        },
        language_of_assessment: Some("Welsh".into()),
        replacement: Some("Replacement of certificate 2019-000098, issued on 3 March 2020".into()),
        ..example()
    }
}

fn example_of_credit() -> CertificateSheet {
    let unit = |reference: &str, title: &str, credits| CreditedUnit {
        reference: reference.into(),
        title: title.into(),
        level: "7".into(),
        credits,
    };
    CertificateSheet {
        attained: Attained::Credit {
            statement: "has been awarded credit for the units below".into(),
            units: vec![
                unit("K/506/1234", "Personal development as a strategic manager", 6),
                unit("M/506/1235", "Strategic performance management", 7),
                unit("T/506/1236", "Financial management", 7),
            ],
        },
        replacement: Some("Replacement of certificate 2019-000098, issued on 3 March 2020".into()),
        language_of_assessment: Some("Welsh".into()),
        ..example()
    }
}

fn example_transcript() -> TranscriptSheet {
    let sheet = example();
    let units = (1..=30).map(|n| TranscriptUnit {
        number: format!("7{n:03}"),
        title: if n % 4 == 0 {
            format!(
                "Strategic management of quality, change and performance across an organisation, part {n}"
            )
        } else {
            format!("Strategic management, part {n}")
        },
        reference: format!("K/506/{:04}", 1200 + n),
        level: "7".into(),
        credits: 6,
        achieved_on: "14 October 2019".into(),
        note: (n == 3).then(|| "Recognised prior learning".into()),
    });
    TranscriptSheet {
        awarding_body: sheet.awarding_body,
        learner: sheet.learner,
        qualification_title: "CMI Level 7 Diploma in Strategic Management and Leadership Practice".into(),
        endorsement: None,
        qualification_number: "603/2982/9".into(),
        level: "Level 7".into(),
        centre: Some("Northgate School of Management".into()),
        units: units.collect(),
        total_credits: 180,
        rule_of_combination:
            "The rule of combination is met: 180 credits of at least 37, all units of Group A achieved."
                .into(),
        certificate_number: Some(sheet.certificate_number),
        issued_on: "14 October 2019".into(),
        check: Some(sheet.check),
        issued: sheet.issued,
    }
}

fn example_report() -> ReportSheet {
    let column = |heading: &str, share, figures| ReportColumn {
        heading: heading.into(),
        share,
        figures,
    };
    ReportSheet {
        issuer: "Northgate School of Management".into(),
        title: "Audit trail".into(),
        subtitle: Some("Unit 7001 Strategic management, Amara Nwosu-Fitzgerald".into()),
        reference: "AT-2019-0044".into(),
        facts: vec![
            ReportFact {
                label: "Learner".into(),
                value: "Amara Nwosu-Fitzgerald".into(),
            },
            ReportFact {
                label: "Registration".into(),
                value: "3 September 2018".into(),
            },
            ReportFact {
                label: "Assessor".into(),
                value: "Ruth Adeyemi".into(),
            },
        ],
        sections: vec![
            ReportSection {
                heading: "Judgements".into(),
                note: Some("Every judgement in the order in which it was signed.".into()),
                columns: vec![
                    column("Criterion", 0, false),
                    column("Evidence", 3, false),
                    column("Words", 0, true),
                    column("Judgement", 1, false),
                    column("Signed", 2, false),
                ],
                rows: (1..=40)
                    .map(|n| {
                        vec![
                            format!("{}.{}", 1 + n / 10, n % 10 + 1),
                            format!("Report on the strategic review, pages {n} to {}", n + 2),
                            format!("{}", n * 137),
                            "Met".into(),
                            "Ruth Adeyemi\n14 October 2019, 09:30".into(),
                        ]
                    })
                    .collect(),
                when_empty: "No judgement was signed.".into(),
            },
            ReportSection {
                heading: "Appeals".into(),
                note: None,
                columns: vec![column("Appeal", 1, false)],
                rows: vec![],
                when_empty: "No appeal was made.".into(),
            },
        ],
        made_on: "20 October 2019".into(),
        made: SheetDate {
            year: 2019,
            month: 10,
            day: 20,
        },
        landscape: false,
    }
}
