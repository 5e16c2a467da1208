//! The memory itself as a peer: how long it takes to touch as many fresh bytes as a result has.

use memmap2::MmapMut;
use rayon::prelude::*;

/// Maps fresh memory as the engine does, asking for huge pages, and writes all of it on all threads.
pub(crate) fn touch(bytes: usize) -> MmapMut {
    const CHUNK: usize = 2 << 20;
    let mut map = MmapMut::map_anon(bytes.max(1)).expect("the system gives memory");
    #[cfg(target_os = "linux")]
    let _ = map.advise(memmap2::Advice::HugePage);
    map.par_chunks_mut(CHUNK).for_each(|chunk| chunk.fill(1));
    map
}
