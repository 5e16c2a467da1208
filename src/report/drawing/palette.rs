//! The colours of all pictures: hues of Okabe and Ito, darkened where they carry text, so that every text has a contrast of at
//! least 4.5 and no two meanings differ by hue alone.

use crate::model::Verb;

/// Light or dark paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Dark ink on white.
    #[default]
    Light,
    /// Light ink on a dark page.
    Dark,
}

/// The colours of one theme.
#[derive(Debug, Clone, Copy)]
pub(super) struct Palette {
    /// The paper.
    pub(super) page: &'static str,
    /// Names and headings.
    pub(super) ink: &'static str,
    /// Captions and legends.
    pub(super) soft: &'static str,
    /// Borders of nodes, and flows that are there to complete the picture.
    pub(super) line: &'static str,
    /// Derived edges, and what a blast radius does not reach.
    pub(super) faint: &'static str,
    /// A zone's box and its border.
    pub(super) zone: [&'static str; 2],
    /// Writes and reads.
    pub(super) content: &'static str,
    /// Observations.
    pub(super) watch: &'static str,
    /// What is tainted: borders and best paths.
    pub(super) taint: &'static str,
    /// Text about what is tainted.
    pub(super) taint_text: &'static str,
    /// What a change takes away: lines.
    pub(super) closed: &'static str,
    /// Text about what it takes away.
    pub(super) closed_text: &'static str,
    /// The compromised start: fill, and text on it.
    pub(super) start: [&'static str; 2],
    /// What is tainted after 1, 2, 3, and 4 or more hops.
    pub(super) by_hop: [&'static str; 4],
}

const LIGHT: Palette = Palette {
    page: "#FFFFFF",
    ink: "#1F2328",
    soft: "#6E7781",
    line: "#57606A",
    faint: "#8C959F",
    zone: ["#F6F8FA", "#D0D7DE"],
    content: "#0072B2",
    watch: "#A4477F",
    taint: "#D55E00",
    taint_text: "#B84700",
    closed: "#009E73",
    closed_text: "#00785A",
    start: ["#B84700", "#FFFFFF"],
    by_hop: ["#EC8A4A", "#F2A878", "#F6C3A1", "#F9D8C2"],
};

const DARK: Palette = Palette {
    page: "#0D1117",
    ink: "#E6EDF3",
    soft: "#8B949E",
    line: "#8B949E",
    faint: "#6E7681",
    zone: ["#161B22", "#30363D"],
    content: "#56B4E9",
    watch: "#E3A3C6",
    taint: "#D55E00",
    taint_text: "#FF9A57",
    closed: "#009E73",
    closed_text: "#3FD3A6",
    start: ["#D55E00", "#FFFFFF"],
    by_hop: ["#B04E05", "#8A4110", "#66351A", "#482B1D"],
};

impl Theme {
    /// The colours of this theme.
    pub(super) fn palette(self) -> &'static Palette {
        match self {
            Self::Light => &LIGHT,
            Self::Dark => &DARK,
        }
    }
}

impl Palette {
    /// The colour of a verb. Line style, arrowhead and letter say the same without it.
    pub(super) fn verb(&self, verb: Verb) -> &'static str {
        match verb {
            Verb::Write | Verb::Read => self.content,
            Verb::Invoke => self.ink,
            Verb::Observe => self.watch,
        }
    }

    /// The fill of a node that is tainted after some hops.
    pub(super) fn tainted(&self, hops: u32) -> &'static str {
        match hops {
            0 => self.start[0],
            _ => self.by_hop[(hops as usize).min(self.by_hop.len()) - 1],
        }
    }
}
