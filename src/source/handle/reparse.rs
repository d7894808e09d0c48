//! What a link of Windows says where it leads: `REPARSE_DATA_BUFFER` (learn.microsoft.com, "REPARSE_DATA_BUFFER structure").

use std::path::PathBuf;

/// `IO_REPARSE_TAG_MOUNT_POINT` of winnt.h: a junction.
const JUNCTION: u32 = 0xA000_0003;
/// `IO_REPARSE_TAG_SYMLINK` of winnt.h.
const SYMLINK: u32 = 0xA000_000C;
/// Where the names of either begin.
const NAMES: [(u32, usize); 2] = [(JUNCTION, 16), (SYMLINK, 20)];

/// True for the tags of links: those of OneDrive, of deduplication and of compressed system files are none
/// (`IsReparseTagNameSurrogate` of winnt.h).
pub(super) fn is_of_link(tag: u32) -> bool {
    tag & 0x2000_0000 != 0
}

/// Where a link leads; `None` for a kind that says nothing of it.
pub(super) fn target(data: &[u8]) -> Option<PathBuf> {
    let half = |at: usize| Some(u16::from_le_bytes([*data.get(at)?, *data.get(at + 1)?]));
    let tag = u32::from(half(0)?) | u32::from(half(2)?) << 16;
    let (_, names) = NAMES.into_iter().find(|(known, _)| *known == tag)?;
    let start = names + usize::from(half(8)?);
    let name = data.get(start..start + usize::from(half(10)?))?;
    let units: Vec<u16> =
        name.chunks_exact(2).filter_map(|two| Some(u16::from_le_bytes(two.try_into().ok()?))).collect();
    Some(PathBuf::from(plain(&String::from_utf16_lossy(&units))))
}

/// A path as people write it, from one of the kernel's.
fn plain(text: &str) -> String {
    let Some(rest) = text.strip_prefix(r"\??\") else { return text.to_owned() };
    match rest.strip_prefix(r"UNC\") {
        Some(share) => format!(r"\\{share}"),
        None if rest.as_bytes().get(1) == Some(&b':') => rest.to_owned(),
        None => format!(r"\\?\{rest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn buffer(tag: u32, flags: Option<u32>, substitute: &str, print: &str) -> Vec<u8> {
        let bytes = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let (substitute, print) = (bytes(substitute), bytes(print));
        let length = |bytes: &[u8]| u16::try_from(bytes.len()).unwrap();
        let halves = [0, length(&substitute), length(&substitute), length(&print)];
        let head = halves.into_iter().flat_map(u16::to_le_bytes);
        let head: Vec<u8> = head.chain(flags.into_iter().flat_map(u32::to_le_bytes)).collect();
        let all = [head, substitute, print].concat();
        [&tag.to_le_bytes()[..], &length(&all).to_le_bytes(), &[0, 0], &all].concat()
    }

    #[test]
    fn links_say_where_they_lead() {
        for (data, expected) in [
            (buffer(JUNCTION, None, r"\??\C:\Users\taro", r"C:\Users\taro"), Some(r"C:\Users\taro")),
            (buffer(JUNCTION, None, r"\??\Volume{1}\", ""), Some(r"\\?\Volume{1}\")),
            (buffer(SYMLINK, Some(0), r"\??\UNC\server\share", ""), Some(r"\\server\share")),
            (buffer(SYMLINK, Some(1), r"..\b", r"..\b"), Some(r"..\b")),
            (buffer(0x9000_001A, None, "x", "x"), None),
        ] {
            assert_eq!(target(&data), expected.map(PathBuf::from));
            for length in 0..data.len().min(20) {
                target(&data[..length]);
            }
        }
        assert!(is_of_link(JUNCTION) && is_of_link(SYMLINK));
        // OneDrive, deduplication, WOF (winnt.h)
        assert!([0x9000_001A, 0x8000_0013, 0x8000_0017].into_iter().all(|tag| !is_of_link(tag)));
    }
}
