//! Which Outlook it is: installed and used versions, editions, end of support.

use super::settings::{
    CLICK_TO_RUN, INSTALL_ROOT, INSTALLED_AT, MACHINE, OFFICE, PRODUCT_IDS, PRODUCT_VERSION, PROFILES, WHOLE,
};
use crate::clients::keys;
use crate::model::{EndOfSupport, Text};
use crate::source::{Problem, User};

/// What people see of an Outlook.
pub(super) struct Described {
    pub(super) name: String,
    pub(super) edition: &'static str,
    pub(super) version: Option<String>,
    pub(super) end: Option<EndOfSupport>,
}

/// What is known of the versions of Outlook on the computer.
pub(super) struct Versions {
    /// Main version numbers that the computer's registry says are installed; `None` = it can't be asked.
    pub(super) installed: Option<Vec<u32>>,
    /// The product behind 16.0, as far as it can be told.
    product: Product,
    /// Main version numbers that left settings of their own in the user's registry.
    left_settings: Vec<u32>,
}

impl Versions {
    pub(super) fn of(user: &User) -> Result<Self, Problem> {
        let office = user.top(OFFICE.id, &OFFICE)?;
        let mut left_settings = Vec::new();
        for version in office.iter().flat_map(|key| &key.subkeys).filter_map(|key| main_version(key.name())) {
            if user.top(&format!(r"{}\{version}.0\Outlook", OFFICE.id), &PROFILES)?.is_some() {
                left_settings.push(version);
            }
        }
        let mut installed = Vec::new();
        for parent in [
            r"HKLM\SOFTWARE\Microsoft\Office",
            r"HKLM\SOFTWARE\WOW6432Node\Microsoft\Office",
            r"HKLM\SOFTWARE\Microsoft\Office\ClickToRun\REGISTRY\MACHINE\Software\Microsoft\Office",
            r"HKLM\SOFTWARE\Microsoft\Office\ClickToRun\REGISTRY\MACHINE\Software\Wow6432Node\Microsoft\Office",
        ] {
            let office = user.top(parent, &MACHINE)?;
            for version in
                office.iter().flat_map(|key| &key.subkeys).filter_map(|key| main_version(key.name()))
            {
                if installed_at(user, parent, version)?.is_some() {
                    installed.push(version);
                }
            }
        }
        // Part of the computer's registry, in an export, proves no absence; this key is in every whole one.
        let is_whole = user.top(WHOLE.id, &WHOLE)?.is_some();
        let installed = (is_whole || !installed.is_empty()).then_some(installed);
        let product = Product::of(user)?;
        Ok(Self { installed, product, left_settings })
    }

    /// The version that the user works with among those that share a root; `None` = can't be told.
    fn in_root(&self, generation: u32) -> Option<u32> {
        if generation > 14 {
            return Some(generation);
        }
        let newest = |list: &[u32]| list.iter().copied().filter(|version| (10..=14).contains(version)).max();
        self.installed.as_deref().and_then(newest).or_else(|| newest(&self.left_settings))
    }

    /// Name, edition of the dialogs, version and end of support of the Outlook that uses a root.
    pub(super) fn describe(&self, generation: u32) -> Described {
        let version = self.in_root(generation);
        let (mut name, mut edition) = edition(version);
        let mut end = end_of_support(version);
        let mut shown = version.map(|version| format!("{version}.0"));
        if version == Some(16) {
            shown = self.product.version.clone().or(shown);
            if let Some(product) = self.product.name {
                name = format!("Outlook {product}");
                end = end_of_product(product);
            }
            edition = self.product.edition().unwrap_or(edition);
        }
        Described { name, edition, version: shown, end }
    }

    pub(super) fn is_installed(&self, generation: u32) -> Option<bool> {
        let installed = self.installed.as_deref()?;
        Some(installed.iter().any(|version| generation_of(*version) == generation))
    }
}

/// What 16.0 stands for: the registry's profiles do not tell, the installation does.
#[derive(Debug, Default)]
struct Product {
    /// `2016`, `2019`, `2021`, `2024` or `365`.
    name: Option<&'static str>,
    /// The full version as Click-to-Run reports it, `16.0.17932.20000`.
    version: Option<String>,
    /// Whether Click-to-Run installed it.
    is_click_to_run: bool,
}

impl Product {
    /// Click-to-Run names its products (learn.microsoft.com, "Product IDs that are supported by the Office Deployment
    /// Tool"): `O365ProPlusRetail`, `ProPlus2019Volume`, `HomeBusinessRetail` (2016). Without it 16.0 is the 2016 of
    /// Windows Installer, the last that had one; Click-to-Run's own folder is `root\Office16`.
    fn of(user: &User) -> Result<Self, Problem> {
        if let Some(key) = user.top(CLICK_TO_RUN.id, &CLICK_TO_RUN)? {
            let settings = keys::settings_of(&key, CLICK_TO_RUN.facts);
            let ids = settings.peek_text(PRODUCT_IDS).unwrap_or_default().to_lowercase();
            let names =
                [("365", "365"), ("2024", "2024"), ("2021", "2021"), ("2019", "2019"), ("retail", "2016")];
            let name = names.iter().find(|(part, _)| ids.contains(part)).map(|(_, name)| *name);
            let version = settings.peek_text(PRODUCT_VERSION).map(str::to_owned);
            return Ok(Self { name, version, is_click_to_run: true });
        }
        for parent in [MACHINE.id, r"HKLM\SOFTWARE\WOW6432Node\Microsoft\Office"] {
            if let Some(path) = installed_at(user, parent, 16)? {
                let is_click_to_run = path.to_lowercase().contains(r"\root\office16");
                return Ok(Self {
                    name: (!is_click_to_run).then_some("2016"),
                    version: None,
                    is_click_to_run,
                });
            }
        }
        Ok(Self::default())
    }

    /// Which dialog it has, where that is certain. 2019 and later, and 365, have the simplified one (a provider's notice);
    /// 2016 of Windows Installer has the classic one (the other notice), as it gets no new features. Since which build 365
    /// has it is not confirmed: from that of 2019 on, it is certain. Neither is it what 2016 of Click-to-Run shows, whose
    /// files are those of 365.
    fn edition(&self) -> Option<&'static str> {
        let build = self.version.as_deref().and_then(build_of);
        match (self.name, build) {
            (Some("2019" | "2021" | "2024"), _) | (Some("365"), None | Some(BUILD_OF_2019..)) => {
                Some("outlook-simplified")
            }
            (Some("2016"), _) if !self.is_click_to_run => Some("outlook-2016"),
            _ => None,
        }
    }
}

/// Office 2019 is version 1808 (`ProPlus2019Volume` reports 1808, build 10417 and the like), which was build 10730 in the
/// channels of 365 (learn.microsoft.com, Excel JavaScript API requirement sets: "Version 1808 (Build 10730.20102)").
const BUILD_OF_2019: u32 = 10_730;

/// `16.0.17932.20000` → 17932
fn build_of(version: &str) -> Option<u32> {
    version.strip_prefix("16.0.")?.split('.').next()?.parse().ok()
}

/// The folder of this version of Outlook, if it is installed.
fn installed_at(user: &User, office: &str, version: u32) -> Result<Option<String>, Problem> {
    let root = user.top(&format!(r"{office}\{version}.0\Outlook\InstallRoot"), &INSTALL_ROOT)?;
    let settings = root.map(|root| keys::settings_of(&root, INSTALL_ROOT.facts)).unwrap_or_default();
    Ok(settings.peek_text(INSTALLED_AT).map(str::to_owned))
}

/// 2002 to 2010 share their profiles, and count as 14; 98 and 2000 (8 and 9) have none.
pub(super) fn generation_of(version: u32) -> u32 {
    if (10..=14).contains(&version) { 14 } else { version }
}

/// `16.0` → 16
pub(super) fn main_version(name: &str) -> Option<u32> {
    name.strip_suffix(".0").and_then(|number| number.parse().ok())
}

fn edition(version: Option<u32>) -> (String, &'static str) {
    match version {
        Some(16..) => ("Outlook 2016-365".to_owned(), "outlook-2016-365"),
        Some(15) => ("Outlook 2013".to_owned(), "outlook-2013"),
        Some(14) => ("Outlook 2010".to_owned(), "outlook-2010"),
        Some(12) => ("Outlook 2007".to_owned(), "outlook-2007"),
        Some(11) => ("Outlook 2003".to_owned(), "outlook-2003"),
        Some(10) => ("Outlook 2002".to_owned(), "outlook-2003"),
        _ => ("Outlook 2002-2010".to_owned(), "outlook-2002-2010"),
    }
}

/// learn.microsoft.com/lifecycle/products: end of extended support.
fn end_of_support(version: Option<u32>) -> Option<EndOfSupport> {
    let Some(version) = version else {
        // Whichever it is: the last of them.
        let product = Text::fixed("Outlook 2002～2010 (どの版でも)", "Outlook 2002 to 2010 (any of these)");
        return Some(EndOfSupport { product, date: "2020-10-13" });
    };
    let (product, date) = match version {
        10 => (Text::fixed("Outlook 2002", "Outlook 2002"), "2011-07-12"),
        11 => (Text::fixed("Outlook 2003", "Outlook 2003"), "2014-04-08"),
        12 => (Text::fixed("Outlook 2007", "Outlook 2007"), "2017-10-10"),
        14 => (Text::fixed("Outlook 2010", "Outlook 2010"), "2020-10-13"),
        15 => (Text::fixed("Outlook 2013", "Outlook 2013"), "2023-04-11"),
        16 => (
            Text::fixed(
                "Outlook 2016 と 2019 (お使いの版がどちらかの場合)",
                "Outlook 2016 and 2019 (if it is one of these)",
            ),
            "2025-10-14",
        ),
        _ => return None,
    };
    Some(EndOfSupport { product, date })
}

/// The same pages; 2024 and 365 are supported.
fn end_of_product(product: &str) -> Option<EndOfSupport> {
    let (product, date) = match product {
        "2016" => (Text::fixed("Outlook 2016", "Outlook 2016"), "2025-10-14"),
        "2019" => (Text::fixed("Outlook 2019", "Outlook 2019"), "2025-10-14"),
        "2021" => (Text::fixed("Outlook 2021", "Outlook 2021"), "2026-10-13"),
        _ => return None,
    };
    Some(EndOfSupport { product, date })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dialog_follows_from_the_product_and_its_build() {
        let of = |name, version: Option<&str>, is_click_to_run| {
            Product { name, version: version.map(str::to_owned), is_click_to_run }.edition()
        };
        let (old, new) = (Some("outlook-2016"), Some("outlook-simplified"));
        for (name, version, is_click_to_run, expected) in [
            (Some("2016"), None, false, old),
            (Some("2016"), None, true, None),
            (Some("2016"), Some("16.0.10325.20082"), true, None),
            (Some("2016"), Some("16.0.17932.20000"), true, None),
            (Some("365"), Some("16.0.8431.2366"), true, None),
            (Some("365"), Some("16.0.10730.20102"), true, new),
            (Some("365"), Some("16.0.17932.20000"), true, new),
            (Some("365"), None, true, new),
            // The volume edition of 2019 keeps a lower build.
            (Some("2019"), Some("16.0.10368.20035"), true, new),
            (Some("2024"), Some("16.0.17932.20000"), true, new),
            (None, Some("16.0.17932.20000"), true, None),
            (None, None, false, None),
        ] {
            assert_eq!(of(name, version, is_click_to_run), expected, "{name:?} {version:?}");
        }
    }
}
