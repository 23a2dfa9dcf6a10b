//! A figure as a file: SVG, or the same drawing in pixels.

use super::plot::svg_file;
use crate::ledger::Figure;
use std::path::Path;

/// The formats of a figure's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picture {
    /// As in the page's `figures` folder.
    Svg,
    /// The SVG at two pixels a unit, in a font that is in the program.
    #[cfg(feature = "png")]
    Png,
}

/// A figure that cannot be drawn in its format.
#[derive(Debug, thiserror::Error)]
#[error("the figure '{id}' cannot be turned into pixels: {reason}")]
pub struct PictureError {
    /// The figure.
    pub id: &'static str,
    /// What resvg says.
    pub reason: String,
}

impl Picture {
    /// What a file's name may end in.
    pub const ENDINGS: &'static [&'static str] = if cfg!(feature = "png") {
        &["svg", "png"]
    } else {
        &["svg"]
    };

    /// The format that a file's name asks for.
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()? {
            "svg" => Some(Picture::Svg),
            #[cfg(feature = "png")]
            "png" => Some(Picture::Png),
            _ => None,
        }
    }

    /// The bytes of the file.
    ///
    /// # Errors
    /// [`PictureError`].
    pub fn draw(self, figure: &Figure) -> Result<Vec<u8>, PictureError> {
        let svg = svg_file(figure);
        match self {
            Picture::Svg => Ok(svg.into_bytes()),
            #[cfg(feature = "png")]
            Picture::Png => pixels(&svg).map_err(|reason| PictureError {
                id: figure.id,
                reason,
            }),
        }
    }
}

/// Pixels a unit of the SVG: sharp on a screen of twice the usual density.
#[cfg(feature = "png")]
const SCALE: f32 = 2.0;

#[cfg(feature = "png")]
fn pixels(svg: &str) -> Result<Vec<u8>, String> {
    use resvg::tiny_skia::{Pixmap, Transform};
    use resvg::usvg::{Options, Tree};
    let mut options = Options::default();
    let fonts = options.fontdb_mut();
    fonts.load_font_data(dejavu::sans::regular().to_vec());
    fonts.set_sans_serif_family("DejaVu Sans");
    let tree = Tree::from_str(svg, &options).map_err(|e| e.to_string())?;
    let (width, height) = (tree.size().width(), tree.size().height());
    let size = |x: f32| (SCALE * x).ceil() as u32;
    let mut map = Pixmap::new(size(width), size(height))
        .ok_or_else(|| format!("{width}×{height} is no size of a picture"))?;
    let scale = Transform::from_scale(SCALE, SCALE);
    resvg::render(&tree, scale, &mut map.as_mut());
    map.encode_png().map_err(|e| e.to_string())
}

#[cfg(all(test, feature = "png"))]
mod tests {
    use super::*;
    use crate::ledger::Axis;
    use resvg::tiny_skia::Pixmap;

    fn drawn(title: &str) -> Pixmap {
        let figure = Figure::new("p", title, Axis::linear("x"), Axis::linear("density"))
            .line("law", [(0.0, 0.5), (1.0, 0.5)]);
        let bytes = Picture::Png.draw(&figure).unwrap();
        assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n");
        Pixmap::decode_png(&bytes).unwrap()
    }

    /// Of the rows given, the number of pixels that `is` holds of (red, green, blue).
    fn count(map: &Pixmap, rows: std::ops::Range<u32>, is: impl Fn([u8; 3]) -> bool) -> usize {
        let all = rows.flat_map(|y| (0..map.width()).map(move |x| (x, y)));
        let colours = all.filter_map(|(x, y)| map.pixel(x, y));
        let colours = colours.map(|c| [c.red(), c.green(), c.blue()]);
        colours.filter(|c| is(*c)).count()
    }

    /// The title is there, the line is there in its colour, and the ground is white.
    #[test]
    fn the_pixels_show_what_the_svg_says() {
        let map = drawn("a title");
        assert_eq!(map.width(), 2 * 440);
        let dark = |c: [u8; 3]| c.iter().all(|x| *x < 100);
        assert!(count(&map, 0..50, dark) > 100);
        assert_eq!(count(&drawn(""), 0..4, dark), 0);
        let below = 50..map.height();
        assert!(count(&map, below.clone(), |c| c == [0x00, 0x72, 0xB2]) > 1000);
        let white = count(&map, below.clone(), |c| c == [255; 3]);
        assert!(white > map.width() as usize * below.len() * 8 / 10);
    }

    /// Letters that the font lacks are all the same box.
    #[test]
    fn the_letters_of_the_field_are_in_the_font() {
        let missing = drawn("\u{E000}");
        assert_eq!(drawn("\u{E001}"), missing);
        for letter in "αβγλσ′₁₂²√⊞⊠∗∞≤–".chars() {
            assert_ne!(drawn(&letter.to_string()), missing, "{letter}");
        }
    }

    #[test]
    fn the_name_says_the_format() {
        let of = |name: &str| Picture::of(Path::new(name));
        assert_eq!(of("a.b/c.svg"), Some(Picture::Svg));
        assert_eq!(of("c.png"), Some(Picture::Png));
        assert_eq!([of("c.gif"), of("png"), of(".svg")], [None; 3]);
    }
}
