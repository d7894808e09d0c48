//! Where the result goes: stdout, or a file that is written beside and then renamed. Messages go to stderr.

use super::console::{self, Screen};
use crate::model::Lang;
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use tempfile::NamedTempFile;

/// Where the result goes.
pub(super) enum Sink {
    /// The screen, or what it is redirected to.
    Stdout,
    /// A file that takes its name when it is whole.
    File { temporary: NamedTempFile<File>, path: PathBuf },
    /// A device or a pipe: renaming would take its place.
    Device(File),
}

impl Sink {
    #[expect(
        clippy::disallowed_methods,
        reason = "the result goes to a path that the user typed, whatever lies there"
    )]
    /// Opens the file now, so that a scan does not end in a path that can't be written.
    pub(super) fn new(path: Option<PathBuf>) -> io::Result<Self> {
        let Some(path) = path else { return Ok(Self::Stdout) };
        let present = path.symlink_metadata().ok();
        match &present {
            Some(present) if present.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            Some(present) if !present.is_file() && !present.is_symlink() => {
                return OpenOptions::new().write(true).open(path).map(Self::Device);
            }
            _ => {}
        }
        let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        let mut builder = tempfile::Builder::new();
        builder.prefix(".smtp-auth-audit-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // The umask takes from a new file what it takes from any; a file that is replaced keeps its mode.
            let mode = present
                .filter(std::fs::Metadata::is_file)
                .map_or(0o666, |present| present.permissions().mode());
            builder.permissions(std::fs::Permissions::from_mode(mode));
        }
        let temporary = builder.tempfile_in(folder.unwrap_or(std::path::Path::new(".")))?;
        Ok(Self::File { temporary, path })
    }

    /// What the result may use: a file gets neither colours nor line drawing.
    pub(super) fn screen(&self, lang: Lang) -> Screen {
        match self {
            Self::Stdout => Screen::of_stdout(lang),
            Self::File { .. } | Self::Device(_) => Screen::PLAIN,
        }
    }

    /// Writes a part of JSON now; the rest comes later. The same for a pipe that is closed.
    pub(super) fn write_part(&mut self, text: &str) -> io::Result<()> {
        match self {
            Self::Stdout => unless_closed(write_all(io::stdout().lock(), text.as_bytes())),
            Self::Device(device) => write_all(device, text.as_bytes()),
            Self::File { temporary, .. } => temporary.write_all(text.as_bytes()),
        }
    }

    /// Writes everything. A reader that has closed the pipe has seen enough: no error.
    pub(super) fn write(self, text: &str) -> io::Result<()> {
        match self {
            Self::Stdout => show(text),
            file => file.write_utf8(text),
        }
    }

    /// Writes everything in UTF-8, whatever the code page of a pipe: for files' formats that say so themselves.
    pub(super) fn write_utf8(self, text: &str) -> io::Result<()> {
        self.write_utf8_by(|out| out.write_all(text.as_bytes()))
    }

    /// The same for what is not at hand as a whole.
    pub(super) fn write_utf8_by(
        self,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let buffered = |out: &mut dyn Write| {
            let mut out = BufWriter::with_capacity(1 << 16, out);
            write(&mut out).and_then(|()| out.flush())
        };
        match self {
            Self::Stdout => unless_closed(buffered(&mut io::stdout().lock())),
            Self::Device(mut device) => buffered(&mut device),
            Self::File { mut temporary, path } => {
                buffered(&mut temporary)?;
                temporary.as_file().sync_all()?;
                // Renaming takes the place of a link instead of following it.
                temporary.persist(path).map_err(|error| error.error)?;
                Ok(())
            }
        }
    }
}

/// Writes to stdout; a closed pipe is no error.
pub(super) fn show(text: &str) -> io::Result<()> {
    let result = match console::encode_for_pipe(text) {
        Some(bytes) => write_all(io::stdout().lock(), &bytes),
        None => write_all(anstream::stdout().lock(), text.as_bytes()),
    };
    unless_closed(result)
}

fn unless_closed(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

fn write_all(mut stdout: impl Write, bytes: &[u8]) -> io::Result<()> {
    stdout.write_all(bytes)?;
    stdout.flush()
}

/// Set by `--quiet`, before anything else is read from the arguments: even their errors are not said then.
static QUIET: AtomicBool = AtomicBool::new(false);

/// From now on nothing is written to stderr.
pub(super) fn be_quiet() {
    QUIET.store(true, Ordering::Relaxed);
}

/// A question on stderr, with the answer to be typed behind it.
pub(super) fn prompt(text: &str) {
    let mut stderr = anstream::stderr().lock();
    let _ = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
}

/// A message for people on stderr; if that can't be written, there is nobody to tell.
pub(super) fn say(message: &str) {
    if QUIET.load(Ordering::Relaxed) {
        return;
    }
    let _ = writeln!(anstream::stderr().lock(), "{message}");
}
