//! Where links beneath a folder lead, by what they say: their targets are never opened for that.

use super::folders::{Folder, Folders, is_absent};
use crate::model::Text;
use crate::source::handle::Kind;
use crate::source::names::{to_os, to_text};
use crate::source::problem::Problem;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// How many links are followed for one part of a path; as many as Linux follows (man page path_resolution(7)).
pub(super) const MAX_HOPS: u8 = 40;

/// A folder, or what lies in it.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub(super) folder: Arc<Folder>,
    /// Name and kind of what lies in the folder; none for the folder itself.
    pub(super) entry: Option<(String, Kind)>,
}

/// Where a link leads.
#[derive(Debug)]
pub(super) enum Target {
    /// To what lies beneath the same folder.
    Inside(Spot),
    /// To what is not there, or round in a circle.
    Nothing,
    /// Out of the folder; an absolute path may mean something else on its own computer.
    Outside(Option<PathBuf>),
}

impl Spot {
    pub(super) fn of(folder: Arc<Folder>) -> Self {
        Self { folder, entry: None }
    }

    /// Where it lies without links, as the path of its top goes.
    fn path(&self) -> PathBuf {
        self.below(&self.folder.path)
    }

    /// Where it really lies.
    pub(super) fn real(&self) -> PathBuf {
        self.below(self.folder.real())
    }

    fn below(&self, folder: &Path) -> PathBuf {
        self.entry.as_ref().map_or_else(|| folder.to_path_buf(), |(name, _)| folder.join(to_os(name)))
    }

    /// True for a folder.
    pub(super) fn is_folder(&self) -> bool {
        self.entry.as_ref().is_none_or(|(_, kind)| *kind == Kind::Folder)
    }
}

impl Folders {
    /// The folder that lies at a spot; `None` if none does. `shown`: how its path is told.
    pub(super) fn enter(
        &self,
        spot: &Spot,
        shown: &Path,
        follow: bool,
    ) -> Result<Option<Arc<Folder>>, Problem> {
        let Spot { folder, entry } = spot;
        match entry {
            None => Ok(Some(Arc::clone(folder))),
            Some((name, Kind::Folder)) => match self.child(folder, name, follow) {
                Ok(child) => Ok(Some(child)),
                Err(error) => self.failed(folder, name, shown, &error).map(|()| None),
            },
            Some(_) => Ok(None),
        }
    }

    /// Why something in a folder could not be opened; no problem if it is not there.
    pub(super) fn failed(
        &self,
        folder: &Arc<Folder>,
        name: &str,
        shown: &Path,
        error: &io::Error,
    ) -> Result<(), Problem> {
        match self.kind_of(folder, name, false) {
            // Since the folder was listed, its owner has put a link there.
            Ok(Kind::Link) => {
                Err(leads_to(shown, &self.target(folder, name).ok().flatten().unwrap_or_default()))
            }
            // What lies in a folder that can't be searched is out of reach with it: the folder is the place.
            Err(now) if now.kind() == io::ErrorKind::PermissionDenied => {
                Err(Problem::io(shown.parent().unwrap_or(shown).display().to_string(), &now))
            }
            _ if is_absent(error) => Ok(()),
            _ => Err(Problem::io(shown.display().to_string(), error)),
        }
    }

    /// Where a link in a folder leads, by what it and the links on its way say. `floor`: the folder that nothing leaves.
    pub(super) fn follow(
        &self,
        floor: &Arc<Folder>,
        folder: &Arc<Folder>,
        name: &str,
    ) -> Result<Target, Problem> {
        let mut at = Spot { folder: Arc::clone(folder), entry: Some((name.to_owned(), Kind::Link)) };
        // The parts that are left, the next one at the end.
        let mut parts: Vec<String> = Vec::new();
        let mut hops = 0;
        loop {
            if let Spot { folder, entry: Some((name, kind @ Kind::Link)) } = &mut at {
                hops += 1;
                if hops > MAX_HOPS {
                    return Ok(Target::Nothing);
                }
                let link = self.target(folder, name).and_then(|target| match target {
                    // Since the folder was listed, something else has taken the link's place.
                    None => self.kind_of(folder, name, false).map(Err),
                    Some(target) => Ok(Ok(target)),
                });
                match link {
                    Ok(Ok(target)) if target.has_root() => {
                        let text = parts.iter().rev().fold(target, |text, part| text.join(part));
                        let Some(below) = below(floor, &text) else { return Ok(Target::Outside(Some(text))) };
                        (at, parts) = (Spot::of(Arc::clone(floor)), below);
                    }
                    Ok(Ok(target)) => {
                        parts.extend(words(&target).into_iter().rev());
                        at = Spot::of(Arc::clone(folder));
                    }
                    Ok(Err(now)) => {
                        *kind = now;
                        continue;
                    }
                    Err(error) => {
                        let shown = folder.path.join(to_os(name));
                        return self.failed(folder, name, &shown, &error).map(|()| Target::Nothing);
                    }
                }
            }
            let Some(part) = parts.pop() else { return Ok(Target::Inside(at)) };
            let shown = at.path();
            let Some(folder) = self.enter(&at, &shown, false)? else { return Ok(Target::Nothing) };
            at = if part != ".." {
                let Some(entry) = self.find(&folder, &shown, &part, false)? else {
                    return Ok(Target::Nothing);
                };
                Spot { folder, entry: Some(entry) }
            } else if let Some(above) = above(&folder, floor) {
                Spot::of(above)
            } else {
                // Out of the floor, and perhaps in again.
                let above = folder.real().parent().unwrap_or(folder.real()).to_path_buf();
                let text = parts.iter().rev().fold(above, |text, part| text.join(part));
                let Some(below) = below(floor, &text) else { return Ok(Target::Outside(None)) };
                parts = below;
                Spot::of(Arc::clone(floor))
            };
        }
    }
}

/// A link leads to where nothing is followed.
pub(super) fn leads_to(link: &Path, target: &Path) -> Problem {
    let target = target.display();
    Problem::outside(
        link.display().to_string(),
        &Text::new(
            format!("リンク先 {target} は、調べるフォルダーの外です。"),
            format!("the link leads to {target}, out of what is scanned"),
        ),
    )
}

/// The folder around another one, if that is not the floor.
fn above(folder: &Arc<Folder>, floor: &Arc<Folder>) -> Option<Arc<Folder>> {
    folder.parent.clone().filter(|_| !Arc::ptr_eq(folder, floor))
}

/// The parts of an absolute path below the floor, the first one at the end, if its text leads there. What follows is walked,
/// for it may hold links.
fn below(floor: &Folder, text: &Path) -> Option<Vec<String>> {
    let (text, floors) = (words(text), [floor.real(), &floor.path].map(words));
    let mut way: Vec<&String> = Vec::new();
    for at in 0..=text.len() {
        let is_floor = |floor: &Vec<String>| {
            floor.len() == way.len() && floor.iter().zip(&way).all(|(one, other)| is_same(one, other))
        };
        if floors.iter().any(is_floor) {
            return Some(text.get(at..)?.iter().rev().cloned().collect());
        }
        match text.get(at)?.as_str() {
            ".." => drop(way.pop()),
            _ => way.push(text.get(at)?),
        }
    }
    None
}

/// The parts of a path; what they stand below is not among them, except for a drive.
fn words(path: &Path) -> Vec<String> {
    if cfg!(windows) {
        let text = to_text(path.as_os_str());
        let text = text.strip_prefix(r"\\?\").unwrap_or(&text).replace('/', "\\");
        return text.split('\\').filter(|part| !matches!(*part, "" | ".")).map(str::to_owned).collect();
    }
    let parts = path.components().map(|part| match part {
        Component::Normal(name) => to_text(name),
        Component::ParentDir => "..".to_owned(),
        _ => String::new(),
    });
    parts.filter(|part| !part.is_empty()).collect()
}

fn is_same(one: &str, other: &str) -> bool {
    one == other || (cfg!(windows) && one.to_lowercase() == other.to_lowercase())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "a test makes its own folders")]
    use super::*;
    use std::fs;
    use std::os::unix::fs::symlink;
    use tempfile::TempDir;

    /// A home beside a secret, with a link of this name and target at its top; where that leads.
    fn followed(target: &str, make: impl Fn(&Path)) -> (TempDir, Target) {
        let outer = tempfile::tempdir().unwrap();
        let home = outer.path().join("home");
        fs::create_dir_all(home.join("inside/deep")).unwrap();
        fs::write(outer.path().join("secret"), "").unwrap();
        symlink(target.replace("{outer}", outer.path().to_str().unwrap()), home.join("link")).unwrap();
        make(&home);
        let folders = Folders::default();
        let top = folders.top(&home, None, None).unwrap();
        let target = folders.follow(&top, &top, "link").unwrap();
        (outer, target)
    }

    fn inside(target: &str, make: impl Fn(&Path)) -> Option<String> {
        let (outer, Target::Inside(spot)) = followed(target, make) else { return None };
        let real = outer.path().canonicalize().unwrap().join("home");
        Some(spot.real().strip_prefix(real).unwrap().display().to_string())
    }

    #[test]
    fn a_link_leads_where_it_says() {
        for (target, expected) in [
            ("inside/deep", Some("inside/deep")),
            ("./inside/../inside/./deep", Some("inside/deep")),
            ("../home/inside", Some("inside")),
            ("{outer}/home/inside", Some("inside")),
            ("{outer}/other/../home/inside/../inside", Some("inside")),
            ("/../../{outer}/home", Some("")),
            (".", Some("")),
            ("../secret", None),
            ("../home/../secret", None),
            ("{outer}/home/../secret", None),
            ("{outer}/homely", None),
            ("inside/deep/missing", None),
            ("link", None),
        ] {
            assert_eq!(inside(target, |_| ()).as_deref(), expected, "{target}");
        }
    }

    #[test]
    fn where_a_link_leads_is_told_apart() {
        for target in ["..", "../secret", "inside/../../secret"] {
            assert!(matches!(followed(target, |_| ()).1, Target::Outside(None)), "{target}");
        }
        let (outer, target) = followed("{outer}/secret", |_| ());
        let Target::Outside(Some(text)) = target else { panic!("{target:?}") };
        assert_eq!(text, outer.path().join("secret"));
        // A link on the way, with what is left of the path behind it.
        let (_, target) =
            followed("inside/out/a/b", |home| symlink("/data", home.join("inside/out")).unwrap());
        assert!(matches!(target, Target::Outside(Some(text)) if text == Path::new("/data/a/b")));
        for target in ["missing", "link", "inside/deep/missing/.."] {
            assert!(matches!(followed(target, |_| ()).1, Target::Nothing), "{target}");
        }
        // `..` behind a link is that of what the link leads to.
        let way = inside("to-deep/..", |home| symlink("inside/deep", home.join("to-deep")).unwrap());
        assert_eq!(way.as_deref(), Some("inside"));
    }

    #[test]
    fn so_many_links_are_followed_and_no_more() {
        for (links, expected) in [(MAX_HOPS, Some("inside")), (MAX_HOPS + 1, None)] {
            let found = inside("1", |home| {
                for number in 1..links {
                    let target = if number + 1 == links { "inside".into() } else { (number + 1).to_string() };
                    symlink(target, home.join(number.to_string())).unwrap();
                }
            });
            assert_eq!(found.as_deref(), expected, "{links}");
        }
    }
}
