//! From a folder down a path, part by part, and on behind the links that are met.

use super::beneath::{MAX_HOPS, Spot, Target, leads_to};
use super::folders::{Folder, is_absent};
use super::{Files, Resolved};
use crate::model::Text;
use crate::source::handle::Kind;
use crate::source::names::{is_reserved, to_os, to_text};
use crate::source::problem::Problem;
use std::path::{Component, Path};
use std::sync::Arc;

impl Files {
    /// Walks down from a folder, part by part. `any_case`: as Windows compares names.
    pub(super) fn below(
        &self,
        base: Option<&Path>,
        rest: &str,
        any_case: bool,
    ) -> Result<Option<Resolved>, Problem> {
        let Some(base) = base else { return Ok(None) };
        match self.base(base)? {
            Some(floor) => self.walk(Resolved::of(base, floor), rest, any_case),
            None => Ok(None),
        }
    }

    /// The folder that a path starts from. What the walk met below what PATH names is its owner's to replace, so it is
    /// opened from there.
    fn base(&self, base: &Path) -> Result<Option<Arc<Folder>>, Problem> {
        let below = self.given.as_deref().and_then(|given| base.strip_prefix(given).ok().zip(Some(given)));
        let (below, top) = below.unwrap_or((Path::new(""), base));
        let real = self.real_home.as_deref().filter(|_| self.home.as_deref() == Some(top));
        let met = self.shared.as_ref().and_then(|shared| shared.met_as(top));
        let mut folder = match self.folders.top(top, real, met) {
            Ok(folder) => folder,
            Err(error) if is_absent(&error) => return Ok(None),
            Err(error) => return Err(Problem::io(top.display().to_string(), &error)),
        };
        for part in below {
            let spot = Spot { folder, entry: Some((to_text(part), Kind::Folder)) };
            match self.folders.enter(&spot, base, false)? {
                Some(next) => folder = next,
                None => return Ok(None),
            }
        }
        Ok(Some(folder))
    }

    /// Walks on from where a path leads; no part leads above that.
    pub(super) fn walk(
        &self,
        start: Resolved,
        rest: &str,
        any_case: bool,
    ) -> Result<Option<Resolved>, Problem> {
        let mut above = Vec::new();
        let mut at = start;
        for part in rest.split(['\\', '/']).filter(|part| !part.is_empty() && *part != ".") {
            if part == ".." {
                let Some(folder) = above.pop() else {
                    return Err(Problem::outside(
                        rest,
                        &Text::fixed("フォルダーの外へ出るパスです。", "the path leaves its folder"),
                    ));
                };
                at = folder;
                continue;
            }
            match self.step(&at, part, any_case)? {
                Some(next) => above.push(std::mem::replace(&mut at, next)),
                None => return Ok(None),
            }
        }
        Ok(Some(at))
    }

    /// One part further.
    fn step(&self, at: &Resolved, part: &str, any_case: bool) -> Result<Option<Resolved>, Problem> {
        // A part such as "C:" would replace the whole path.
        if !matches!(Path::new(part).components().next(), Some(Component::Normal(_))) {
            return Ok(None);
        }
        if cfg!(windows) && is_reserved(part) {
            return Err(Problem::outside(
                at.path.join(part).display().to_string(),
                &Text::fixed("Windows では使えない名前です。", "no file of Windows has such a name"),
            ));
        }
        let Some(folder) = self.folders.enter(&at.spot, &at.path, self.own)? else { return Ok(None) };
        let found = self.folders.find(&folder, &at.path, part, any_case)?;
        let Some((name, kind)) = found else { return Ok(None) };
        let next = Resolved {
            path: at.path.join(to_os(&name)),
            base: at.base.clone(),
            floor: Arc::clone(&at.floor),
            spot: Spot { folder, entry: Some((name, kind)) },
        };
        if kind == Kind::Link { self.behind_link(next) } else { Ok(Some(next)) }
    }

    /// Where a link leads. What is not beneath the folder that the path starts from may be so on the link's own computer:
    /// in this home, or on this disk.
    fn behind_link(&self, link: Resolved) -> Result<Option<Resolved>, Problem> {
        let Spot { folder, entry } = &link.spot;
        let Some((name, _)) = entry else { return Ok(Some(link)) };
        let target = match self.target(&link.floor, folder, name)? {
            Target::Inside(spot) => return Ok(Some(Resolved { spot, ..link })),
            _ if is_junction(name) => return Ok(None),
            target => target,
        };
        // The disk of the computer that the program runs on is no other one's.
        let is_here = self.live || self.root.as_deref() == Some(Path::new("/"));
        if let Target::Outside(Some(text)) = &target
            && (self.own || !is_here)
            && self.hops < MAX_HOPS
        {
            let followed = Self { hops: self.hops + 1, ..self.clone() };
            if let Ok(Some(found)) = followed.resolve(&to_text(text.as_os_str())) {
                return Ok(Some(found));
            }
        }
        let said = self.folders.target(folder, name).ok().flatten().unwrap_or_default();
        let is_looked_for = self.own || (self.root.is_some() && !is_here);
        if matches!(target, Target::Outside(text) if text.is_none() || !is_looked_for) {
            return Err(leads_to(&link.path, &said));
        }
        let said = said.display();
        Err(Problem::outside(
            link.path.display().to_string(),
            &Text::new(
                format!("リンク先の {said} がここにありません。"),
                format!("the link leads to {said}, which is not here"),
            ),
        ))
    }

    /// Where a link leads: by what it says, for users who scan themselves as the system follows it.
    pub(super) fn target(
        &self,
        floor: &Arc<Folder>,
        folder: &Arc<Folder>,
        name: &str,
    ) -> Result<Target, Problem> {
        if !self.own {
            return self.folders.follow(floor, folder, name);
        }
        if let Ok(kind) = self.folders.kind_of(folder, name, true) {
            let entry = Some((name.to_owned(), kind));
            return Ok(Target::Inside(Spot { folder: Arc::clone(folder), entry }));
        }
        let said = self.folders.target(folder, name).ok().flatten().filter(|said| said.has_root());
        Ok(said.map_or(Target::Nothing, |said| Target::Outside(Some(said))))
    }
}

/// Names under which Windows itself leaves junctions in homes and on disks (learn.microsoft.com, "Junctions in Windows").
fn is_junction(name: &str) -> bool {
    const NAMES: [&str; 18] = [
        "all users",
        "application data",
        "cookies",
        "default user",
        "documents and settings",
        "history",
        "local settings",
        "my documents",
        "my music",
        "my pictures",
        "my videos",
        "nethood",
        "printhood",
        "recent",
        "sendto",
        "start menu",
        "templates",
        "temporary internet files",
    ];
    NAMES.contains(&name.to_lowercase().as_str())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "a test makes its own home")]
    use super::*;
    use crate::model::IssueKind;
    use std::fs;
    use std::os::unix::fs::symlink;

    /// Users who scan themselves may keep their mail elsewhere: a link is followed as the system does.
    #[test]
    fn ones_own_links_lead_anywhere() {
        let outer = tempfile::tempdir().unwrap();
        let (home, elsewhere) = (outer.path().join("home"), outer.path().join("elsewhere"));
        fs::create_dir_all(elsewhere.join("deep")).unwrap();
        fs::create_dir(&home).unwrap();
        fs::write(elsewhere.join("deep/x.txt"), "x").unwrap();
        symlink(&elsewhere, home.join("folder")).unwrap();
        symlink("../elsewhere/deep/x.txt", home.join("file")).unwrap();
        symlink("/nothing/here", home.join("broken")).unwrap();
        symlink("loop", home.join("loop")).unwrap();
        let read = |own: bool, path: &str| {
            let files = Files { own, root: Some("/".into()), ..Files::of_home(&home) };
            files.read(path, 10).map_err(|problem| problem.kind)
        };
        for path in ["~/folder/deep/x.txt", "~/file", r"%USERPROFILE%\FOLDER\Deep\X.txt", "~/folder/../file"]
        {
            assert_eq!(read(true, path), Ok(Some(b"x".to_vec())), "{path}");
            assert_eq!(read(false, path), Err(IssueKind::Outside), "{path}");
        }
        for path in ["~/broken", "~/loop", "~/broken/x"] {
            assert_eq!(read(true, path), Err(IssueKind::Outside), "{path}");
        }
        assert_eq!(read(true, "~/folder"), Ok(None));
        let files = Files { own: true, ..Files::of_home(&home) };
        let entries = files.list("%USERPROFILE%").unwrap().unwrap();
        let facts = entries.iter().map(|entry| (entry.name.as_str(), entry.is_folder, entry.is_file));
        let expected =
            [("broken", false, true), ("file", false, true), ("folder", true, false), ("loop", false, true)];
        assert_eq!(facts.collect::<Vec<_>>(), expected);
    }

    /// What the walk met in somebody's home is opened from the home: a link that took its place since is not followed.
    #[test]
    fn a_clients_own_folder_lies_where_it_was_met() {
        let outer = tempfile::tempdir().unwrap();
        let base = outer.path().join("base");
        for place in ["base/store/becky", "secret/becky"] {
            fs::create_dir_all(outer.path().join(place)).unwrap();
            fs::write(outer.path().join(place).join("x"), place).unwrap();
        }
        let files = || {
            let stand_in = Some((r"%APPDATA%\becky", base.join("store/becky")));
            Files { stand_in, given: Some(base.clone()), ..Files::default() }
        };
        let path = r"%APPDATA%\becky\x";
        assert_eq!(files().read(path, 100), Ok(Some(b"base/store/becky".to_vec())));
        fs::rename(base.join("store"), base.join("old")).unwrap();
        symlink("../secret", base.join("store")).unwrap();
        assert_eq!(files().read(path, 100).map_err(|problem| problem.kind), Err(IssueKind::Outside));
    }
}
