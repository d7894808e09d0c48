//! Files of one user: known folders, drive letters, look-up without regard to case, limits, no way out of the home.

use super::problem::Problem;
use super::system::{Entry, list_folder, look, look_at_link, read_file};
use crate::model::Text;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// The files that belong to one user.
#[derive(Debug, Clone, Default)]
pub struct Files {
    /// The home folder.
    pub home: Option<PathBuf>,
    /// The disk that the home lies on: what the user knows as `C:\` or `/`.
    pub root: Option<PathBuf>,
    /// The folder that `%GIVEN%` means: what PATH names, if it is no home.
    pub given: Option<PathBuf>,
    /// The home's path on the PC itself (`C:\Users\taro`), where the registry tells it.
    pub profile_path: Option<String>,
    /// Known folders that the registry names: (name of the `User Shell Folders` value, path).
    pub shell_folders: Vec<(String, String)>,
    /// Users who scan themselves: links are followed as the system does.
    pub own: bool,
    /// The data lies on the computer that the program runs on: drive letters mean its drives.
    pub live: bool,
}

/// A path on this computer and the folder that it must not leave.
#[derive(Debug)]
struct Resolved {
    path: PathBuf,
    base: PathBuf,
}

impl Files {
    /// The whole content of a file; `None` if it is not there.
    pub fn read(&self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, Problem> {
        match self.resolve(path)? {
            Some(resolved) => self.read_resolved(&resolved, limit),
            None => Ok(None),
        }
    }

    /// The entries of a folder, sorted by name; `None` if it is not there or is no folder.
    pub fn list(&self, path: &str) -> Result<Option<Vec<Entry>>, Problem> {
        let Some(resolved) = self.resolve(path)? else { return Ok(None) };
        let Some(metadata) = look(&resolved.path)? else { return Ok(None) };
        if !metadata.is_dir() {
            return Ok(None);
        }
        self.stay_inside(&resolved)?;
        list_folder(&resolved.path).map(Some)
    }

    /// A path as it is shown to people: the real one where it exists, else as it was asked for.
    pub fn show(&self, path: &str) -> String {
        match self.resolve(path) {
            Ok(Some(resolved)) => resolved.path.display().to_string(),
            _ => path.to_owned(),
        }
    }

    fn read_resolved(&self, resolved: &Resolved, limit: u64) -> Result<Option<Vec<u8>>, Problem> {
        let place = resolved.path.display().to_string();
        let Some(metadata) = look(&resolved.path)? else { return Ok(None) };
        if metadata.is_dir() {
            return Ok(None);
        }
        if !metadata.is_file() {
            return Err(Problem::outside(
                place,
                &Text::fixed("通常のファイルではありません。", "it is not a regular file"),
            ));
        }
        self.stay_inside(resolved)?;
        #[cfg(windows)]
        if super::win::is_placeholder(&resolved.path) {
            return Err(Problem::outside(
                place,
                &Text::fixed(
                    "クラウドにだけあるファイルなので、ダウンロードしません。",
                    "the file is in the cloud only and is not downloaded",
                ),
            ));
        }
        read_file(&resolved.path, limit).map(Some)
    }

    /// For another user's data no link is followed out of the folder that the path starts from.
    fn stay_inside(&self, resolved: &Resolved) -> Result<(), Problem> {
        if self.own {
            return Ok(());
        }
        let place = || resolved.path.display().to_string();
        let real = |path: &Path| {
            #[expect(clippy::disallowed_methods, reason = "this is the door")]
            fs::canonicalize(path).map_err(|error| Problem::io(place(), &error))
        };
        if real(&resolved.path)?.starts_with(real(&resolved.base)?) {
            return Ok(());
        }
        Err(Problem::outside(
            place(),
            &Text::fixed(
                "リンクがユーザーのフォルダーの外を指しています。",
                "a link leads out of the user's folder",
            ),
        ))
    }

    /// Where a path as users type it lies on this computer. `None`: not there.
    fn resolve(&self, path: &str) -> Result<Option<Resolved>, Problem> {
        let outside = |ja: &'static str, en: &'static str| Problem::outside(path, &Text::fixed(ja, en));
        let slashed = path.replace('/', "\\");
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
            "GIVEN" => below(self.given.as_deref(), rest, true),
            "USERPROFILE" | "HOMEPATH" => self.below_home(rest, true),
            // "%HOMEDRIVE%%HOMEPATH%"
            "HOMEDRIVE" => {
                self.below_home(rest.trim_start_matches("%HOMEPATH%").trim_start_matches('\\'), true)
            }
            "APPDATA" => self.below_known("AppData", &["AppData\\Roaming", "Application Data"], rest),
            "LOCALAPPDATA" => self.below_known(
                "Local AppData",
                &["AppData\\Local", "Local Settings\\Application Data"],
                rest,
            ),
            // not a variable of Windows: the folder that Windows calls Documents, wherever it was moved to
            "DOCUMENTS" => self.below_known("Personal", &["Documents", "My Documents"], rest),
            "SYSTEMDRIVE" => below(self.root.as_deref(), rest, true),
            "SYSTEMROOT" | "WINDIR" => below(self.root.as_deref(), &format!("Windows\\{rest}"), true),
            "PROGRAMDATA" | "ALLUSERSPROFILE" => {
                below(self.root.as_deref(), &format!("ProgramData\\{rest}"), true)
            }
            "PROGRAMFILES" => below(self.root.as_deref(), &format!("Program Files\\{rest}"), true),
            "PROGRAMFILES(X86)" => below(self.root.as_deref(), &format!("Program Files (x86)\\{rest}"), true),
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
            // A known folder is given by %USERPROFILE% or a drive, never by itself: no loop.
            if folder.to_ascii_uppercase().starts_with("%USERPROFILE%") || !folder.starts_with('%') {
                return self.resolve(&format!("{}\\{rest}", folder.trim_end_matches('\\')));
            }
        }
        for place in usual {
            if let Some(folder) = self.below_home(place, true)? {
                return below(Some(&folder.path), rest, true)
                    .map(|found| found.map(|found| Resolved { base: folder.base, ..found }));
            }
        }
        Ok(None)
    }

    fn below_home(&self, rest: &str, any_case: bool) -> Result<Option<Resolved>, Problem> {
        below(self.home.as_deref(), rest, any_case)
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
        let system_drive = self.profile_path.as_deref().and_then(|p| p.chars().next()).unwrap_or('C');
        if self.root.is_some() && drive == Some(system_drive.to_ascii_uppercase()) {
            return below(self.root.as_deref(), rest, true);
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
        below(Some(Path::new(&format!("{letter}:\\"))), rest, true)
    }

    /// Users who scan themselves may have their folders on a share; devices are never opened.
    fn own_share(&self, rest: &str) -> Option<Result<Option<Resolved>, Problem>> {
        if !(cfg!(windows) && self.own && self.live) || rest.starts_with(['?', '.']) {
            return None;
        }
        let (server, rest) = rest.split_once('\\')?;
        let (share, rest) = rest.split_once('\\').unwrap_or((rest, ""));
        Some(below(Some(Path::new(&format!(r"\\{server}\{share}\"))), rest, true))
    }

    /// `/Users/hanako/…` of another computer's disk, or this one's.
    fn resolve_absolute(&self, path: &str) -> Result<Option<Resolved>, Problem> {
        let rest = path.trim_start_matches('/');
        if self.root.is_some() {
            return below(self.root.as_deref(), rest, false);
        }
        self.by_name_of_home(&rest.replace('/', "\\"), &["Users", "home"], path)
    }

    /// Without the disk, a path can only be told to lie in this home by the home's own name.
    fn by_name_of_home(&self, rest: &str, parents: &[&str], path: &str) -> Result<Option<Resolved>, Problem> {
        let name =
            self.home.as_deref().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
        let inside = name.and_then(|name| {
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
use super::win::is_fixed_drive;
/// Drive letters belong to Windows.
#[cfg(not(windows))]
fn is_fixed_drive(_letter: char) -> bool {
    false
}

/// What follows the folder in the path, if the path lies in it; both with `\`, in any case.
fn strip_folder<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    let folder = folder.trim_end_matches('\\');
    let head = path.get(..folder.len())?;
    let rest = path.get(folder.len()..)?;
    (head.to_lowercase() == folder.to_lowercase() && (rest.is_empty() || rest.starts_with('\\')))
        .then(|| rest.trim_start_matches('\\'))
}

/// Walks down from a folder, part by part. `any_case`: as Windows compares names.
fn below(base: Option<&Path>, rest: &str, any_case: bool) -> Result<Option<Resolved>, Problem> {
    let Some(base) = base else { return Ok(None) };
    let mut path = base.to_path_buf();
    let mut depth = 0_usize;
    for part in rest.split(['\\', '/']).filter(|part| !part.is_empty() && *part != ".") {
        if part == ".." {
            let Some(less) = depth.checked_sub(1) else {
                return Err(Problem::outside(
                    rest,
                    &Text::fixed("フォルダーの外へ出るパスです。", "the path leaves its folder"),
                ));
            };
            depth = less;
            path.pop();
            continue;
        }
        let next = path.join(part);
        // A part such as "C:" would replace the whole path.
        if !matches!(Path::new(part).components().next(), Some(Component::Normal(_))) {
            return Ok(None);
        }
        path = if look_at_link(&next)?.is_some() {
            next
        } else if any_case {
            match find_in_any_case(&path, part)? {
                Some(found) => found,
                None => return Ok(None),
            }
        } else {
            return Ok(None);
        };
        depth += 1;
    }
    Ok(Some(Resolved { path, base: base.to_path_buf() }))
}

fn find_in_any_case(folder: &Path, name: &str) -> Result<Option<PathBuf>, Problem> {
    match look(folder)? {
        Some(metadata) if metadata.is_dir() => {}
        _ => return Ok(None),
    }
    let wanted = name.to_lowercase();
    Ok(list_folder(folder)?
        .into_iter()
        .find(|entry| entry.name.to_lowercase() == wanted)
        .map(|e| folder.join(e.name)))
}
