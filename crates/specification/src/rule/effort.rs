//! How much may be spent on working a rule out.

/// How much may be spent on working a rule out; what takes more is refused as too intricate. The usual effort keeps below
/// some hundred MiB and a second or two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Rows of sums that one diagram may take to make.
    pub states: usize,
    /// The same for a rule that can be cut into stretches of units, before that is done.
    pub states_before_cutting: usize,
    /// How many bits fewer the sums that cross a cut must take than those in the middle of the stretches beside it.
    pub least_cut: u32,
    /// Pairs of what comes before a stretch of units and what the stretch adds.
    pub steps: usize,
}

impl Default for Effort {
    fn default() -> Self {
        Self {
            states: 500_000,
            states_before_cutting: 100_000,
            least_cut: 2,
            steps: 4_000_000,
        }
    }
}
