//! Hives and logs made by hand for tests.

use super::{base_block, marvin};

/// The bins of a hive in the making.
pub(in crate::source) struct Made(pub(in crate::source) Vec<u8>);

impl Made {
    pub(in crate::source) fn new() -> Self {
        Self(vec![0; 32])
    }

    pub(in crate::source) fn cell(&mut self, data: &[u8]) -> u32 {
        let at = u32::try_from(self.0.len()).unwrap();
        let size = (data.len() + 4).next_multiple_of(8);
        self.0.extend(i32::try_from(size).unwrap().wrapping_neg().to_le_bytes());
        self.0.extend(data);
        self.0.resize(self.0.len().next_multiple_of(8), 0);
        at
    }

    pub(in crate::source) fn list(&mut self, shape: [u8; 2], elements: &[u32]) -> u32 {
        let mut data = Vec::from(shape);
        data.extend(u16::try_from(elements.len()).unwrap().to_le_bytes());
        for element in elements {
            data.extend(element.to_le_bytes());
            data.extend(self.hint(shape, *element));
        }
        self.cell(&data)
    }

    /// What a list of this shape says of the key at this place.
    fn hint(&self, shape: [u8; 2], at: u32) -> Vec<u8> {
        let key = self.0.get(usize::try_from(at).unwrap() + 4..).filter(|cell| cell.starts_with(b"nk"));
        let name = key.map(|key| &key[76..76 + usize::from(key[72])]).unwrap_or_default();
        let hash = |sum: u32, byte: &u8| sum.wrapping_mul(37).wrapping_add(byte.to_ascii_uppercase().into());
        match &shape {
            b"lf" => name.iter().copied().chain([0; 4]).take(4).collect(),
            b"lh" => name.iter().fold(0, hash).to_le_bytes().to_vec(),
            _ => Vec::new(),
        }
    }

    pub(in crate::source) fn value(&mut self, name: &str, kind: u32, data: &[u8]) -> u32 {
        let place = self.cell(data);
        let mut value = b"vk".to_vec();
        value.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        for number in [u32::try_from(data.len()).unwrap(), place, kind, 1] {
            value.extend(number.to_le_bytes());
        }
        value.extend(name.bytes());
        self.cell(&value)
    }

    pub(in crate::source) fn key_with_list(
        &mut self,
        name: &str,
        count: u32,
        list: u32,
        values: &[u32],
    ) -> u32 {
        let values_at = self.cell(&values.iter().flat_map(|at| at.to_le_bytes()).collect::<Vec<_>>());
        let mut key = vec![0; 76];
        key[..4].copy_from_slice(b"nk\x20\0");
        for (at, number) in
            [(20, count), (28, list), (36, u32::try_from(values.len()).unwrap()), (40, values_at)]
        {
            key[at..at + 4].copy_from_slice(&number.to_le_bytes());
        }
        key[72] = u8::try_from(name.len()).unwrap();
        key.extend(name.bytes());
        self.cell(&key)
    }

    pub(in crate::source) fn key(&mut self, name: &str, children: &[u32], values: &[u32]) -> u32 {
        let list = self.list(*b"lh", children);
        self.key_with_list(name, u32::try_from(children.len()).unwrap(), list, values)
    }

    pub(in crate::source) fn file(mut self, root: u32) -> Vec<u8> {
        self.0.resize(self.0.len().next_multiple_of(4096), 0);
        let size = u32::try_from(self.0.len()).unwrap();
        self.0[..4].copy_from_slice(b"hbin");
        self.0[8..12].copy_from_slice(&size.to_le_bytes());
        let mut file = vec![0; base_block::LENGTH];
        file[..4].copy_from_slice(b"regf");
        for (at, number) in [(4, 7), (8, 7), (20, 1), (24, 5), (32, 1), (36, root), (40, size), (44, 1)] {
            set(&mut file, at, number);
        }
        file.extend(self.0);
        file
    }
}

/// Changes a number of the base block and makes the checksum right again.
pub(in crate::source) fn set(file: &mut [u8], at: usize, number: u32) {
    file[at..at + 4].copy_from_slice(&number.to_le_bytes());
    let sum = file[..508].as_chunks::<4>().0.iter().fold(0, |sum, n| sum ^ u32::from_le_bytes(*n));
    file[508..512].copy_from_slice(&sum.to_le_bytes());
}

/// A log of the old format: the pages of 512 bytes that these bits stand for.
pub(in crate::source) fn old_log(new: &[u8], bitmap: u8) -> Vec<u8> {
    let mut log = new[..512].to_vec();
    set(&mut log, 28, 1);
    log.extend(b"DIRT");
    log.push(bitmap);
    log.resize(1024, 0);
    for bit in (0..8).filter(|bit| bitmap >> bit & 1 == 1) {
        log.extend(&new[4096 + 512 * bit..][..512]);
    }
    log
}

/// A log of the new format: each entry the bytes for one place of the bins.
pub(in crate::source) fn new_log(new: &[u8], first: u32, bins: u32, entries: &[(u32, &[u8])]) -> Vec<u8> {
    let mut log = new[..512].to_vec();
    set(&mut log, 28, 6);
    set(&mut log, 4, first);
    for ((at, bytes), sequence) in entries.iter().zip(first..) {
        let mut body = at.to_le_bytes().to_vec();
        body.extend(u32::try_from(bytes.len()).unwrap().to_le_bytes());
        body.extend(*bytes);
        let size = (body.len() + 40).next_multiple_of(512);
        body.resize(size - 40, 0);
        let mut head = b"HvLE".to_vec();
        for number in [u32::try_from(size).unwrap(), 0, sequence, bins, 1] {
            head.extend(number.to_le_bytes());
        }
        head.extend(marvin::hash(&body).to_le_bytes());
        head.extend(marvin::hash(&head).to_le_bytes());
        log.extend(head);
        log.extend(body);
    }
    log
}
