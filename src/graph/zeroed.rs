//! Large zeroed memory, one allocation a result.
//!
//! For a large result the page faults of first touch cost more than its computation: large buffers ask the system for huge
//! pages, which halves that. What is never written is never touched, so it takes no memory at all.

use bytemuck::Pod;
use memmap2::MmapMut;

/// From how many bytes on a buffer is mapped instead of allocated: two huge pages.
const LARGE: usize = 4 << 20;

/// Zeroed numbers of one type.
#[derive(Debug)]
pub(crate) enum Zeroed<T> {
    Small(Vec<T>),
    Large { map: MmapMut, len: usize },
}

impl<T: Pod> Zeroed<T> {
    /// This many zeros.
    pub(crate) fn new(len: usize) -> Self {
        let bytes = len.saturating_mul(size_of::<T>());
        if bytes >= LARGE
            && let Ok(map) = MmapMut::map_anon(bytes)
        {
            // A wish: without it, or where the system refuses, everything works the same.
            #[cfg(target_os = "linux")]
            let _ = map.advise(memmap2::Advice::HugePage);
            return Self::Large { map, len };
        }
        Self::Small(vec![T::zeroed(); len])
    }

    pub(crate) fn as_slice(&self) -> &[T] {
        match self {
            Self::Small(values) => values,
            Self::Large { map, len } => &bytemuck::cast_slice(&map[..len * size_of::<T>()])[..*len],
        }
    }

    pub(crate) fn as_mut_slice(&mut self) -> &mut [T] {
        match self {
            Self::Small(values) => values,
            Self::Large { map, len } => {
                let bytes = *len * size_of::<T>();
                bytemuck::cast_slice_mut(&mut map[..bytes])
            }
        }
    }
}
