//! Where a path as users type it lies on this computer: variables, known folders, drive letters, names in any case.

use super::{Files, Resolved};
use crate::model::Text;
use crate::source::problem::Problem;
use crate::source::system::{is_link, look};
use std::path::Path;

/// The variables of `resolve_variable` that mean a known folder.
const KNOWN_FOLDERS: [&str; 4] = ["%APPDATA%", "%LOCALAPPDATA%", "%DOCUMENTS%", "%GIVEN%"];

impl Files {
    /// Where a path as users type it lies on this computer. `None`: not there.
    pub(super) fn resolve(&self, path: &str) -> Result<Option<Resolved>, Problem> {
        let outside = |ja: &'static str, en: &'static str| Problem::outside(path, &Text::fixed(ja, en));
        let slashed = path.replace('/', "\\");
        if let Some((place, folder)) = &self.stand_in
            && let Some(rest) = strip_folder(&slashed, &place.replace('/', "\\"))
        {
            return self.below(Some(folder), rest, true);
        }
        if let Some(rest) = slashed.strip_prefix(r"\\") {
            if let Some(share) = self.own_share(rest) {
                return share;
            }
            return Err(outside(
                "ネットワーク上またはデバイスのパスです。",
                "it is on the network or a device",
            ));
        }
        if let Some(rest) = slashed.strip_prefix('%') {
            let Some((name, rest)) = rest.split_once('%') else {
                return Err(outside("パスを解釈できません。", "the path can't be understood"));
            };
            return self.resolve_variable(name, rest, path);
        }
        if let Some(rest) = slashed.strip_prefix("~\\") {
            return self.below_home(rest, false);
        }
        let mut characters = slashed.chars();
        match (characters.next(), characters.next()) {
            (Some(letter), Some(':')) if letter.is_ascii_alphabetic() => self.resolve_drive(&slashed, path),
            (Some('\\'), _) => self.resolve_absolute(path),
            _ => Err(outside("相対パスです。", "the path is relative")),
        }
    }

    fn resolve_variable(&self, name: &str, rest: &str, path: &str) -> Result<Option<Resolved>, Problem> {
        let rest = rest.trim_start_matches('\\');
        match name.to_ascii_uppercase().as_str() {
            "GIVEN" => self.below(self.given.as_deref(), rest, true),
            "USERPROFILE" | "HOMEPATH" => self.below_home(rest, true),
            "HOMEDRIVE" if strip_start(rest, "%HOMEPATH%").is_some() => {
                self.below_home(strip_start(rest, "%HOMEPATH%").unwrap_or_default(), true)
            }
            "HOMEDRIVE" | "SYSTEMDRIVE" => {
                self.resolve_drive(&format!("{}:\\{rest}", self.system_drive()), path)
            }
            "APPDATA" => self.below_known("AppData", &["AppData\\Roaming", "Application Data"], rest),
            "LOCALAPPDATA" => self.below_known(
                "Local AppData",
                &["AppData\\Local", "Local Settings\\Application Data"],
                rest,
            ),
            // not a variable of Windows: the folder that Windows calls Documents, wherever it was moved to
            "DOCUMENTS" => self.below_known("Personal", &["Documents", "My Documents"], rest),
            "SYSTEMROOT" | "WINDIR" => self.below_system("Windows", rest, path),
            "PROGRAMDATA" | "ALLUSERSPROFILE" => self.below_system("ProgramData", rest, path),
            "PROGRAMFILES" => self.below_system("Program Files", rest, path),
            "PROGRAMFILES(X86)" => self.below_system("Program Files (x86)", rest, path),
            _ => Err(Problem::outside(
                path,
                &Text::fixed(
                    "このユーザーの環境変数の値が分かりません。",
                    "this user's value of the variable is unknown",
                ),
            )),
        }
    }

    /// A known folder: where the registry says, else the first of its usual places that exists.
    fn below_known(&self, name: &str, usual: &[&str], rest: &str) -> Result<Option<Resolved>, Problem> {
        let moved = self.shell_folders.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        if let Some((_, folder)) = moved {
            // A known folder is never given by itself or another one: no loop.
            if !KNOWN_FOLDERS.iter().any(|known| strip_start(folder, known).is_some()) {
                return self.resolve(&format!("{}\\{rest}", folder.trim_end_matches('\\')));
            }
        }
        for place in usual {
            if let Some(folder) = self.below_home(place, true)? {
                return self.walk(folder, rest, true);
            }
        }
        Ok(None)
    }

    /// A folder of the system's own; without the disk nobody can have meant one that is at hand.
    fn below_system(&self, folder: &str, rest: &str, path: &str) -> Result<Option<Resolved>, Problem> {
        if self.root.is_none() && !self.live {
            return Ok(None);
        }
        self.resolve_drive(&format!("{}:\\{folder}\\{rest}", self.system_drive()), path)
    }

    /// The letter of the drive that the home lies on is also that of the system, as far as can be known.
    pub(in crate::source) fn system_drive(&self) -> char {
        let letter = self.profile_path.as_deref().and_then(|path| path.chars().next());
        letter.filter(char::is_ascii_alphabetic).unwrap_or('C').to_ascii_uppercase()
    }

    fn below_home(&self, rest: &str, any_case: bool) -> Result<Option<Resolved>, Problem> {
        self.below(self.home.as_deref(), rest, any_case)
    }

    /// `C:\…`: in the home if the home is known by that path, else on the disk that was given.
    fn resolve_drive(&self, slashed: &str, path: &str) -> Result<Option<Resolved>, Problem> {
        if let Some(profile) = &self.profile_path
            && let Some(rest) = strip_folder(slashed, profile)
        {
            return self.below_home(rest, true);
        }
        let rest = slashed.get(2..).unwrap_or_default().trim_start_matches('\\');
        if self.live {
            return self.on_live_drive(slashed, rest, path);
        }
        let drive = slashed.chars().next().map(|letter| letter.to_ascii_uppercase());
        if self.root.is_some() && drive == Some(self.system_drive()) {
            return self.below(self.root.as_deref(), rest, true);
        }
        if let (Some(drives), Some(letter)) = (&self.drives, drive)
            && !is_link(&drives.join(letter.to_string()))
            && look(&drives.join(letter.to_string()))?.is_some()
        {
            return self.below(Some(&drives.join(letter.to_string())), rest, true);
        }
        self.by_name_of_home(rest, &["Users", "Documents and Settings"], path)
    }

    /// `C:\…` of the computer that the program runs on. For others than oneself only on a disk that is built in: a
    /// mapped drive would make SYSTEM connect somewhere.
    fn on_live_drive(&self, slashed: &str, rest: &str, path: &str) -> Result<Option<Resolved>, Problem> {
        let letter = slashed.chars().next().unwrap_or_default();
        if !self.own && !is_fixed_drive(letter) {
            return Err(Problem::outside(
                path,
                &Text::fixed(
                    "内蔵ディスクではないドライブ(ネットワーク、USB など)にあります。",
                    "it is on a drive that is no built-in disk (network, USB and the like)",
                ),
            ));
        }
        self.below(Some(Path::new(&format!("{letter}:\\"))), rest, true)
    }

    /// Users who scan themselves may have their folders on a share; devices are never opened.
    fn own_share(&self, rest: &str) -> Option<Result<Option<Resolved>, Problem>> {
        if !(cfg!(windows) && self.own && self.live) || rest.starts_with(['?', '.']) {
            return None;
        }
        let (server, rest) = rest.split_once('\\')?;
        let (share, rest) = rest.split_once('\\').unwrap_or((rest, ""));
        Some(self.below(Some(Path::new(&format!(r"\\{server}\{share}\"))), rest, true))
    }

    /// `/Users/hanako/…` of another computer's disk, or this one's.
    fn resolve_absolute(&self, path: &str) -> Result<Option<Resolved>, Problem> {
        let rest = path.trim_start_matches('/');
        // A collected home no longer lies on its disk.
        let in_home = self
            .drives
            .as_ref()
            .and(self.profile_path.as_ref())
            .and_then(|home| strip_folder(&rest.replace('/', "\\"), home.get(3..)?).map(str::to_owned));
        if let Some(rest) = in_home {
            return self.below_home(&rest, false);
        }
        if self.root.is_some() {
            return self.below(self.root.as_deref(), rest, false);
        }
        self.by_name_of_home(&rest.replace('/', "\\"), &["Users", "home"], path)
    }

    /// Without the disk, a path can only be told to lie in this home by the home's own name.
    fn by_name_of_home(&self, rest: &str, parents: &[&str], path: &str) -> Result<Option<Resolved>, Problem> {
        let inside = self.home_name.as_ref().and_then(|name| {
            parents.iter().find_map(|parent| strip_folder(rest, &format!("{parent}\\{name}")))
        });
        match inside {
            Some(inside) => self.below_home(inside, true),
            None => Err(Problem::outside(
                path,
                &Text::fixed(
                    "調べているフォルダーやディスクに含まれていません。",
                    "it is not on the folder or disk that is scanned",
                ),
            )),
        }
    }
}

#[cfg(windows)]
use crate::source::win::is_fixed_drive;
/// Drive letters belong to Windows.
#[cfg(not(windows))]
fn is_fixed_drive(_letter: char) -> bool {
    false
}

/// What follows `start`, in any case.
fn strip_start<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    let head = text.get(..start.len())?;
    head.eq_ignore_ascii_case(start).then(|| text.get(start.len()..)).flatten()
}

/// What follows the folder in the path, if the path lies in it; both with `\`, in any case.
fn strip_folder<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    let folder = folder.trim_end_matches('\\');
    let head = path.get(..folder.len())?;
    let rest = path.get(folder.len()..)?;
    (head.to_lowercase() == folder.to_lowercase() && (rest.is_empty() || rest.starts_with('\\')))
        .then(|| rest.trim_start_matches('\\'))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "a test makes its own disk")]
    use super::*;
    use std::fs;

    #[test]
    fn a_known_folder_may_have_been_moved_anywhere_on_the_disk() {
        let disk = tempfile::tempdir().unwrap();
        for folder in ["Users/taro/Moved", "Users/taro/AppData/Roaming", "Data"] {
            fs::create_dir_all(disk.path().join(folder)).unwrap();
            fs::write(disk.path().join(folder).join("x.txt"), folder).unwrap();
        }
        let mut files = Files {
            home: Some(disk.path().join("Users/taro")),
            root: Some(disk.path().to_path_buf()),
            profile_path: Some(r"C:\Users\taro".to_owned()),
            ..Files::default()
        };
        for (moved, expected) in [
            (r"%SystemDrive%\Data", "Data"),
            (r"%systemdrive%\Users\TARO\Moved", "Users/taro/Moved"),
            (r"C:\Data\", "Data"),
            (r"%HOMEDRIVE%%HOMEPATH%\Moved", "Users/taro/Moved"),
            (r"%AppData%", "Users/taro/AppData/Roaming"),
        ] {
            files.shell_folders = vec![("AppData".to_owned(), moved.to_owned())];
            let found = files.read(r"%APPDATA%\x.txt", 100).unwrap();
            assert_eq!(found.as_deref(), Some(expected.as_bytes()), "{moved}");
        }
    }
}
