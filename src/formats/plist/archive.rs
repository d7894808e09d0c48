//! NSKeyedArchiver: a flat list of objects that refer to each other → the tree they stand for.
//!
//! The layout (`$archiver`, `$top`, `$objects`, `$class`, `NS.…`) is not documented by Apple; it is that of the property
//! values in Accounts3.sqlite of iOS 15 to 17, all of which have `$version` 100000 and the root under `$top.root`.

use super::{Budget, MAX_DEPTH, PlistError, Tree};
use crate::formats::secrets::is_secret_name;

/// What a class turns into.
enum Kind {
    List,
    Dict,
    Text,
    Data,
    Date,
    Url,
    Null,
}

/// The tree of a keyed archive; a tree that is no archive comes back unchanged.
pub(super) fn resolve(tree: Tree, budget: &mut Budget) -> Result<Tree, PlistError> {
    if tree.get("$archiver").and_then(Tree::text) != Some("NSKeyedArchiver") {
        return Ok(tree);
    }
    let (Some(top), Some(Tree::List(objects))) = (tree.get("$top"), tree.get("$objects")) else {
        return Err(PlistError::Malformed);
    };
    let root = match (top.get("root"), top) {
        (Some(root), _) => root,
        (None, Tree::Dict(entries)) => entries.first().map(|(_, only)| only).ok_or(PlistError::Malformed)?,
        (None, _) => return Err(PlistError::Malformed),
    };
    Archive { objects, budget }.follow(root, 0)
}

struct Archive<'a, 'b> {
    objects: &'a [Tree],
    budget: &'b mut Budget,
}

impl<'a> Archive<'a, '_> {
    /// The value behind a reference. An archive that contains itself ends at the greatest depth.
    fn follow(&mut self, value: &Tree, depth: usize) -> Result<Tree, PlistError> {
        if depth >= MAX_DEPTH {
            return Err(PlistError::TooDeep);
        }
        let value = if reference(value).is_some() { self.object(value)? } else { value };
        self.budget.spend(value.text().map_or(0, str::len))?;
        match value {
            Tree::Text(text) if text == "$null" => Ok(Tree::None),
            Tree::List(items) => self.list(items, depth),
            Tree::Dict(_) => self.instance(value, depth),
            // An object that is itself a reference: no archiver writes that.
            Tree::Uid(_) => Err(PlistError::Malformed),
            plain => Ok(plain.clone()),
        }
    }

    /// The object that a reference names.
    fn object(&self, value: &Tree) -> Result<&'a Tree, PlistError> {
        let index = reference(value).and_then(|uid| usize::try_from(uid).ok());
        index.and_then(|index| self.objects.get(index)).ok_or(PlistError::Malformed)
    }

    fn list(&mut self, items: &[Tree], depth: usize) -> Result<Tree, PlistError> {
        let items = items.iter().map(|item| self.follow(item, depth.saturating_add(1)));
        items.collect::<Result<_, _>>().map(Tree::List)
    }

    /// An object with a class.
    fn instance(&mut self, object: &Tree, depth: usize) -> Result<Tree, PlistError> {
        let Some(class) = object.get("$class") else { return Ok(Tree::Other) };
        let class = self.object(class)?;
        let names =
            class.get("$classname").into_iter().chain(class.get("$classes").map_or(&[][..], Tree::items));
        let Some(kind) = names.filter_map(Tree::text).find_map(kind) else { return Ok(Tree::Other) };
        match kind {
            Kind::Null => Ok(Tree::None),
            Kind::Date => Ok(Tree::Date(String::new())),
            Kind::List => self.list(object.get("NS.objects").map_or(&[][..], Tree::items), depth),
            Kind::Dict => self.dict(object, depth),
            Kind::Text => self.field(object, "NS.string", depth),
            Kind::Data => self.field(object, "NS.data", depth),
            Kind::Url => match self.field(object, "NS.base", depth)? {
                Tree::None | Tree::Other => self.field(object, "NS.relative", depth),
                _ => Ok(Tree::Other),
            },
        }
    }

    fn field(&mut self, object: &Tree, name: &str, depth: usize) -> Result<Tree, PlistError> {
        object.get(name).map_or(Ok(Tree::Other), |value| self.follow(value, depth.saturating_add(1)))
    }

    fn dict(&mut self, object: &Tree, depth: usize) -> Result<Tree, PlistError> {
        let items = |name| object.get(name).map_or(&[][..], Tree::items);
        let (keys, values) = (items("NS.keys"), items("NS.objects"));
        if keys.len() != values.len() {
            return Err(PlistError::Malformed);
        }
        let mut entries = Vec::new();
        for (key, value) in keys.iter().zip(values) {
            // A key that is no text names no setting.
            let Tree::Text(key) = self.follow(key, depth.saturating_add(1))? else { continue };
            let value = if is_secret_name(&key) {
                Tree::Secret
            } else {
                self.follow(value, depth.saturating_add(1))?
            };
            entries.push((key, value));
        }
        Ok(Tree::Dict(entries))
    }
}

/// The number in a reference: a UID in a binary list, a dictionary `CF$UID` in an XML one.
fn reference(value: &Tree) -> Option<u64> {
    match value {
        Tree::Uid(uid) => Some(*uid),
        Tree::Dict(entries) => match entries.as_slice() {
            [(name, Tree::Integer(uid))] if name == "CF$UID" => u64::try_from(*uid).ok(),
            _ => None,
        },
        _ => None,
    }
}

fn kind(class: &str) -> Option<Kind> {
    Some(match class {
        "NSArray" | "NSMutableArray" | "NSSet" | "NSMutableSet" => Kind::List,
        "NSDictionary" | "NSMutableDictionary" => Kind::Dict,
        "NSString" | "NSMutableString" => Kind::Text,
        "NSData" | "NSMutableData" => Kind::Data,
        "NSDate" => Kind::Date,
        "NSURL" => Kind::Url,
        "NSNull" => Kind::Null,
        _ => return None,
    })
}
