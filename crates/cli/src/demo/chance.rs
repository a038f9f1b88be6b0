//! What happens by chance in the demonstration: drawn from a seed and a place, so that the same world comes out each time.

/// A well-mixed number for a place in a world (the finaliser of SplitMix64).
pub fn mix(seed: u64, at: u64) -> u64 {
    let mut value = seed
        .wrapping_add(at.wrapping_mul(0x9E37_79B9_7F4A_7C15))
        .wrapping_add(0x9E37_79B9_7F4A_7C15);
    value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

/// Draws, one after another.
pub struct Chance {
    seed: u64,
    drawn: u64,
}

impl Chance {
    /// The draws of a place.
    pub fn of(seed: u64, place: u64) -> Self {
        Chance {
            seed: mix(seed, place),
            drawn: 0,
        }
    }

    /// A number below `most`; 0 when that is 0.
    pub fn below(&mut self, most: usize) -> usize {
        self.drawn += 1;
        let wide = mix(self.seed, self.drawn) >> 32;
        usize::try_from(wide).unwrap_or(0) % most.max(1)
    }

    /// One of several. There has to be at least one.
    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}
