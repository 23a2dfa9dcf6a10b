//! Text as lines that end in `\n`, whatever they ended in, so that lines can be counted.

use std::io::{Error, ErrorKind, Read, Result};

/// Passes text on. `\r\n` and `\r` become `\n`, and a last line without an end gets one. A zero byte, which no text has, is
/// an error: it is a device, or UTF-16.
pub(super) struct Lines<R> {
    inner: R,
    /// The byte before was `\r`: a `\n` now ends no further line.
    returned: bool,
    last: u8,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(inner: R) -> Self {
        Lines {
            inner,
            returned: false,
            last: b'\n',
        }
    }

    /// Rewrites the first bytes of the buffer in place, and says how many are left.
    fn ended(&mut self, buffer: &mut [u8], count: usize) -> usize {
        let mut kept = 0;
        for at in 0..count {
            let byte = buffer[at];
            let second = byte == b'\n' && self.returned;
            self.returned = byte == b'\r';
            if !second {
                buffer[kept] = if self.returned { b'\n' } else { byte };
                self.last = buffer[kept];
                kept += 1;
            }
        }
        kept
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            let count = self.inner.read(buffer)?;
            if count == 0 && self.last != b'\n' {
                self.last = b'\n';
                buffer[0] = b'\n';
                return Ok(1);
            }
            if buffer.iter().take(count).any(|byte| *byte == 0) {
                let text = "it has zero bytes, and is no text in UTF-8";
                return Err(Error::new(ErrorKind::InvalidData, text));
            }
            let kept = self.ended(buffer, count);
            // Nothing kept of something is not the end.
            if kept > 0 || count == 0 {
                return Ok(kept);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;
    use std::io::Read;

    /// Byte by byte and at once: an end may be cut in two by a buffer.
    #[test]
    fn every_line_ends_alike() {
        for (text, wanted) in [
            ("a\r\nb\rc\n\r\n\n\rd", "a\nb\nc\n\n\n\nd\n"),
            ("a\r", "a\n"),
            ("a\r\n", "a\n"),
            ("", ""),
        ] {
            let mut whole = String::new();
            Lines::new(text.as_bytes())
                .read_to_string(&mut whole)
                .unwrap();
            assert_eq!(whole, wanted, "{text:?}");
            let mut lines = Lines::new(text.as_bytes());
            let (mut single, mut byte) = (vec![], [0]);
            while lines.read(&mut byte).unwrap() == 1 {
                single.push(byte[0]);
            }
            assert_eq!(single, wanted.as_bytes(), "{text:?}");
        }
        assert!(Lines::new(&b"1\n\0"[..]).read_to_end(&mut vec![]).is_err());
    }
}
