//! Numbers of bytes as people write and read them.

use std::fmt;
use std::str::FromStr;

/// A number of bytes, as people write and read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Bytes(pub(super) u64);

/// Units, each 1,024 of the one before.
const UNITS: [&str; 4] = ["K", "M", "G", "T"];

impl FromStr for Bytes {
    type Err = String;

    /// `1073741824`, `512M`, `8G`, `8GB`, `8GiB`.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "say bytes, or a number with K, M, G or T, such as 512M or 8G".to_owned();
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (number, unit) = text.split_at(digits);
        let unit = unit.trim_start().to_ascii_uppercase();
        let letter = unit.strip_suffix("IB").or_else(|| unit.strip_suffix('B')).unwrap_or(&unit);
        let power = match letter {
            "" => 0,
            letter => 1 + UNITS.iter().position(|unit| *unit == letter).ok_or_else(wrong)?,
        };
        let number: u64 = number.parse().map_err(|_| wrong())?;
        let bytes = number.checked_mul(1 << (10 * power)).ok_or_else(wrong)?;
        if bytes == 0 { Err(wrong()) } else { Ok(Self(bytes)) }
    }
}

impl fmt::Display for Bytes {
    /// `1.5 GiB`: one place behind the point, rounded up, because it is said of what is needed.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((scale, unit)) = scales().rev().find(|(scale, _)| self.0 >= *scale) else {
            return write!(out, "{} bytes", self.0);
        };
        let tenths = (u128::from(self.0) * 10).div_ceil(u128::from(scale));
        write!(out, "{}.{} {unit}iB", tenths / 10, tenths % 10)
    }
}

impl Bytes {
    /// As an argument of `--memory-limit` that is not smaller, in a unit of which there are at least ten.
    pub(super) fn argument(self) -> String {
        let (scale, unit) = scales().rev().find(|(scale, _)| self.0 >= 10 * scale).unwrap_or((1 << 10, "K"));
        format!("{}{unit}", self.0.div_ceil(scale))
    }
}

/// The units with their sizes, smallest first.
fn scales() -> impl DoubleEndedIterator<Item = (u64, &'static str)> {
    UNITS.iter().enumerate().map(|(place, unit)| (1 << (10 * (place + 1)), *unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_people_write_them() {
        for (text, bytes) in [
            ("1", 1),
            ("4096", 4096),
            ("1k", 1 << 10),
            ("512M", 512 << 20),
            ("8G", 8 << 30),
            ("8GB", 8 << 30),
            ("8 GiB", 8 << 30),
            ("2T", 2 << 40),
        ] {
            assert_eq!(text.parse(), Ok(Bytes(bytes)), "{text}");
        }
        for text in ["", "0", "0G", "G", "1.5G", "-1", "8X", "8GG", "99999999999T"] {
            assert!(text.parse::<Bytes>().is_err(), "{text}");
        }
    }

    #[test]
    fn sizes_are_printed_rounded_up() {
        for (bytes, text, argument) in [
            (1, "1 bytes", "1K"),
            (1536, "1.5 KiB", "2K"),
            ((5 << 20) + 1, "5.1 MiB", "5121K"),
            (3 << 30, "3.0 GiB", "3072M"),
            ((7 << 40) + 1, "7.1 TiB", "7169G"),
        ] {
            assert_eq!(
                (Bytes(bytes).to_string().as_str(), Bytes(bytes).argument().as_str()),
                (text, argument)
            );
            assert!(argument.parse::<Bytes>().expect("an argument") >= Bytes(bytes));
        }
    }
}
