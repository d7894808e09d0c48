//! What a backup says of its device and of itself.
//!
//! Names: MVT, docs/ios/backup; libimobiledevice, tools/idevicebackup2.c; manifests of iOS 14 to 17.

use super::files::MANIFEST_DB;
use crate::clients::apple_accounts::values::{kept_dict, settings};
use crate::clients::settings::Settings;
use crate::formats::facts::{Fact, Group, fact, of_group};
use crate::formats::kinds::Kind;
use crate::formats::plist::{PlistError, Tree, parse, to_xml};
use crate::model::limits;
use crate::source::rules::{Content, Copy, FileRule, Looks};

const SOURCE: &str = "MVT, docs/ios/backup; libimobiledevice, tools/idevicebackup2.c";
/// What the program that makes the backup says of its state.
const STATES: Kind = Kind::Choice(&["new", "uploading", "moving", "removing", "finished"]);

pub(super) const DEVICE_NAME: Fact = fact("Device Name", Kind::Label, "", SOURCE);
pub(super) const DISPLAY_NAME: Fact = fact("Display Name", Kind::Label, "", SOURCE);
pub(super) const PRODUCT_TYPE: Fact = fact("Product Type", Kind::Label, "", SOURCE);
pub(super) const PRODUCT_VERSION: Fact = fact("Product Version", Kind::Version, "", SOURCE);
pub(super) const TARGET: Fact = fact("Target Identifier", Kind::Link, "", SOURCE);
pub(super) const UNIQUE: Fact = fact("Unique Identifier", Kind::Link, "", SOURCE);
pub(super) const LAST_DATE: Fact = fact("Last Backup Date", Kind::Date, "", SOURCE);
pub(super) const DATE: Fact = fact("Date", Kind::Date, "", SOURCE);
pub(super) const IS_ENCRYPTED: Fact = fact("IsEncrypted", Kind::Switch, "", SOURCE);
pub(super) const STATE: Fact = fact("SnapshotState", STATES, "finished", SOURCE);
/// The same of the device, as it says itself.
pub(super) const LOCKDOWN_NAME: Fact = fact("DeviceName", Kind::Label, "", SOURCE);
pub(super) const LOCKDOWN_TYPE: Fact = fact("ProductType", Kind::Label, "", SOURCE);
pub(super) const LOCKDOWN_VERSION: Fact = fact("ProductVersion", Kind::Version, "", SOURCE);
pub(super) const LOCKDOWN_UNIQUE: Fact = fact("UniqueDeviceID", Kind::Link, "", SOURCE);

/// The part of Manifest.plist with what the device says.
const LOCKDOWN: &str = "Lockdown";
const INFO: &[Fact] = &[DEVICE_NAME, DISPLAY_NAME, PRODUCT_TYPE, PRODUCT_VERSION, TARGET, UNIQUE, LAST_DATE];
const DEVICE: &[Fact] = &[LOCKDOWN_NAME, LOCKDOWN_TYPE, LOCKDOWN_VERSION, LOCKDOWN_UNIQUE];

/// What iTunes says of the device.
pub static INFO_PLIST: FileRule = list("Info.plist", &["Info.plist"], &[("*", INFO)]);
/// How the backup was made.
pub static MANIFEST_PLIST: FileRule =
    list("Manifest.plist", &["Manifest.plist"], &[(LOCKDOWN, DEVICE), ("*", &[DATE, IS_ENCRYPTED])]);
/// Whether it was finished.
pub static STATUS_PLIST: FileRule = list("Status.plist", &["Status.plist"], &[("*", &[STATE])]);

/// The folder of a backup: its list of files (Manifest.db from iOS 10 on, Manifest.mbdb before) or what says how it is
/// encrypted, beside the description of the device.
pub static BACKUP: FileRule = FileRule {
    id: "MobileSync/Backup",
    names: &[],
    looks: Looks::Folder(&[
        &[MANIFEST_DB.id, OLD_MANIFEST, MANIFEST_PLIST.id],
        &[INFO_PLIST.id, STATUS_PLIST.id],
    ]),
    limit: &limits::ANY,
    groups: &[],
    copy: Copy::Nothing,
};
/// The list of files until iOS 9.
pub(super) const OLD_MANIFEST: &str = "Manifest.mbdb";

const fn list(id: &'static str, names: &'static [&'static str], groups: &'static [Group]) -> FileRule {
    FileRule { id, names, looks: Looks::Unlike, limit: &limits::SETTINGS, groups, copy: Copy::Text(copy) }
}

fn copy(content: &Content, _: usize) -> Option<String> {
    Some(to_xml(&kept_list(content).ok()?))
}

/// A list and its part about the device, each value through the door.
fn kept_list(content: &Content) -> Result<Tree, PlistError> {
    let tree = parse(content)?;
    let groups = content.rule.groups;
    let mut kept = kept_dict(&tree, of_group(groups, "*"));
    if let (Tree::Dict(entries), Some(device @ Tree::Dict(_))) = (&mut kept, tree.get(LOCKDOWN)) {
        entries.push((LOCKDOWN.to_owned(), kept_dict(device, of_group(groups, LOCKDOWN))));
    }
    Ok(kept)
}

/// What a list says, and what it says of the device.
pub(super) fn read_list(content: &Content, place: &str) -> Result<(Settings, Settings), PlistError> {
    let kept = kept_list(content)?;
    let groups = content.rule.groups;
    let device = kept.get(LOCKDOWN).map(|device| settings(place, device, of_group(groups, LOCKDOWN)));
    Ok((settings(place, &kept, of_group(groups, "*")), device.unwrap_or_default()))
}
