//! The header of a `.npy` array, by the rules of numpy's format: a flat dictionary, read in one pass without recursion.

use super::error::{Fault, HeaderFault, short};
use std::io::Read;

/// numpy's own limit is 10 000 bytes; structured types are refused all the same.
const HEADER_LIMIT: u64 = 65_536;
/// numpy's own limit.
const AXES: usize = 64;

/// The numbers that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    Half,
    Single,
    Double,
    Int8,
    Int16,
    Int32,
    Int64,
    Uint8,
    Uint16,
    Uint32,
    Uint64,
    Bool,
}

impl Element {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "f2" => Element::Half,
            "f4" => Element::Single,
            "f8" => Element::Double,
            "i1" => Element::Int8,
            "i2" => Element::Int16,
            "i4" => Element::Int32,
            "i8" => Element::Int64,
            "u1" => Element::Uint8,
            "u2" => Element::Uint16,
            "u4" => Element::Uint32,
            "u8" => Element::Uint64,
            "b1" => Element::Bool,
            _ => return None,
        })
    }

    /// Bytes of one.
    pub(super) fn bytes(self) -> usize {
        match self {
            Element::Int8 | Element::Uint8 | Element::Bool => 1,
            Element::Half | Element::Int16 | Element::Uint16 => 2,
            Element::Single | Element::Int32 | Element::Uint32 => 4,
            Element::Double | Element::Int64 | Element::Uint64 => 8,
        }
    }
}

/// What comes first in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    LowByte,
    HighByte,
}

/// What a header says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) element: Element,
    pub(super) order: Order,
    /// The first index runs fastest.
    pub(super) fortran: bool,
    pub(super) shape: Vec<usize>,
    /// Bytes of the file before the entries.
    pub(super) length: u64,
}

/// Reads on until the buffer is full.
fn fill(reader: &mut dyn Read, buffer: &mut [u8]) -> Result<(), Fault> {
    reader.read_exact(buffer).map_err(|error| {
        if error.kind() == std::io::ErrorKind::UnexpectedEof {
            HeaderFault::Cut.into()
        } else {
            Fault::Io(error)
        }
    })
}

/// Reads to the first entry.
pub(super) fn read(reader: &mut dyn Read) -> Result<Header, Fault> {
    let mut magic = [0; 6];
    let begun = reader.read(&mut magic[..1])?;
    if begun == 0 {
        return Err(Fault::NoBytes);
    }
    if magic[0] != 0x93 {
        return Err(HeaderFault::Magic.into());
    }
    fill(reader, &mut magic[1..])?;
    if &magic != b"\x93NUMPY" {
        return Err(HeaderFault::Magic.into());
    }
    let mut version = [0; 2];
    fill(reader, &mut version)?;
    let [major, minor] = version;
    let (before, length) = match (major, minor) {
        (1, 0) => {
            let mut bytes = [0; 2];
            fill(reader, &mut bytes)?;
            (10, u64::from(u16::from_le_bytes(bytes)))
        }
        (2 | 3, 0) => {
            let mut bytes = [0; 4];
            fill(reader, &mut bytes)?;
            (12, u64::from(u32::from_le_bytes(bytes)))
        }
        _ => return Err(HeaderFault::Version { major, minor }.into()),
    };
    if length > HEADER_LIMIT {
        let limit = HEADER_LIMIT;
        return Err(HeaderFault::Length { length, limit }.into());
    }
    let mut text = vec![0; length as usize];
    fill(reader, &mut text)?;
    dictionary(&text, before + length)
}

fn dictionary(text: &[u8], length: u64) -> Result<Header, Fault> {
    let mut cursor = Cursor { text, at: 0 };
    let (mut descr, mut fortran, mut shape) = (None, None, None);
    cursor.skip(b'{', "'{'")?;
    while !cursor.takes(b'}') {
        let key = cursor.quoted()?;
        cursor.skip(b':', "':'")?;
        // A key twice is no dictionary that numpy writes.
        let again = match key {
            b"descr" => descr.replace(cursor.element()?).is_some(),
            b"fortran_order" => fortran.replace(cursor.truth()?).is_some(),
            b"shape" => shape.replace(cursor.tuple()?).is_some(),
            _ => true,
        };
        if again {
            return Err(HeaderFault::Keys.into());
        }
        if !cursor.takes(b',') {
            cursor.skip(b'}', "',' or '}'")?;
            break;
        }
    }
    cursor.ends()?;
    match (descr, fortran, shape) {
        (Some((element, order)), Some(fortran), Some(shape)) => Ok(Header {
            element,
            order,
            fortran,
            shape,
            length,
        }),
        _ => Err(HeaderFault::Keys.into()),
    }
}

struct Cursor<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    fn form(&self, wanted: &'static str) -> HeaderFault {
        HeaderFault::Form {
            at: self.at,
            wanted,
        }
    }

    fn rest(&self) -> &'a [u8] {
        self.text.get(self.at..).unwrap_or(&[])
    }

    fn spaces(&mut self) {
        let spaces = self.rest().iter().take_while(|b| b.is_ascii_whitespace());
        self.at += spaces.count();
    }

    fn takes(&mut self, byte: u8) -> bool {
        self.spaces();
        let there = self.rest().first() == Some(&byte);
        self.at += usize::from(there);
        there
    }

    fn skip(&mut self, byte: u8, wanted: &'static str) -> Result<(), HeaderFault> {
        if self.takes(byte) {
            Ok(())
        } else {
            Err(self.form(wanted))
        }
    }

    fn ends(&mut self) -> Result<(), HeaderFault> {
        self.spaces();
        if self.rest().is_empty() {
            Ok(())
        } else {
            Err(self.form("end"))
        }
    }

    /// A text in single or double quotes; no escapes, which no key and no type has.
    fn quoted(&mut self) -> Result<&'a [u8], HeaderFault> {
        self.spaces();
        let rest = self.rest();
        let inner = match rest.split_first() {
            Some((&quote @ (b'\'' | b'"'), tail)) => tail.split(|b| *b == quote).next(),
            _ => None,
        };
        match inner {
            Some(inner) if inner.len() + 1 < rest.len() => {
                self.at += inner.len() + 2;
                Ok(inner)
            }
            _ => Err(self.form("text in quotes")),
        }
    }

    fn element(&mut self) -> Result<(Element, Order), Fault> {
        self.spaces();
        if self.rest().first() == Some(&b'[') {
            let found = short(&String::from_utf8_lossy(self.rest()));
            return Err(Fault::Type { found });
        }
        let text = String::from_utf8_lossy(self.quoted()?);
        let (order, name) = match text.strip_prefix('>') {
            Some(name) => (Order::HighByte, name),
            None => (Order::LowByte, text.trim_start_matches(['<', '|', '='])),
        };
        match Element::of(name) {
            Some(element) => Ok((element, order)),
            None => Err(Fault::Type {
                found: format!("'{}'", short(&text)),
            }),
        }
    }

    fn truth(&mut self) -> Result<bool, HeaderFault> {
        self.spaces();
        for (word, value) in [(b"True".as_slice(), true), (b"False", false)] {
            if self.rest().starts_with(word) {
                self.at += word.len();
                return Ok(value);
            }
        }
        Err(self.form("True or False"))
    }

    /// Sizes in parentheses; Python 2 wrote an L behind.
    fn tuple(&mut self) -> Result<Vec<usize>, HeaderFault> {
        self.skip(b'(', "'('")?;
        let mut sizes = vec![];
        while !self.takes(b')') {
            if sizes.len() == AXES {
                return Err(HeaderFault::Axes { limit: AXES });
            }
            sizes.push(self.size()?);
            self.takes(b'L');
            if !self.takes(b',') {
                self.skip(b')', "',' or ')'")?;
                break;
            }
        }
        Ok(sizes)
    }

    fn size(&mut self) -> Result<usize, HeaderFault> {
        self.spaces();
        let rest = self.rest();
        let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
        let text = rest.get(..digits).map(std::str::from_utf8);
        match text {
            Some(Ok(text)) if digits > 0 => {
                let size = text.parse().map_err(|_| self.form("size below 2^64"))?;
                self.at += digits;
                Ok(size)
            }
            _ => Err(self.form("size")),
        }
    }
}
