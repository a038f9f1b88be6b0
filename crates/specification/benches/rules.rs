//! Rules of combination at work: a million learners judged, and plan and summary beside a mixed-integer solver on the same
//! rules. Figures are ratios of one run; docs/performance.md keeps them.
//!
//! `cargo bench -p assay-specification --bench rules`

#![allow(clippy::unwrap_used, reason = "a measurement stops at the first surprise")]
#![allow(clippy::disallowed_methods, reason = "it measures time")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use assay_specification::UnitNumber;
use assay_specification::rule::{
    Bounds, Group, LevelCondition, PlanWishes, Prepared, Rule, Take, UnitFacts, UnitSet,
};
use good_lp::{Expression, Solution, SolverModel, constraint, microlp, variable, variables};

const LEARNERS: usize = 1_000_000;
/// How long the solver is waited for.
const PATIENCE: Duration = Duration::from_secs(20);

fn number(unit: usize) -> UnitNumber {
    format!("U{unit}").parse().unwrap()
}

fn facts(count: usize) -> Vec<UnitFacts> {
    (0..count)
        .map(|unit| {
            let credits = [5, 6, 10, 7, 15][unit % 5];
            UnitFacts {
                number: number(unit),
                title: format!("Unit {unit}"),
                level: Some([4, 5, 4, 6][unit % 4]),
                credits: Some(credits),
                tut: Some(credits * 10),
                glh: Some(u32::try_from(20 + unit * 7 % 23).unwrap()),
            }
        })
        .collect()
}

/// Five groups with credits each, credits in all and at a level, and barred neighbours.
fn rule(count: usize) -> Rule {
    let part = count / 5;
    let groups = (0..5).map(|group| Group {
        units: (group * part..(group + 1) * part).map(number).collect(),
        take: Some(Take::Number(Bounds::at_least(1))),
        credits: Some(Bounds {
            at_least: Some(5),
            at_most: Some(40),
            exactly: None,
        }),
        ..Group::default()
    });
    Rule {
        groups: groups.collect(),
        credits: Some(Bounds::at_least(u32::try_from(count).unwrap().min(60))),
        levels: vec![LevelCondition {
            at_or_above: Some(5),
            credits: Some(Bounds::at_least(20)),
            ..LevelCondition::default()
        }],
        barred: vec![vec![number(0), number(1)], vec![number(2), number(3)]],
        ..Rule::default()
    }
}

/// The same rule for the mixed-integer solver: the least, or the most, of a figure.
fn solved(count: usize, figure: impl Fn(&UnitFacts) -> u32, most: bool) -> u64 {
    let (rule, facts) = (rule(count), facts(count));
    let mut problem = variables!();
    let taken: Vec<_> = facts.iter().map(|_| problem.add(variable().binary())).collect();
    let sum = |figure: &dyn Fn(usize) -> u32| -> Expression {
        let terms = taken.iter().enumerate();
        terms.map(|(unit, taken)| f64::from(figure(unit)) * *taken).sum()
    };
    let credits = |unit: usize| facts[unit].credits.unwrap();
    let whole = sum(&|unit| figure(&facts[unit]));
    let mut model = match most {
        true => problem.maximise(whole.clone()).using(microlp),
        false => problem.minimise(whole.clone()).using(microlp),
    };
    let part = count / 5;
    for group in 0..5 {
        let within = |unit: usize| unit / part == group;
        let bounds = rule.groups[group].credits.unwrap();
        model = model
            .with(constraint!(sum(&|unit| u32::from(within(unit))) >= 1))
            .with(constraint!(
                sum(&|unit| if within(unit) { credits(unit) } else { 0 }) >= f64::from(bounds.least())
            ))
            .with(constraint!(
                sum(&|unit| if within(unit) { credits(unit) } else { 0 })
                    <= f64::from(bounds.most().unwrap())
            ));
    }
    let high = |unit: usize| facts[unit].level.unwrap() >= 5;
    model = model
        .with(constraint!(
            sum(&credits) >= f64::from(rule.credits.unwrap().least())
        ))
        .with(constraint!(
            sum(&|unit| if high(unit) { credits(unit) } else { 0 }) >= 20
        ))
        .with(constraint!(taken[0] + taken[1] <= 1))
        .with(constraint!(taken[2] + taken[3] <= 1));
    let solution = model.solve().unwrap();
    solution.eval(&whole).round() as u64
}

fn timed<T>(what: impl FnOnce() -> T) -> (T, Duration) {
    let begun = Instant::now();
    let answer = black_box(what());
    (answer, begun.elapsed())
}

fn main() {
    million_learners();
    println!("\npool   prepare    plan       solver     ratio    summary    solver (8 runs)  ratio");
    for count in [10, 50, 200] {
        let (prepared, preparing) = timed(|| Prepared::new(&rule(count), facts(count)).unwrap());
        let (plan, planning) = timed(|| prepared.plan(&PlanWishes::default()).unwrap());
        let least = within_patience(move || solved(count, |unit| unit.credits.unwrap(), false));
        let (summary, summing) = timed(|| prepared.summary());
        let ranges = summary.ranges.unwrap();
        let figures: [fn(&UnitFacts) -> u32; 4] = [
            |_| 1,
            |unit| unit.credits.unwrap(),
            |unit| unit.glh.unwrap(),
            |unit| unit.tut.unwrap(),
        ];
        let ends = within_patience(move || {
            figures.map(|figure| [solved(count, figure, false), solved(count, figure, true)])
        });
        let own = [ranges.units, ranges.credits, ranges.glh, ranges.tut]
            .map(|range| [u64::from(range.least.unwrap()), u64::from(range.most.unwrap())]);
        if let Some((least, _)) = least {
            assert_eq!(plan.least, Some(least), "the two must agree");
        }
        if let Some((ends, _)) = ends {
            assert_eq!(own, ends, "the two must agree");
        }
        // Preparing is counted with each: the solver is handed the bare rule too.
        let words = |solver: Option<Duration>, own: Duration| match solver {
            Some(solver) => {
                let ratio = solver.as_secs_f64() / (own + preparing).as_secs_f64();
                (format!("{solver:.2?}"), format!("{ratio:.2}"))
            }
            None => (format!("over {PATIENCE:.0?}"), "-".to_owned()),
        };
        let (solver, ratio) = words(least.map(|(_, time)| time), planning);
        let (all, ratio_of_all) = words(ends.map(|(_, time)| time), summing);
        println!(
            "{count:>4}   {preparing:<9.2?}  {planning:<9.2?}  {solver:<9}  {ratio:<7}  {summing:<9.2?}  {all:<15}  {ratio_of_all}",
        );
        let minimal = summary
            .minimal_selections
            .map_or("not told how many".to_owned(), |count| count.to_string());
        println!(
            "       {} valid choices, {minimal} of them minimal",
            summary.selections
        );
    }
}

/// The answer and its time, unless it takes too long.
fn within_patience<T: Send + 'static>(what: impl FnOnce() -> T + Send + 'static) -> Option<(T, Duration)> {
    let (tell, told) = std::sync::mpsc::channel();
    // Whatever is still at work when the measurement ends is left behind.
    std::thread::spawn(move || tell.send(timed(what)));
    told.recv_timeout(PATIENCE).ok()
}

fn million_learners() {
    for count in [10, 50, 200] {
        let prepared = Prepared::new(&rule(count), facts(count)).unwrap();
        let numbers: Vec<UnitNumber> = prepared.listed_units().map(|unit| unit.number.clone()).collect();
        // Different sets, some awarded and some not.
        let mut state = 1u64;
        let sets: Vec<UnitSet> = (0..1000)
            .map(|_| {
                let some = numbers.iter().filter(|_| {
                    state = state
                        .wrapping_mul(6364136223846793005)
                        .wrapping_add(1442695040888963407);
                    state >> 62 == 0
                });
                prepared.pack(some.collect::<Vec<_>>())
            })
            .collect();
        let (awarded, time) = timed(|| {
            (0..LEARNERS)
                .filter(|learner| prepared.is_awarded(&sets[learner % sets.len()]))
                .count()
        });
        let (permitted, strict) = timed(|| {
            (0..LEARNERS)
                .filter(|learner| prepared.is_permitted(&sets[learner % sets.len()]))
                .count()
        });
        println!(
            "{LEARNERS} learners, {count} units: award {time:.2?} ({awarded} awarded), choice {strict:.2?} ({permitted} permitted)"
        );
    }
}
