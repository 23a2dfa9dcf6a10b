//! The entries of a `.npy` array, as f64.

use super::error::{Fault, Needed};
use super::half::from_half;
use super::header::{self, Element, Header, Order};
use ndarray::{ArrayD, IxDyn, ShapeBuilder};
use std::io::{ErrorKind, Read};

/// Bytes of a file, header included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum There {
    /// As the system says.
    Exactly(u64),
    /// What comes is not known, and bounded.
    AtMost(u64),
}

/// The array that the bytes of a `.npy` file are, as f64 (integers beyond 2⁵³ rounded to the nearest).
///
/// float16, float32, float64, bool and integers of 8 to 64 bits, little or big endian, in C or Fortran order; not empty,
/// every entry finite.
///
/// # Errors
/// [`Fault`]. No more is allocated than 8 bytes for each byte given.
pub fn read_npy(bytes: &[u8]) -> Result<ArrayD<f64>, Fault> {
    let mut reader = bytes;
    array(&mut reader, There::Exactly(bytes.len() as u64))
}

/// Entries of the shape, and the bytes they take in the file.
fn sizes(header: &Header, there: There) -> Result<usize, Fault> {
    let shape = &header.shape;
    if shape.contains(&0) {
        return Err(Fault::Empty {
            shape: shape.clone(),
        });
    }
    let count = shape.iter().try_fold(1usize, |n, &m| n.checked_mul(m));
    let needed = count.and_then(|n| n.checked_mul(header.element.bytes()));
    let needed = needed.and_then(|n| u64::try_from(n).ok());
    let (there, fits) = match there {
        There::Exactly(total) => {
            let there = total.saturating_sub(header.length);
            (there, needed == Some(there))
        }
        There::AtMost(limit) => {
            let there = limit.saturating_sub(header.length);
            (there, needed.is_some_and(|needed| needed <= there))
        }
    };
    match count {
        Some(count) if fits => Ok(count),
        _ => Err(Fault::Size {
            shape: shape.clone(),
            needed: Needed(needed),
            there,
        }),
    }
}

/// Reads a whole array.
pub(super) fn array(reader: &mut dyn Read, there: There) -> Result<ArrayD<f64>, Fault> {
    let header = header::read(reader)?;
    let count = sizes(&header, there)?;
    let mut values = Vec::new();
    let bytes = count as u64 * 8;
    values
        .try_reserve_exact(count)
        .map_err(|_| Fault::Memory { bytes })?;
    entries(reader, &header, count, &mut values)?;
    let finite = values.iter().all(|x| x.is_finite());
    let shape = IxDyn(&header.shape).set_f(header.fortran);
    let array = ArrayD::from_shape_vec(shape, values).map_err(|_| Fault::Memory { bytes })?;
    if finite {
        return Ok(array);
    }
    match array.indexed_iter().find(|(_, x)| !x.is_finite()) {
        None => Ok(array),
        Some((index, &value)) => Err(Fault::Entry {
            index: (0..array.ndim()).map(|axis| index[axis]).collect(),
            value,
        }),
    }
}

/// A multiple of every size of an entry.
const CHUNK: usize = 1 << 16;

fn entries(
    reader: &mut dyn Read,
    header: &Header,
    count: usize,
    values: &mut Vec<f64>,
) -> Result<(), Fault> {
    let mut buffer = vec![0; CHUNK];
    let size = header.element.bytes();
    let needed = count as u64 * size as u64;
    let mut read = 0u64;
    while read < needed {
        let length = (needed - read).min(CHUNK as u64) as usize;
        let chunk = &mut buffer[..length];
        let filled = fill(reader, chunk)?;
        if filled < length {
            return Err(Fault::Size {
                shape: header.shape.clone(),
                needed: Needed(Some(needed)),
                there: read + filled as u64,
            });
        }
        convert(chunk, header.element, header.order, values);
        read += length as u64;
    }
    if fill(reader, &mut [0])? == 0 {
        Ok(())
    } else {
        Err(Fault::Trailing {
            shape: header.shape.clone(),
        })
    }
}

/// As many bytes as there are, at most the buffer's length.
fn fill(reader: &mut dyn Read, buffer: &mut [u8]) -> Result<usize, Fault> {
    let mut filled = 0;
    while filled < buffer.len() {
        match reader.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(more) => filled += more,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(filled)
}

fn convert(bytes: &[u8], element: Element, order: Order, out: &mut Vec<f64>) {
    match element {
        Element::Half => each(bytes, order, out, |b| from_half(u16::from_le_bytes(b))),
        Element::Single => each(bytes, order, out, |b| f32::from_le_bytes(b).into()),
        Element::Double => each(bytes, order, out, f64::from_le_bytes),
        Element::Int8 => each(bytes, order, out, |b| i8::from_le_bytes(b).into()),
        Element::Int16 => each(bytes, order, out, |b| i16::from_le_bytes(b).into()),
        Element::Int32 => each(bytes, order, out, |b| i32::from_le_bytes(b).into()),
        Element::Int64 => each(bytes, order, out, |b| i64::from_le_bytes(b) as f64),
        Element::Uint8 => each(bytes, order, out, |b| u8::from_le_bytes(b).into()),
        Element::Uint16 => each(bytes, order, out, |b| u16::from_le_bytes(b).into()),
        Element::Uint32 => each(bytes, order, out, |b| u32::from_le_bytes(b).into()),
        Element::Uint64 => each(bytes, order, out, |b| u64::from_le_bytes(b) as f64),
        Element::Bool => each(bytes, order, out, |[b]| f64::from(u8::from(b != 0))),
    }
}

fn each<const N: usize>(
    bytes: &[u8],
    order: Order,
    out: &mut Vec<f64>,
    value: impl Fn([u8; N]) -> f64,
) {
    let (chunks, _) = bytes.as_chunks::<N>();
    out.extend(chunks.iter().map(|&chunk| {
        let mut chunk = chunk;
        if order == Order::HighByte {
            chunk.reverse();
        }
        value(chunk)
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of a stream that ends before its array does, what was there is counted over all chunks.
    #[test]
    fn a_stream_that_ends_early_says_how_much_there_was() {
        let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (20000,), }\n";
        let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
        bytes.extend((header.len() as u16).to_le_bytes());
        bytes.extend(header.as_bytes());
        let begins = bytes.len();
        for length in [40, CHUNK, CHUNK + 8, 2 * CHUNK + 24] {
            bytes.resize(begins + length, 0);
            let mut reader = bytes.as_slice();
            let fault = array(&mut reader, There::AtMost(1 << 30)).unwrap_err();
            let Fault::Size { there, needed, .. } = fault else {
                panic!("{length}: {fault}");
            };
            assert_eq!((there, needed), (length as u64, Needed(Some(160_000))));
        }
        bytes.resize(begins + 160_000, 0);
        let whole = array(&mut bytes.as_slice(), There::AtMost(1 << 30)).unwrap();
        assert_eq!(whole.shape(), [20_000]);
    }
}
