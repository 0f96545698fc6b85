//! How a target reads its choices out of bytes: any bytes are a script, and an empty one changes nothing.

/// Bytes that are read from the front; behind the end there are zeros.
#[derive(Debug, Clone)]
pub struct Script<'b>(&'b [u8]);

impl<'b> Script<'b> {
    /// All of `bytes`.
    pub fn new(bytes: &'b [u8]) -> Self {
        Self(bytes)
    }

    /// Whether nothing is left.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The next byte.
    pub fn byte(&mut self) -> u8 {
        self.0.split_off_first().copied().unwrap_or(0)
    }

    /// A number below `end`, out of three bytes.
    pub fn below(&mut self, end: usize) -> usize {
        let number = (0..3).fold(0, |number, _| number << 8 | usize::from(self.byte()));
        number % end.max(1)
    }

    /// One of these.
    pub fn of<'t, T>(&mut self, choices: &'t [T]) -> &'t T {
        &choices[usize::from(self.byte()) % choices.len()]
    }

    /// The next `len` bytes, or as many as are left.
    pub fn take(&mut self, len: usize) -> &'b [u8] {
        let (taken, rest) = self.0.split_at(len.min(self.0.len()));
        self.0 = rest;
        taken
    }

    /// All that is left.
    pub fn rest(&mut self) -> &'b [u8] {
        std::mem::take(&mut self.0)
    }

    /// `base` with up to 16 edits: bytes set, bits flipped, pieces taken out, put in, copied to another place, and the end cut off.
    ///
    /// ```text
    /// edit = 0                      no more edits        | 4 place length bytes…    put in
    ///      | 1 place byte           set                  | 5 from to length         copied over what is there
    ///      | 2 place bit            flipped              | 6 place                  cut off
    ///      | 3 place length         taken out
    /// ```
    pub fn edited(&mut self, base: &[u8]) -> Vec<u8> {
        const MOST: usize = 16;
        let mut bytes = base.to_vec();
        for _ in 0..MOST {
            let edit = self.byte() % 7;
            if edit == 0 {
                break;
            }
            let place = self.below(bytes.len() + 1);
            match edit {
                1 | 2 => {
                    let byte = self.byte();
                    if let Some(there) = bytes.get_mut(place) {
                        *there = if edit == 1 { byte } else { *there ^ 1 << (byte % 8) };
                    }
                }
                3 => {
                    let end = bytes.len().min(place + usize::from(self.byte()));
                    bytes.drain(place..end);
                }
                4 => {
                    let len = usize::from(self.byte() % 64);
                    bytes.splice(place..place, self.take(len).iter().copied());
                }
                5 => {
                    let to = self.below(bytes.len() + 1);
                    let len = usize::from(self.byte()).min(bytes.len() - place.max(to));
                    bytes.copy_within(place..place + len, to);
                }
                _ => bytes.truncate(place),
            }
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_script_changes_nothing() {
        assert_eq!(Script::new(&[]).edited(b"as it was"), b"as it was");
    }

    #[test]
    fn edits_are_done_one_after_the_other() {
        let edits = [[1, 0, 0, 0, b'A'].as_slice(), &[3, 0, 0, 2, 1], &[4, 0, 0, 0, 1, b'-'], &[6, 0, 0, 7], &[0]];
        let script = edits.concat();
        assert_eq!(Script::new(&script).edited(b"as it was"), b"-Asit w");
    }
}
