//! A source as plain UTF-8 bytes, however it was packed and written: gzip, UTF-16.

use crate::model::limits;
use encoding_rs::{Decoder, UTF_16BE, UTF_16LE};
use flate2::read::MultiGzDecoder;
use std::io::{self, Cursor, ErrorKind, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes read at once.
const CHUNK: usize = 64 << 10;

/// Unpacks what is packed; Windows PowerShell writes what is redirected as UTF-16.
pub(super) fn plain<'a>(source: impl Read + Send + 'a) -> io::Result<Box<dyn Read + Send + 'a>> {
    let (start, source) = peek(source)?;
    let source: Box<dyn Read + Send + 'a> =
        if start == [0x1F, 0x8B] { Box::new(unpacked(source)) } else { Box::new(source) };
    let (start, source) = peek(source)?;
    let decoder = match start {
        [0xFF, 0xFE] => UTF_16LE.new_decoder(),
        [0xFE, 0xFF] => UTF_16BE.new_decoder(),
        _ => return Ok(Box::new(source)),
    };
    Ok(Box::new(Wide { source, decoder, ready: Cursor::new(Vec::new()), is_done: false }))
}

/// What a gzip holds, as long as it grows no more than reports do.
fn unpacked(source: impl Read + Send) -> impl Read + Send {
    let packed = Arc::new(AtomicU64::new(0));
    let source = MultiGzDecoder::new(Counted { source, read: Arc::clone(&packed) });
    Grown { source, packed, size: 0 }
}

/// A source, and how much was read of it.
struct Counted<R> {
    source: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(to)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// What a source has grown to: a few megabytes may stand for gigabytes of nothing.
struct Grown<R> {
    source: R,
    packed: Arc<AtomicU64>,
    size: u64,
}

impl<R: Read> Read for Grown<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let packed = self.packed.load(Ordering::Relaxed);
        if self.size > limits::UNPACKED.most && self.size > packed.saturating_mul(limits::GROWTH.most) {
            return Err(ErrorKind::FileTooLarge.into());
        }
        let read = self.source.read(to)?;
        self.size += read as u64;
        Ok(read)
    }
}

/// The first two bytes, and the whole source again.
fn peek<R: Read>(mut source: R) -> io::Result<([u8; 2], impl Read)> {
    let mut start = Vec::new();
    source.by_ref().take(2).read_to_end(&mut start)?;
    let mut both = [0; 2];
    both.iter_mut().zip(&start).for_each(|(to, from)| *to = *from);
    Ok((both, Cursor::new(start).chain(source)))
}

/// UTF-16 on its way to UTF-8.
struct Wide<R> {
    source: R,
    decoder: Decoder,
    ready: Cursor<Vec<u8>>,
    is_done: bool,
}

impl<R: Read> Read for Wide<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.ready.read(to)?;
            if read > 0 || self.is_done || to.is_empty() {
                return Ok(read);
            }
            let mut raw = Vec::new();
            self.source.by_ref().take(CHUNK as u64).read_to_end(&mut raw)?;
            self.is_done = raw.is_empty();
            let mut text =
                String::with_capacity(self.decoder.max_utf8_buffer_length(raw.len()).unwrap_or(CHUNK * 4));
            // The room is enough for all of it.
            let _ = self.decoder.decode_to_string(&raw, &mut text, self.is_done);
            self.ready = Cursor::new(text.into_bytes());
        }
    }
}
