//! Where randomness enters the system (with `cli`): ids, salts and tokens come from the operating system's source.

use assay_domain::Fresh;
use rand::rngs::SysRng;
use rand::{Rng, TryRng};

/// Random ids and salts.
#[derive(Debug, Clone, Copy, Default)]
pub struct RandomFresh;

/// Bytes that nobody can guess.
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    // The thread's generator is seeded from the system and stands in for it in the rare moment when the system cannot
    // be asked; both are fit for secrets.
    if SysRng.try_fill_bytes(&mut bytes).is_err() {
        rand::rng().fill_bytes(&mut bytes);
    }
    bytes
}

impl Fresh for RandomFresh {
    fn tail(&mut self) -> String {
        const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
        random_bytes::<24>()
            .iter()
            .map(|byte| char::from(LETTERS[usize::from(byte % 32)]))
            .collect()
    }

    fn salt(&mut self) -> [u8; 32] {
        random_bytes()
    }
}

/// A word of 128 random bits in hex, for forms and incident numbers.
pub fn random_word() -> String {
    hex::encode(random_bytes::<16>())
}
