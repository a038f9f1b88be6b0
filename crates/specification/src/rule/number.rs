//! Counts of selections, which outgrow 64 bits from 64 optional units on.

use std::fmt;

use serde::{Serialize, Serializer};

/// A whole number of any size. On the wire it is decimal text, because JSON numbers lose digits past 2^53.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BigCount {
    /// Digits to the base 10^9, lowest first, without a highest zero.
    limbs: Vec<u32>,
}

const BASE: u64 = 1_000_000_000;

impl BigCount {
    /// Nought.
    pub fn zero() -> Self {
        Self { limbs: Vec::new() }
    }

    /// One.
    pub fn one() -> Self {
        Self { limbs: vec![1] }
    }

    /// The sum of two.
    pub(super) fn plus(&self, other: &Self) -> Self {
        let mut limbs = Vec::with_capacity(self.limbs.len().max(other.limbs.len()) + 1);
        let mut carry = 0u64;
        for place in 0..self.limbs.len().max(other.limbs.len()) {
            let limb = |number: &Self| u64::from(number.limbs.get(place).copied().unwrap_or(0));
            let sum = limb(self) + limb(other) + carry;
            limbs.push(u32::try_from(sum % BASE).unwrap_or(0));
            carry = sum / BASE;
        }
        if carry > 0 {
            limbs.push(u32::try_from(carry).unwrap_or(0));
        }
        Self { limbs }
    }

    /// The product of two.
    pub(super) fn times(&self, other: &Self) -> Self {
        let mut limbs = vec![0u32; self.limbs.len() + other.limbs.len()];
        for (place, limb) in self.limbs.iter().enumerate() {
            let mut carry = 0u64;
            let others = other.limbs.iter().map(|limb| u64::from(*limb));
            // One more than there are limbs, for what is carried out of the highest.
            for (digit, other) in limbs.iter_mut().skip(place).zip(others.chain([0])) {
                let sum = u64::from(*digit) + u64::from(*limb) * other + carry;
                *digit = u32::try_from(sum % BASE).unwrap_or(0);
                carry = sum / BASE;
            }
        }
        while limbs.last() == Some(&0) {
            limbs.pop();
        }
        Self { limbs }
    }

    /// The number where it fits 64 bits.
    pub fn as_u64(&self) -> Option<u64> {
        self.limbs.iter().rev().try_fold(0u64, |number, limb| {
            number.checked_mul(BASE)?.checked_add(u64::from(*limb))
        })
    }
}

impl From<u128> for BigCount {
    fn from(mut number: u128) -> Self {
        let mut limbs = Vec::new();
        while number > 0 {
            limbs.push(u32::try_from(number % u128::from(BASE)).unwrap_or(0));
            number /= u128::from(BASE);
        }
        Self { limbs }
    }
}

impl fmt::Display for BigCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut limbs = self.limbs.iter().rev();
        write!(f, "{}", limbs.next().copied().unwrap_or(0))?;
        limbs.try_for_each(|limb| write!(f, "{limb:09}"))
    }
}

impl Serialize for BigCount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_to_the_two_hundredth_is_counted_to_the_last_digit() {
        let mut number = BigCount::one();
        for _ in 0..200 {
            number = number.plus(&number);
        }
        assert_eq!(
            number.to_string(),
            "1606938044258990275541962092341162602522202993782792835301376"
        );
        assert_eq!(number.as_u64(), None);
    }

    #[test]
    fn a_product_is_that_many_sums() {
        let mut power = BigCount::one();
        for _ in 0..100 {
            power = power.plus(&power);
        }
        let square = power.times(&power);
        let mut doubled = BigCount::one();
        for _ in 0..200 {
            doubled = doubled.plus(&doubled);
        }
        assert_eq!(square, doubled);
        assert_eq!(square.times(&BigCount::zero()), BigCount::zero());
        assert_eq!(square.times(&BigCount::one()), square);
    }

    #[test]
    fn small_numbers_fit() {
        assert_eq!(BigCount::zero().to_string(), "0");
        assert_eq!(BigCount::zero().as_u64(), Some(0));
        let mut number = BigCount::one();
        for _ in 0..40 {
            number = number.plus(&number);
        }
        assert_eq!(number.as_u64(), Some(1 << 40));
        assert_eq!(number.to_string(), "1099511627776");
    }
}
