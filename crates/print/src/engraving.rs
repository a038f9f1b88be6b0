//! The engraved band around a certificate: waves woven around a rounded frame, as on share certificates.
//!
//! It is drawn as true curves, not as a picture. The points are computed here and not in the template because the
//! template language would need longer for this one ornament than for the whole rest of the page.

use typst::foundations::{Content, NativeElement, Packed, Smart};
use typst::layout::{Abs, Axes, Length, Rel};
use typst::visualize::{CurveComponent, CurveCubic, CurveElem, CurveMove};

/// A frame with rounded corners and the waves around it. All lengths in millimetres.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Engraving {
    pub(crate) width: f64,
    pub(crate) height: f64,
    /// Radius of the corners.
    pub(crate) corner: f64,
    /// How far a wave swings to either side of the frame.
    pub(crate) swing: f64,
    /// About the length of half a wave; adjusted so that a whole number of waves goes around.
    pub(crate) half_wave: f64,
    /// How many waves are woven, each a little further along than the last.
    pub(crate) strands: u8,
}

type Point = (f64, f64);

/// One half of a wave as a cubic curve: two handles and the end.
type HalfWave = [Point; 3];

/// How far along half a wave the handles of a cubic curve lie that follows a sine closely.
const HANDLE: f64 = 0.3642;

impl Engraving {
    /// The frame of the certificate.
    pub(crate) const CERTIFICATE: Self = Self {
        width: 184.0,
        height: 271.0,
        corner: 6.0,
        swing: 2.6,
        half_wave: 7.4,
        strands: 9,
    };

    /// One curve for each strand, for a template to place and to stroke.
    pub(crate) fn curves(&self) -> Vec<Content> {
        (0..self.strands)
            .map(|strand| {
                let (start, waves) = self.strand(strand);
                let start = CurveComponent::Move(Packed::new(CurveMove::new(at(start))));
                let waves = waves.into_iter().map(|[leaving, arriving, end]| {
                    let wave = CurveCubic::new(Some(Smart::Custom(at(leaving))), Some(at(arriving)), at(end));
                    CurveComponent::Cubic(Packed::new(wave))
                });
                // Not closed: the ends meet at a crest, and a closing piece of no length would be drawn as a speck.
                CurveElem::new(std::iter::once(start).chain(waves).collect()).pack()
            })
            .collect()
    }

    fn perimeter(&self) -> f64 {
        2.0 * (self.width + self.height - 4.0 * self.corner) + std::f64::consts::TAU * self.corner
    }

    /// Where a strand begins, and its half waves; the last ends where the first began.
    fn strand(&self, strand: u8) -> (Point, Vec<HalfWave>) {
        // An even number of halves, so that the band closes without a seam; a frame has a few hundred at most.
        let waves = (self.perimeter() / self.half_wave / 2.0)
            .round()
            .clamp(1.0, 1000.0);
        let half = self.perimeter() / (2.0 * waves);
        let shift = 2.0 * half * f64::from(strand) / f64::from(self.strands);
        let halves = std::iter::successors(Some(0.0), |k| Some(k + 1.0)).take_while(|k| *k < 2.0 * waves);
        let curves = halves.map(|k: f64| {
            let along = shift + k * half;
            let off = if k % 2.0 == 0.0 { self.swing } else { -self.swing };
            [
                self.point(along + HANDLE * half, off),
                self.point(along + (1.0 - HANDLE) * half, -off),
                self.point(along + half, -off),
            ]
        });
        (self.point(shift, self.swing), curves.collect())
    }

    /// The point `along` the frame, clockwise from the left end of its upper side, and `off` it to the outside.
    fn point(&self, along: f64, off: f64) -> Point {
        let Self {
            width,
            height,
            corner,
            ..
        } = *self;
        let quarter = std::f64::consts::FRAC_PI_2 * corner;
        let (across, down) = (width - 2.0 * corner, height - 2.0 * corner);
        let bend = |x: f64, y: f64, quarters: f64, along: f64| {
            let turn = quarters * std::f64::consts::FRAC_PI_2 + along / corner;
            (x + (corner + off) * turn.cos(), y + (corner + off) * turn.sin())
        };
        let mut s = along.rem_euclid(self.perimeter());
        if s < across {
            return (corner + s, -off);
        }
        s -= across;
        if s < quarter {
            return bend(width - corner, corner, -1.0, s);
        }
        s -= quarter;
        if s < down {
            return (width + off, corner + s);
        }
        s -= down;
        if s < quarter {
            return bend(width - corner, height - corner, 0.0, s);
        }
        s -= quarter;
        if s < across {
            return (width - corner - s, height + off);
        }
        s -= across;
        if s < quarter {
            return bend(corner, height - corner, 1.0, s);
        }
        s -= quarter;
        if s < down {
            return (-off, height - corner - s);
        }
        bend(corner, corner, 2.0, s - down)
    }
}

fn at((x, y): Point) -> Axes<Rel<Length>> {
    Axes::new(
        Rel::from(Length::from(Abs::mm(x))),
        Rel::from(Length::from(Abs::mm(y))),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apart(a: Point, b: Point) -> f64 {
        (a.0 - b.0).hypot(a.1 - b.1)
    }

    #[test]
    fn every_strand_ends_where_it_began() {
        let frame = Engraving::CERTIFICATE;
        for strand in 0..frame.strands {
            let (start, waves) = frame.strand(strand);
            let [_, _, end] = waves[waves.len() - 1];
            assert!(apart(start, end) < 1e-6, "strand {strand}: {start:?} and {end:?}");
        }
    }

    #[test]
    fn the_frame_has_no_jump_at_its_corners() {
        let frame = Engraving::CERTIFICATE;
        let step = 0.05;
        let mut along = 0.0;
        while along < frame.perimeter() {
            let gap = apart(frame.point(along, 2.0), frame.point(along + step, 2.0));
            assert!(gap < step * 1.5, "{gap} mm at {along} mm");
            along += step;
        }
    }

    #[test]
    fn no_wave_leaves_the_band() {
        let frame = Engraving::CERTIFICATE;
        for strand in 0..frame.strands {
            for [_, _, (x, y)] in frame.strand(strand).1 {
                let inside = (-frame.swing - 1e-9..=frame.width + frame.swing + 1e-9).contains(&x)
                    && (-frame.swing - 1e-9..=frame.height + frame.swing + 1e-9).contains(&y);
                assert!(inside, "({x}, {y})");
            }
        }
    }
}
