//! Every kind of number, order and archive that is read, and what hostile bytes are refused with.

use super::*;
use ndarray::{Array2, ArrayD, ShapeBuilder};
use ndarray_npy::{NpzWriter, WriteNpyExt};
use std::io::Cursor;

fn npy(descr: &str, shape: &str, data: &[u8]) -> Vec<u8> {
    raw(
        &format!("{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}, }}"),
        data,
    )
}

fn raw(header: &str, data: &[u8]) -> Vec<u8> {
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.as_bytes());
    bytes.extend(data);
    bytes
}

fn said(bytes: &[u8]) -> String {
    match read_npy(bytes) {
        Ok(array) => format!("read {array:?}"),
        Err(fault) => fault.to_string(),
    }
}

/// The bytes of each type as C lays them out.
#[test]
fn every_type_is_read_in_both_orders() {
    type Case = (&'static str, Vec<[u8; 8]>, [f64; 2]);
    let cases: [Case; 11] = [
        (
            "f2",
            vec![widened([0x00, 0x3c]), widened([0x00, 0xc1])],
            [1.0, -2.5],
        ),
        (
            "f4",
            vec![
                widened(0.1f32.to_le_bytes()),
                widened((-3f32).to_le_bytes()),
            ],
            [f64::from(0.1f32), -3.0],
        ),
        (
            "f8",
            vec![0.1f64.to_le_bytes(), (-3e300f64).to_le_bytes()],
            [0.1, -3e300],
        ),
        (
            "i1",
            vec![widened([0x80]), widened([0x7f])],
            [-128.0, 127.0],
        ),
        (
            "i2",
            vec![widened([0x2c, 0x01]), widened([0xff, 0xff])],
            [300.0, -1.0],
        ),
        (
            "i4",
            vec![widened(i32::MIN.to_le_bytes()), widened(7i32.to_le_bytes())],
            [-2_147_483_648.0, 7.0],
        ),
        (
            "i8",
            vec![(-5i64).to_le_bytes(), (1i64 << 60).to_le_bytes()],
            [-5.0, 1_152_921_504_606_846_976.0],
        ),
        ("u1", vec![widened([0x80]), widened([0xff])], [128.0, 255.0]),
        (
            "u2",
            vec![widened([0xff, 0xff]), widened([0x00, 0x01])],
            [65535.0, 256.0],
        ),
        (
            "u4",
            vec![widened([0xff; 4]), widened([0, 0, 0, 1])],
            [4_294_967_295.0, 16777216.0],
        ),
        (
            "u8",
            vec![u64::MAX.to_le_bytes(), 3u64.to_le_bytes()],
            [18_446_744_073_709_551_616.0, 3.0],
        ),
    ];
    for (name, values, wanted) in cases {
        let size: usize = name[1..].parse().unwrap();
        for order in ['<', '>'] {
            let mut data = vec![];
            for value in &values {
                let mut value = value[..size].to_vec();
                if order == '>' {
                    value.reverse();
                }
                data.extend(value);
            }
            let array = read_npy(&npy(&format!("'{order}{name}'"), "(2,)", &data)).unwrap();
            assert_eq!(array.as_slice().unwrap(), wanted, "{order}{name}");
        }
    }
    let bools = read_npy(&npy("'|b1'", "(3,)", &[0, 1, 1])).unwrap();
    assert_eq!(bools.as_slice().unwrap(), [0.0, 1.0, 1.0]);
}

fn widened<const N: usize>(bytes: [u8; N]) -> [u8; 8] {
    let mut wide = [0; 8];
    wide[..N].copy_from_slice(&bytes);
    wide
}

/// Against another writer, in both orders of the axes.
#[test]
fn what_another_program_writes_is_read() {
    let c = Array2::from_shape_fn((3, 4), |(i, j)| (10 * i + j) as f64);
    let mut f = Array2::zeros((3, 4).f());
    f.assign(&c);
    for array in [&c, &f] {
        let mut bytes = vec![];
        array.write_npy(&mut bytes).unwrap();
        assert_eq!(read_npy(&bytes).unwrap(), c.clone().into_dyn());
    }
    // Deflated, which is the default of these options.
    let options = zip::write::SimpleFileOptions::default();
    let mut writer = NpzWriter::new_with_options(Cursor::new(vec![]), options);
    writer.add_array("x", &c).unwrap();
    writer.add_array("y", &(2.0 * &c)).unwrap();
    let mut archive = Archive::of(writer.finish().unwrap().into_inner()).unwrap();
    assert_eq!(archive.keys(), ["x", "y"]);
    assert_eq!(archive.array("y").unwrap(), (2.0 * c).into_dyn());
    let missing = archive.array("z").unwrap_err().to_string();
    assert_eq!(missing, "has no array 'z'; it has x, y");
}

#[test]
fn what_is_written_is_read_back_by_both() {
    let real = ArrayD::from_shape_fn(vec![2, 3], |i| (i[0] + 5 * i[1]) as f64);
    let complex = ndarray::arr1(&[num_complex::Complex64::new(1.0, -2.0)]).into_dyn();
    let scalar = ndarray::arr0(4.0).into_dyn();
    let bytes = npz(&[
        ("r", Saved::Real(real.view())),
        ("c", Saved::Complex(complex.view())),
        ("s", Saved::Real(scalar.view())),
    ])
    .unwrap();
    let mut theirs = ndarray_npy::NpzReader::new(Cursor::new(bytes.clone())).unwrap();
    let r: ArrayD<f64> = theirs.by_name("r").unwrap();
    let c: ArrayD<num_complex::Complex64> = theirs.by_name("c").unwrap();
    assert_eq!((r, c), (real.clone(), complex));
    let mut ours = Archive::of(bytes).unwrap();
    assert_eq!(ours.array("r").unwrap(), real);
    assert_eq!(ours.array("s").unwrap(), scalar);
    let refused = ours.array("c").unwrap_err().to_string();
    assert!(
        refused.starts_with("in 'c' has entries of type '<c16'"),
        "{refused}"
    );
}

/// The sizes of a header are compared with the bytes that are there before anything is allocated.
#[test]
fn hostile_headers_are_refused_at_once() {
    let max = u64::MAX / 2;
    let cases = [
        (
            npy("'<f8'", "(1000000000, 1000)", &[0; 64]),
            "needs 8000000000000 bytes of data: 64 are there",
        ),
        (
            npy("'<f8'", &format!("(0, {max}, {max})"), &[]),
            "it is empty",
        ),
        (
            npy("'<f8'", &format!("({max}, {max})"), &[0; 64]),
            "more than 2^64",
        ),
        (
            npy("'<f8'", "(18446744073709551616,)", &[0; 64]),
            "no size below 2^64 at byte",
        ),
        (npy(&"[".repeat(60_000), "(1,)", &[]), "entries of type [[["),
        (npy("'<f8'", &"(".repeat(60_000), &[]), "no size at byte"),
        (
            npy("'<f8'", &format!("({})", "1, ".repeat(65)), &[0; 8]),
            "more than 64 axes",
        ),
        (
            npy("'<f8'", "(2,)", &[0; 15]),
            "needs 16 bytes of data: 15 are there",
        ),
        (
            npy("'<f8'", "(2,)", &[0; 17]),
            "needs 16 bytes of data: 17 are there",
        ),
        (npy("'<f8'", "(-2,)", &[0; 16]), "no size at byte"),
        (npy("'<f16'", "(1,)", &[0; 16]), "type '<f16'"),
        (npy("'<U3'", "(1,)", &[0; 12]), "type '<U3'"),
        (npy("'|O'", "(1,)", &[0; 8]), "type '|O'"),
        (npy("'<M8[ns]'", "(1,)", &[0; 8]), "type '<M8[ns]'"),
        (
            npy("[('a', '<f8')]", "(1,)", &[0; 8]),
            "type [('a', '<f8')]",
        ),
        (
            npy("'<f8'", "(1,)", &f64::NAN.to_le_bytes()),
            "has NaN at [0]",
        ),
        (
            raw("{'descr': '<f8', 'fortran_order': False}", &[]),
            "each once",
        ),
        (raw("{'descr': '<f8', 'descr': '<f8'}", &[]), "each once"),
        (raw("{'descr': '<f8', 'colour': 3}", &[]), "each once"),
        (raw("{'descr' '<f8'}", &[]), "no ':' at byte 9"),
        (raw("{'descr': '<f8", &[]), "no text in quotes at byte 10"),
        (raw("", &[]), "no '{' at byte 0"),
        (
            raw("{'descr': '<f8', 'fortran_order': 1, 'shape': ()}", &[]),
            "no True or False at byte",
        ),
        (b"\x93NUMPY\x09\x00".to_vec(), "version 9.0"),
        (
            b"\x93NUMPY\x02\x00\xff\xff\xff\xff".to_vec(),
            "4294967295 bytes: 65536",
        ),
        (
            b"\x93NUMPY\x01\x00\xff\xff".to_vec(),
            "ends within its header",
        ),
        (b"\x93NUMP".to_vec(), "ends within its header"),
        (b"not an array".to_vec(), "does not begin with \\x93NUMPY"),
        (vec![], "no bytes"),
    ];
    for (bytes, wanted) in cases {
        let found = said(&bytes);
        assert!(found.contains(wanted), "{wanted}: {found}");
        assert!(found.chars().count() < 250, "{found}");
    }
}

/// A scalar is an array of one entry, and Fortran order names the index of a bad entry rightly.
#[test]
fn entries_are_where_the_order_says() {
    let mut data = vec![];
    for x in [0.0, 1.0, f64::INFINITY, 3.0, 4.0, 5.0] {
        data.extend(f64::to_le_bytes(x));
    }
    let header = "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3)}";
    assert!(said(&raw(header, &data)).contains("has inf at [0, 1]"));
    assert!(said(&npy("'<f8'", "(2, 3)", &data)).contains("has inf at [0, 2]"));
    let scalar = read_npy(&npy("'<f8'", "()", &2f64.to_le_bytes())).unwrap();
    assert_eq!((scalar.ndim(), scalar.sum()), (0, 2.0));
}

/// A megabyte of zeros deflates to a kilobyte: what an entry says of its size is bounded by what its bytes can become.
#[test]
fn an_archive_that_promises_too_much_is_refused() {
    let mut zip = zip::ZipWriter::new(Cursor::new(vec![]));
    let options = zip::write::SimpleFileOptions::default();
    let mut add = |name: &str, data: &[u8]| {
        zip.start_file(name, options).unwrap();
        std::io::Write::write_all(&mut zip, data).unwrap();
    };
    add(
        "far.npy",
        &npy("'<f8'", "(1000000000, 1000)", &[0; 1 << 20]),
    );
    add("near.npy", &npy("'<f8'", "(131072,)", &[0; 1 << 20]));
    add("short.npy", &npy("'<f8'", "(131072,)", &[0; 100]));
    let mut archive = Archive::of(zip.finish().unwrap().into_inner()).unwrap();
    assert_eq!(archive.array("near").unwrap().len(), 131_072);
    for (key, wanted) in [
        ("far", "needs 8000000000000 bytes"),
        ("short", "needs 1048576 bytes of data: 100"),
    ] {
        let fault = archive.array(key).unwrap_err().to_string();
        assert!(fault.contains(wanted), "{fault}");
    }
}

fn table(text: &str) -> Result<Vec<Vec<f64>>, String> {
    let matrix = Table::read(text.as_bytes()).and_then(Table::matrix);
    let rows = matrix.map(|m| m.rows().into_iter().map(|r| r.to_vec()).collect());
    rows.map_err(|fault| fault.to_string())
}

#[test]
fn tables_with_and_without_a_header() {
    for text in [
        "1,2\n3,4\n",
        "a,b\n1,2\n3,4\n",
        "\u{feff}1,2\r\n3,4",
        "\u{feff}x1,λ\n\n 1 , 2 \n \n+3,.4e1\n",
        "# x,y\n1,2\n3,4\n",
        "\"1\",\"2\"\r3,4\r",
    ] {
        assert_eq!(table(text).unwrap(), [[1.0, 2.0], [3.0, 4.0]], "{text:?}");
    }
    let names = Table::read("a, b\n1,2\n".as_bytes()).unwrap();
    assert_eq!(names.names().unwrap(), ["a", "b"]);
    // A count of its own name is data.
    assert_eq!(table("x,y\n0,5\n1,5\n2,5\n").unwrap().len(), 3);
    assert_eq!(table("0,5\n1,5\n").unwrap().len(), 2);
    assert_eq!(table("0\n1\n2\n").unwrap().len(), 3);
}

#[test]
fn what_is_no_number_is_an_error_with_its_line() {
    for (text, wanted) in [
        (
            "1.5D+00\n2\n",
            "line 1, column 1: '1.5D+00' is not a number",
        ),
        ("1_000\n2\n", "line 1, column 1: '1_000'"),
        ("NA\n2\n", "line 1, column 1: 'NA'"),
        ("x\n1\nNA\n", "line 3, column 1: 'NA'"),
        ("1\ny\n2\n", "line 2, column 1: 'y'"),
        ("x,y\n1,2\n3,\n", "line 3, column 2: ''"),
        ("x,1\n1,2\n", "line 1, column 1: 'x'"),
        ("1,2\n3,x\ny,4\n", "line 2, column 2: 'x'"),
        ("1;2\n", "line 1, column 1: '1;2'"),
        ("1 2\n", "line 1, column 1: '1 2'"),
        ("−1\n", "line 1, column 1: '−1'"),
        ("nan\n1\n", "'nan' is not a finite number"),
        (
            "1\n1e999\n",
            "line 2, column 1: '1e999' is not a finite number",
        ),
        ("1,2\n3\n", "line 2 has 1 cell: the lines above have 2"),
        ("1\n\n2,3\n", "line 3 has 2 cells"),
        ("1\r\n\r\n\r\n2,3", "line 4 has 2 cells"),
        ("x\r\n1\r\ny\r\n", "line 3, column 1: 'y'"),
        ("x\r1\r\ry", "line 4, column 1: 'y'"),
        ("\n\nx\n \ny", "line 5, column 1: 'y'"),
        ("\"a\nb\"\n1\nz\n", "line 4, column 1: 'z'"),
        (",e\n0,1.5\n1,2.5\n2,3\n", "column 1 counts 0, 1, 2, …"),
        ("1,9\n2,9\n3,9\n", "column 1 counts 1, 2, 3, …"),
        ("Index,e\n1,9\n2,9\n3,9\n", "column 1 counts"),
        ("x,y\n", "no line of numbers"),
        ("", "no line of numbers"),
        (" \n \n", "no line of numbers"),
        ("1\n\0\0\n", "zero bytes"),
        ("\"1\n2\n3", "line 1, column 1: '\"1"),
    ] {
        let found = table(text).unwrap_err();
        let wanted = wanted.replace("'\"1", "'1\\n2\\n3'");
        assert!(found.contains(&wanted), "{text:?}: {found}");
    }
    let latin = Table::read(&b"x\n\r\n\xe9"[..]).unwrap_err().to_string();
    assert!(
        latin.contains("line 3: this is no text in UTF-8"),
        "{latin}"
    );
}
