//! Where the result goes: stdout, or a file that takes its name when it is whole. Messages go to stderr.

use super::console::{self, Screen};
use crate::model::Lang;
use crate::source::here::runs_as_system;
use crate::source::trust::{refuse_link, refuse_unsafe};
use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// Where the result goes.
pub(super) enum Sink {
    /// The screen, or what it is redirected to.
    Stdout,
    /// A file that comes about when it is whole. Until then what is written has no name, so that nothing is left behind
    /// however the program ends.
    File { nameless: File, place: Place },
    /// A device or a pipe: renaming would take its place.
    Device(File),
}

/// What a file is to become.
pub(super) struct Place {
    path: PathBuf,
    folder: PathBuf,
    #[cfg_attr(not(unix), expect(dead_code, reason = "files of Windows have none"))]
    mode: u32,
}

impl Sink {
    #[expect(
        clippy::disallowed_methods,
        reason = "the result goes to a path that the user typed, whatever lies there"
    )]
    /// Opens the file now, so that a scan does not end in a path that can't be written.
    pub(super) fn new(path: Option<PathBuf>) -> io::Result<Self> {
        let Some(path) = path else { return Ok(Self::Stdout) };
        let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new(".")).to_path_buf();
        refuse_unsafe(&folder)?;
        refuse_link(&path)?;
        let present = path.symlink_metadata().ok();
        match &present {
            Some(present) if present.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            Some(present) if !present.is_file() => {
                return open_device(&path).map(Self::Device);
            }
            _ => {}
        }
        let mode = mode(present.as_ref(), runs_as_system());
        Ok(Self::File { nameless: tempfile::tempfile_in(&folder)?, place: Place { path, folder, mode } })
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
            Self::File { nameless, .. } => nameless.write_all(text.as_bytes()),
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
            Self::File { mut nameless, place } => {
                buffered(&mut nameless)?;
                place.take(nameless)
            }
        }
    }
}

impl Place {
    /// Copies what is whole beside the place, and renames.
    fn take(self, mut whole: File) -> io::Result<()> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".smtp-auth-audit-");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(self.mode));
        let mut temporary = builder.tempfile_in(&self.folder)?;
        whole.rewind()?;
        io::copy(&mut whole, temporary.as_file_mut())?;
        temporary.as_file().sync_all()?;
        // A link that was put there meanwhile is at least not followed.
        temporary.persist(&self.path).map_err(|error| error.error)?;
        Ok(())
    }
}

/// A report about all users is for their administrators. The umask takes from any other new file what it takes elsewhere; a
/// file that is replaced keeps its mode, unless somebody else has put it there.
#[cfg(unix)]
fn mode(present: Option<&Metadata>, for_all: bool) -> u32 {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let new = if for_all { 0o600 } else { 0o666 };
    let replaced = present.filter(|present| present.is_file() && (!for_all || present.uid() == 0));
    replaced.map_or(new, |present| present.permissions().mode())
}

/// Windows files have none.
#[cfg(not(unix))]
fn mode(_: Option<&Metadata>, _: bool) -> u32 {
    0
}

/// Without following a link that took its place meanwhile, and without writing into a file that did.
#[expect(clippy::disallowed_methods, reason = "as for the path itself")]
fn open_device(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        let flags = OFlags::NOFOLLOW | OFlags::NOCTTY;
        options.custom_flags(flags.bits().cast_signed());
    }
    let device = options.open(path)?;
    if device.metadata()?.is_file() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    Ok(device)
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
