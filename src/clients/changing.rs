//! What `fix` needs to know of a client: which of its settings say what is to be set, how its file is edited, and how it is
//! kept from running meanwhile. Only data and plain functions: what is written and when, `fix` decides.

use crate::formats::edit::Format;
use crate::formats::facts::{Fact, Spelling};
use crate::formats::kinds::{Kind, is_stand_in, keep};
use crate::formats::shapes::hex_number;
use crate::model::{Account, Aspect, Auth, Edit, Evidence, Place, Security, Text, ToSet};

/// How the settings of a client are changed.
#[derive(Debug, Clone, Copy)]
pub enum Changing {
    /// By hand: there are steps only.
    Steps,
    /// `fix` writes them.
    Written(&'static Written),
}

impl Changing {
    /// For people.
    pub const fn text(self) -> Text {
        match self {
            Self::Written(written) if cfg!(feature = "fix") && !written.is_here() => match written.form {
                Form::Registry => ON_WINDOWS,
                Form::Text(_) => match written.lock {
                    Lock::Nothing => ON_WINDOWS,
                    Lock::Beside { .. } | Lock::Sockets(_) => Text::fixed("手順を表示", "steps"),
                },
            },
            Self::Written(written) if cfg!(feature = "fix") && written.is_tried() => {
                Text::fixed("手順を表示、fix で変更", "steps, or `fix`")
            }
            Self::Written(_) if cfg!(feature = "fix") => {
                Text::fixed("手順を表示、fix --unverified で変更", "steps, or `fix --unverified`")
            }
            Self::Written(_) | Self::Steps => Text::fixed("手順を表示", "steps"),
        }
    }
}

const ON_WINDOWS: Text = Text::fixed(
    "手順を表示、Windows では fix --unverified で変更",
    "steps, or on Windows `fix --unverified`",
);

/// How a client's settings are written.
#[derive(Debug)]
pub struct Written {
    /// The edits for what is to be set, in the order of writing; the error says what can't be written.
    pub edits: fn(&Account, &[ToSet]) -> Result<Vec<Edit>, Text>,
    /// The form of its settings.
    pub form: Form,
    /// How numbers are spelled in it.
    pub numbers: Numbers,
    /// Names of its processes, as the system shows them; on Windows without `.exe`, and in any case.
    pub processes: &'static [&'static str],
    /// What it takes while it runs, so that no second one starts.
    pub lock: Lock,
    /// Where the real program was seen to use what is written (docs/fix.md, docs/fix-windows.md): the one place that says
    /// so. Elsewhere it is written with `--unverified` only.
    pub tried_on: &'static [On],
}

impl Written {
    /// True if the real program was seen to use what is written, on the system that this program runs on.
    pub const fn is_tried(&self) -> bool {
        let mut rest = self.tried_on;
        while let [on, others @ ..] = rest {
            if on.is_here() {
                return true;
            }
            rest = others;
        }
        false
    }

    /// True if it can be written on the system that this program runs on: it is known what the client takes while it runs.
    pub const fn is_here(&self) -> bool {
        match (&self.form, &self.lock) {
            (Form::Registry, _) | (_, Lock::Nothing) => cfg!(windows),
            (Form::Text(_), Lock::Sockets(_)) => cfg!(unix),
            (Form::Text(_), Lock::Beside { .. }) => true,
        }
    }
}

/// An operating system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// Linux.
    Linux,
    /// Windows.
    Windows,
}

impl On {
    const fn is_here(self) -> bool {
        match self {
            Self::Linux => cfg!(target_os = "linux"),
            Self::Windows => cfg!(windows),
        }
    }
}

/// Where a client's settings stand.
#[derive(Debug, Clone, Copy)]
pub enum Form {
    /// In a text file.
    Text(Format),
    /// In the registry, each in a REG_DWORD of its account's key.
    Registry,
}

/// How numbers are spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbers {
    /// `587`
    Decimal,
    /// `0000024b`
    Hexadecimal,
}

impl Numbers {
    /// A stored value as its kind has it; `None` for what is no number where one belongs.
    pub fn plain(self, kind: Kind, value: &str) -> Option<String> {
        match self {
            Self::Hexadecimal if kind.is_number() => hex_number(value).map(|number| number.to_string()),
            Self::Hexadecimal | Self::Decimal => Some(value.to_owned()),
        }
    }

    /// True for a value of this kind that is written or put back: nothing was taken from it when it was read.
    pub fn fits(self, kind: Kind, value: &str) -> bool {
        let is_whole = |plain: String| {
            let kept = keep(kind, &plain);
            kept.fits && kept.text == plain && !is_stand_in(value)
        };
        self.plain(kind, value).is_some_and(is_whole)
    }
}

/// What a program takes while it runs.
#[derive(Debug, Clone, Copy)]
pub enum Lock {
    /// A POSIX lock on a file beside its settings, and on Windows a file that nobody else may open.
    Beside {
        /// On Unix.
        unix: &'static str,
        /// On Windows.
        windows: &'static str,
    },
    /// Sockets at which it listens, and to which a second one turns: their names, in which stand `{temporary}` for the folder
    /// of temporary files, `{runtime}` for that of what lasts as long as a user is logged on, `{user}` for his number and
    /// `{md5}` for the MD5 of the folder of its settings. Unix only.
    Sockets(&'static [&'static str]),
    /// Nothing that is known: its processes are looked for before and after each write. Windows only.
    Nothing,
}

/// The settings of an outgoing server as a scan saw them.
pub(super) struct Seen<'a> {
    account: &'a Account,
    spelling: Spelling,
    numbers: Numbers,
    edits: Vec<Edit>,
}

impl<'a> Seen<'a> {
    pub(super) const fn new(account: &'a Account, spelling: Spelling) -> Self {
        let numbers = match spelling {
            // As account files have both.
            Spelling::Underscores => Numbers::Hexadecimal,
            Spelling::AsIs | Spelling::Keyed(_) => Numbers::Decimal,
        };
        Self { account, spelling, numbers, edits: Vec::new() }
    }

    fn evidence(&self, fact: &Fact) -> Option<&'a Evidence> {
        let name = self.spelling.name(fact);
        let is_it = |seen: &&Evidence| seen.setting == name && seen.place.path == self.account.source;
        self.account.evidence.iter().find(is_it)
    }

    /// The value as it is stored.
    pub(super) fn value(&self, fact: &Fact) -> Option<&'a str> {
        self.evidence(fact)?.value.as_deref()
    }

    /// Sets a setting; what is so already needs no edit. Only switches, numbers, choices and servers are ever written.
    pub(super) fn set(&mut self, fact: &Fact, then: &str) -> Result<(), Text> {
        let name = self.spelling.name(fact);
        let Some(seen) = self.evidence(fact) else { return Err(unseen(&name)) };
        if seen.value.as_deref() == Some(then) {
            return Ok(());
        }
        let is_writable = matches!(fact.kind, Kind::Switch | Kind::Number(..) | Kind::Choice(_) | Kind::Host);
        let fits = |value: &str| self.numbers.fits(fact.kind, value);
        if !is_writable || !fits(then) || !seen.value.as_deref().is_none_or(fits) {
            return Err(unseen(&name));
        }
        self.edits.push(Edit {
            place: seen.place.clone(),
            setting: name.into_owned(),
            old: seen.value.clone(),
            new: Some(then.to_owned()),
        });
        Ok(())
    }

    /// True if it is among the edits already.
    pub(super) fn is_set(&self, fact: &Fact) -> bool {
        let name = self.spelling.name(fact);
        self.edits.iter().any(|edit| edit.setting == name)
    }

    pub(super) fn done(self) -> Vec<Edit> {
        self.edits
    }
}

/// Where a setting of this account stands, for a place without sections.
pub(super) fn then(set: &ToSet) -> Result<&str, Text> {
    set.then.as_deref().ok_or(Text::fixed("変更先がありません", "there is nothing to change to"))
}

/// An authentication method by its word.
pub(super) fn method(set: &ToSet) -> Result<Auth, Text> {
    let word = then(set)?;
    let known = [Auth::Password, Auth::EncryptedPassword, Auth::Spa, Auth::Kerberos];
    known.into_iter().find(|auth| auth.code() == word).ok_or_else(|| {
        Text::new(
            format!("認証方法 {word} は画面で設定する必要があります"),
            format!("the method {word} has to be set up in its dialog"),
        )
    })
}

/// An encryption by its word.
pub(super) fn security(set: &ToSet) -> Result<Security, Text> {
    let word = then(set)?;
    let known = [Security::Plain, Security::StartTls, Security::Tls];
    known.into_iter().find(|security| security.code() == word).ok_or_else(|| by_hand(set.setting))
}

/// What is to be set in the order in which it is written, for clients that log on as for receiving; the error: something of it
/// can't be written.
pub(super) fn in_order<'s>(to_set: &'s [ToSet], order: &[Aspect]) -> Result<Vec<&'s ToSet>, Text> {
    for set in to_set.iter().filter(|set| !order.contains(&set.setting)) {
        match set.setting {
            Aspect::User if then(set)? == "same-as-incoming" => {}
            setting => return Err(by_hand(setting)),
        }
    }
    let of = |aspect: &Aspect| to_set.iter().find(|set| set.setting == *aspect);
    Ok(order.iter().filter_map(of).collect())
}

/// What is never written.
pub(super) fn by_hand(aspect: Aspect) -> Text {
    match aspect {
        Aspect::User => Text::fixed(
            "ユーザー名は書き換えません。画面で入力してください",
            "a user name is never written: it has to be entered in the dialog",
        ),
        Aspect::Protocol => Text::fixed(
            "受信の種類 (POP/IMAP) は、アカウントを作り直す必要があります",
            "another protocol for receiving takes a new account",
        ),
        aspect => Text::new(
            format!("{} は書き換えられません", aspect.code()),
            format!("{} can't be written", aspect.code()),
        ),
    }
}

fn unseen(name: &str) -> Text {
    Text::new(
        format!("現在の値が確かでないため書き換えません: {name}"),
        format!("what is set now is not certain: {name}"),
    )
}

/// Where a setting stands, for `Edit::place`: the section's name, empty where there is none.
pub fn section(place: &Place) -> &str {
    match &place.locator {
        crate::model::Locator::Section(name) => name,
        _ => "",
    }
}
