//! Counts off the codes of a sequential JPEG scan (ITU-T T.81, annex F) without decoding a pixel.
//!
//! Invariant: a scan is whole when every block of it has its codes before the next marker. The last unit may want for bits:
//! some cameras leave out the padding.

/// One colour's share of the picture.
pub(super) struct Component {
    pub id: u8,
    pub across: usize,
    pub down: usize,
}

/// What the frame header says.
pub(super) struct Frame {
    pub width: u32,
    pub height: u32,
    pub progressive: bool,
    pub components: Vec<Component>,
}

impl Frame {
    /// Units (MCU) in a row and rows of them, in a scan of all components.
    fn units(&self) -> (usize, usize) {
        let most = |factor: fn(&Component) -> usize| self.components.iter().map(factor).max().unwrap_or(1) * 8;
        (self.width_px().div_ceil(most(|part| part.across)), self.height_px().div_ceil(most(|part| part.down)))
    }

    fn width_px(&self) -> usize {
        usize::try_from(self.width).unwrap_or(usize::MAX)
    }

    fn height_px(&self) -> usize {
        usize::try_from(self.height).unwrap_or(usize::MAX)
    }

    /// Blocks that `part` has in a scan of its own.
    fn blocks_alone(&self, part: &Component) -> usize {
        let most_across = self.components.iter().map(|part| part.across).max().unwrap_or(1);
        let most_down = self.components.iter().map(|part| part.down).max().unwrap_or(1);
        let across = (self.width_px() * part.across).div_ceil(most_across).div_ceil(8);
        let down = (self.height_px() * part.down).div_ceil(most_down).div_ceil(8);
        across * down
    }

    /// Bytes of all coefficients, two each.
    pub(super) fn coefficient_bytes(&self) -> u64 {
        let (across, down) = self.units();
        let blocks: usize = self.components.iter().map(|part| across * part.across * down * part.down).sum();
        u64::try_from(blocks).unwrap_or(u64::MAX).saturating_mul(128)
    }
}

/// Code tables as they stand in the file; a scan builds those it uses, so that a file of nothing but tables costs nothing.
#[derive(Default)]
pub(super) struct Tables<'file> {
    defined: [Option<Code<'file>>; 8],
    /// Units between two restart markers; 0 without.
    pub restart_every: usize,
}

#[derive(Clone, Copy)]
struct Code<'file> {
    counts: &'file [u8; 16],
    symbols: &'file [u8],
}

/// By the next sixteen bits: how long the code is and what it says; length 0 is no code.
type Lookup = Vec<(u8, u8)>;

impl<'file> Tables<'file> {
    /// Takes over a DHT segment; none when it is malformed.
    pub(super) fn define(&mut self, mut body: &'file [u8]) -> Option<()> {
        while let Some((place, rest)) = body.split_first() {
            let (counts, rest) = rest.split_first_chunk::<16>()?;
            let total: usize = counts.iter().map(|count| usize::from(*count)).sum();
            let (symbols, rest) = rest.split_at_checked(total)?;
            let slot = usize::from(place >> 4 & 1) * 4 + usize::from(place & 3);
            *self.defined.get_mut(slot)? = Some(Code { counts, symbols });
            body = rest;
        }
        Some(())
    }

    fn lookup(&self, slot: usize) -> Option<Lookup> {
        let code = (*self.defined.get(slot)?)?;
        let mut lookup = Vec::with_capacity(1 << 16);
        let mut symbols = code.symbols.iter();
        for (length, count) in (1_u8..).zip(code.counts) {
            for symbol in symbols.by_ref().take(usize::from(*count)) {
                let next = lookup.len() + (1 << (16 - length));
                if next > 1 << 16 {
                    return None;
                }
                lookup.resize(next, (length, *symbol));
            }
        }
        lookup.resize(1 << 16, (0, 0));
        Some(lookup)
    }

    /// Whether every block of the scan that `head` opens has its codes in `codes`.
    pub(super) fn scan_is_whole(&self, frame: &Frame, head: &[u8], codes: &[u8]) -> bool {
        self.count_off(frame, head, codes).is_some()
    }

    fn count_off(&self, frame: &Frame, head: &[u8], codes: &[u8]) -> Option<()> {
        let (count, rest) = head.split_first()?;
        let named = rest.as_chunks::<2>().0.get(..usize::from(*count))?;
        let mut parts = Vec::new();
        for [id, places] in named {
            let part = frame.components.iter().find(|part| part.id == *id)?;
            parts.push((part, usize::from(places >> 4 & 3), 4 + usize::from(places & 3)));
        }
        let lookups: Vec<Option<Lookup>> = (0..8)
            .map(|slot| parts.iter().any(|(_, dc, ac)| *dc == slot || *ac == slot).then(|| self.lookup(slot)).flatten())
            .collect();
        let table = |slot: usize| lookups.get(slot)?.as_deref();
        let mut blocks = Vec::new();
        for (part, dc, ac) in &parts {
            let repeat = if parts.len() == 1 { 1 } else { part.across * part.down };
            blocks.extend(std::iter::repeat_n((table(*dc)?, table(*ac)?), repeat));
        }
        let units = match parts.as_slice() {
            [] => return None,
            [(only, ..)] => frame.blocks_alone(only),
            _ => frame.units().0 * frame.units().1,
        };
        let mut bits = Bits { codes, at: 0, held: 0, count: 0 };
        for unit in 0..units {
            let restart = self.restart_every > 0 && unit > 0 && unit % self.restart_every == 0;
            let whole = (!restart || bits.restart().is_some())
                && blocks.iter().all(|(dc, ac)| bits.skip_block(dc, ac).is_some());
            if !whole && unit + 1 < units {
                return None;
            }
        }
        Some(())
    }
}

/// The bits of a scan up to its next marker.
struct Bits<'file> {
    codes: &'file [u8],
    at: usize,
    held: u64,
    count: u32,
}

impl Bits<'_> {
    /// Passes over one block's codes; none when they end or are no codes.
    fn skip_block(&mut self, dc: &[(u8, u8)], ac: &[(u8, u8)]) -> Option<()> {
        let size = self.symbol(dc)?;
        self.take(u32::from(size & 15))?;
        let mut place = 1;
        while place < 64 {
            let symbol = self.symbol(ac)?;
            let (run, size) = (usize::from(symbol >> 4), symbol & 15);
            if size == 0 && run < 15 {
                break;
            }
            place += run + 1;
            self.take(u32::from(size))?;
        }
        Some(())
    }

    fn symbol(&mut self, lookup: &[(u8, u8)]) -> Option<u8> {
        self.fill();
        let next = if self.count >= 16 { self.held >> (self.count - 16) } else { self.held << (16 - self.count) };
        let (length, symbol) = *lookup.get(usize::try_from(next & 0xffff).ok()?)?;
        self.take(if length == 0 { return None } else { u32::from(length) })?;
        Some(symbol)
    }

    fn take(&mut self, bits: u32) -> Option<()> {
        if self.count < bits {
            self.fill();
        }
        self.count = self.count.checked_sub(bits)?;
        Some(())
    }

    fn fill(&mut self) {
        while self.count <= 48 {
            let Some(byte) = self.codes.get(self.at) else { return };
            if *byte == 0xff {
                // A marker; only a stuffed zero makes it a byte of the codes.
                if self.codes.get(self.at + 1) != Some(&0) {
                    return;
                }
                self.at += 1;
            }
            self.at += 1;
            self.held = self.held << 8 | u64::from(*byte);
            self.count += 8;
        }
    }

    /// Goes behind the next restart marker; none when another marker or the end comes first.
    fn restart(&mut self) -> Option<()> {
        loop {
            self.count = 0;
            self.fill();
            if self.count == 0 {
                break;
            }
        }
        self.count = 0;
        while self.codes.get(self.at..)?.starts_with(&[0xff, 0xff]) {
            self.at += 1;
        }
        let code = *self.codes.get(self.at + 1)?;
        self.at += 2;
        (0xd0..=0xd7).contains(&code).then_some(())
    }
}
