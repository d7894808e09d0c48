//! Where the result goes: stdout, or a file that is written beside and then renamed. Messages go to stderr.

use super::console::{self, Screen};
use crate::model::Lang;
use std::fs::File;
use std::io::{self, Write};
use std::path::PathBuf;
use tempfile::NamedTempFile;

/// Where the result goes.
pub(super) enum Sink {
    /// The screen, or what it is redirected to.
    Stdout,
    /// A file that takes its name when it is whole.
    File { temporary: NamedTempFile<File>, path: PathBuf },
}

impl Sink {
    /// Opens the file now, so that a scan does not end in a path that can't be written.
    pub(super) fn new(path: Option<PathBuf>) -> io::Result<Self> {
        let Some(path) = path else { return Ok(Self::Stdout) };
        if path.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        let mut builder = tempfile::Builder::new();
        builder.prefix(".smtp-auth-audit-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // the umask takes from it what it takes from any new file
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        let temporary = builder.tempfile_in(folder.unwrap_or(std::path::Path::new(".")))?;
        Ok(Self::File { temporary, path })
    }

    /// What the result may use: a file gets neither colours nor line drawing.
    pub(super) fn screen(&self, lang: Lang) -> Screen {
        match self {
            Self::Stdout => Screen::of_stdout(lang),
            Self::File { .. } => Screen::PLAIN,
        }
    }

    /// Writes everything. A reader that has closed the pipe has seen enough: no error.
    pub(super) fn write(self, text: &str) -> io::Result<()> {
        match self {
            Self::Stdout => show(text),
            Self::File { mut temporary, path } => {
                temporary.write_all(text.as_bytes())?;
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
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

fn write_all(mut stdout: impl Write, bytes: &[u8]) -> io::Result<()> {
    stdout.write_all(bytes)?;
    stdout.flush()
}

/// A message for people on stderr; if that can't be written, there is nobody to tell.
pub(super) fn say(message: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{message}");
}
