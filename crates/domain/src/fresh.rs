//! Fresh ids and salts, handed to rules as an argument so that they never reach for randomness themselves.

/// A supply of text and bytes that nobody has seen before. The program's supply is random; a test's or the
/// demonstration's is counted from a seed.
pub trait Fresh {
    /// The tail of a new id: lower-case letters and digits, at least 20 of them, never given twice.
    fn tail(&mut self) -> String;
    /// A salt for sealing private content: 32 bytes that cannot be guessed.
    fn salt(&mut self) -> [u8; 32];
}

/// A counted supply for tests and for worlds that must come out the same each time.
#[derive(Debug, Clone)]
pub struct Counted {
    seed: u64,
    next: u64,
}

impl Counted {
    /// Starts a supply; two supplies of one seed give the same ids and salts in the same order.
    pub fn from_seed(seed: u64) -> Self {
        Counted { seed, next: 0 }
    }

    fn digest(&mut self, what: &str) -> [u8; 32] {
        use sha2::Digest;
        self.next += 1;
        let mut hash = sha2::Sha256::new();
        hash.update(what.as_bytes());
        hash.update(self.seed.to_be_bytes());
        hash.update(self.next.to_be_bytes());
        hash.finalize().into()
    }
}

impl Fresh for Counted {
    fn tail(&mut self) -> String {
        const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
        self.digest("id")
            .iter()
            .take(24)
            .map(|byte| char::from(LETTERS[usize::from(byte % 32)]))
            .collect()
    }
    fn salt(&mut self) -> [u8; 32] {
        self.digest("salt")
    }
}
