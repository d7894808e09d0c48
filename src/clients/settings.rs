//! Settings of one account, whatever they were stored in, and the look at them that becomes the evidence.

use crate::formats::kinds_by_name::keep_by_name;
use crate::formats::secrets::is_secret_name;
use crate::model::{
    Auth, Credentials, Default, Evidence, LogOnFirst, Outgoing, Partial, Port, Security, Smtp, Text,
};
use crate::source::Problem;

/// Values longer than this are cut in the evidence, in characters.
const MAX_SHOWN: usize = 200;

/// A setting after its store's own form was taken off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Raw {
    /// Text.
    Text(String),
    /// A number or a switch.
    Number(i64),
    /// A secret: present, and nothing more is known.
    Secret,
    /// Stored in a form that does not fit the setting.
    Strange,
}

/// One setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Spelled as the client spells it.
    pub name: String,
    /// Its value.
    pub raw: Raw,
    /// The value as it is stored, for the evidence.
    pub shown: String,
}

/// The settings of one account, server or identity.
#[derive(Debug, Clone, PartialEq, Eq, std::default::Default)]
pub struct Settings {
    /// Registry key or file, as it is shown to people.
    pub place: String,
    /// In the order of the store; where a name occurs twice, the first counts.
    pub entries: Vec<Setting>,
}

/// A setting whose value can't be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unclear {
    /// The setting and its value as stored.
    pub shown: String,
    /// True if the value can't be what the client wrote; false if only its meaning is unknown.
    pub malformed: bool,
}

/// Reads settings and keeps a record of every look.
#[derive(Debug, std::default::Default)]
pub struct Look {
    /// What was looked at, in order.
    pub evidence: Vec<Evidence>,
    /// Values that could not be used.
    pub problems: Vec<Problem>,
    is_aside: bool,
}

impl Setting {
    /// A text.
    pub fn text(name: impl Into<String>, text: impl Into<String>) -> Self {
        let name = name.into();
        let text = keep_by_name(&name, &text.into()).text;
        Self { name, shown: text.clone(), raw: Raw::Text(text) }
    }

    /// A number.
    pub fn number(name: impl Into<String>, number: i64) -> Self {
        Self { name: name.into(), shown: number.to_string(), raw: Raw::Number(number) }
    }

    /// A secret.
    pub fn secret(name: impl Into<String>) -> Self {
        Self { name: name.into(), shown: "(present)".to_owned(), raw: Raw::Secret }
    }

    /// Something that does not fit; `shown` says what is stored.
    pub fn strange(name: impl Into<String>, shown: impl Into<String>) -> Self {
        let (name, shown) = (name.into(), shown.into());
        // What the reader itself says of a value of another type stays.
        let is_own = shown.starts_with('(') || shown.starts_with("REG_BINARY, ");
        let shown = if is_own { shown } else { keep_by_name(&name, &shown).text };
        Self { name, shown, raw: Raw::Strange }
    }
}

impl Settings {
    /// The setting of this name, without regard to case.
    pub fn get(&self, name: &str) -> Option<&Setting> {
        self.entries.iter().find(|setting| setting.name.eq_ignore_ascii_case(name))
    }

    /// True if the setting is there, whatever it is.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// A text without a record of the look: for names and links between records.
    pub fn peek_text(&self, name: &str) -> Option<&str> {
        match self.get(name).map(|setting| &setting.raw) {
            Some(Raw::Text(text)) if !text.trim().is_empty() => Some(text.trim()),
            _ => None,
        }
    }

    /// A number without a record of the look.
    pub fn peek_number(&self, name: &str) -> Option<i64> {
        match self.get(name).map(|setting| &setting.raw) {
            Some(Raw::Number(number)) => Some(*number),
            Some(Raw::Text(text)) => text.trim().parse().ok(),
            _ => None,
        }
    }
}

impl Look {
    /// Looks at what the verdict does not rest on: names, and the incoming side.
    pub fn aside<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.is_aside, true);
        let answer = read(self);
        self.is_aside = before;
        answer
    }

    /// A text; empty counts as absent.
    pub fn text(&mut self, from: &Settings, name: &str) -> Option<String> {
        self.record(from, name, None);
        from.peek_text(name).map(str::to_owned)
    }

    /// A text that decides something: empty counts as absent, but what is no text is malformed.
    pub fn needed_text(&mut self, from: &Settings, name: &str) -> Result<Option<String>, Unclear> {
        self.record(from, name, None);
        match from.get(name) {
            Some(setting) if !matches!(setting.raw, Raw::Text(_)) => Err(self.malformed(from, setting)),
            _ => Ok(from.peek_text(name).map(str::to_owned)),
        }
    }

    /// A number, or the default where the setting is absent; `source` says whose word the default is.
    pub fn number(
        &mut self,
        from: &Settings,
        name: &str,
        default: i64,
        source: &'static str,
    ) -> Result<i64, Unclear> {
        self.record(from, name, Some(Default { value: default.to_string(), source }));
        match from.get(name) {
            None => Ok(default),
            Some(setting) => match from.peek_number(name) {
                Some(number) => Ok(number),
                None if setting.shown.trim().is_empty() => Ok(default),
                None => Err(self.malformed(from, setting)),
            },
        }
    }

    /// A switch: any number but 0 is on.
    pub fn switch(&mut self, from: &Settings, name: &str, source: &'static str) -> Result<bool, Unclear> {
        Ok(self.number(from, name, 0, source)? != 0)
    }

    /// A TCP port; 0 and numbers above 65535 are malformed.
    pub fn port(
        &mut self,
        from: &Settings,
        name: &str,
        default: u16,
        source: &'static str,
    ) -> Result<Port, Unclear> {
        let number = self.number(from, name, default.into(), source)?;
        let Some(setting) = from.get(name).filter(|setting| !setting.shown.trim().is_empty()) else {
            return Ok(Port::Default(default));
        };
        match u16::try_from(number) {
            Ok(port) if port != 0 => Ok(Port::Stored(port)),
            _ => Err(self.malformed(from, setting)),
        }
    }

    /// A value that was read but whose meaning is unknown.
    pub fn unknown(&self, from: &Settings, name: &str) -> Unclear {
        let shown = from.get(name).map_or("", |setting| setting.shown.as_str());
        Unclear { shown: format!("{name} = {}", cut(shown)), malformed: false }
    }

    /// Records the look at one setting.
    pub fn record(&mut self, from: &Settings, name: &str, default: Option<Default>) {
        let setting = from.get(name);
        // The store's own spelling is the better evidence.
        let name = setting.map_or(name, |setting| setting.name.as_str()).to_owned();
        let value = setting
            .map(|setting| if is_secret_name(&name) { "(present)".to_owned() } else { cut(&setting.shown) });
        let decides = !self.is_aside;
        let seen = Evidence { place: from.place.clone(), setting: name, value, default, decides };
        if !self.evidence.contains(&seen) {
            self.evidence.push(seen);
        }
    }

    fn malformed(&mut self, from: &Settings, setting: &Setting) -> Unclear {
        let shown = format!("{} = {}", setting.name, cut(&setting.shown));
        self.problems.push(Problem::malformed(&from.place, &Text::new(shown.clone(), shown.clone())));
        Unclear { shown, malformed: true }
    }
}

/// The parts of an outgoing server, each understood or not.
#[derive(Debug)]
pub struct Parts {
    /// Host name; `None` = no outgoing server.
    pub host: Result<Option<String>, Unclear>,
    /// Its port.
    pub port: Result<Port, Unclear>,
    /// TLS or not.
    pub security: Result<Security, Unclear>,
    /// Authentication, and with whose name.
    pub auth: Result<(Auth, Option<Credentials>), Unclear>,
    /// POP-before-SMTP by switch.
    pub log_on_first: Result<LogOnFirst, Unclear>,
}

impl Parts {
    /// The whole, if every part was understood.
    pub fn assemble(self) -> Outgoing {
        match (self.host, self.port, self.security, self.auth, self.log_on_first) {
            (Ok(Some(host)), Ok(port), Ok(security), Ok((auth, credentials)), Ok(log_on_first)) => {
                Outgoing::Smtp(Smtp { host, port, security, auth, credentials, log_on_first })
            }
            // Without a server nothing else is needed; what is stored, not defaults, is told.
            (Ok(None), port, security, auth, _) => Outgoing::None(Partial {
                port: port.ok().filter(|port| matches!(port, Port::Stored(_))),
                security: security.ok().filter(|security| *security != Security::Plain),
                auth: auth.as_ref().ok().map(|(auth, _)| *auth).filter(|auth| *auth != Auth::None),
                ..Partial::default()
            }),
            (host, port, security, auth, log_on_first) => {
                let mut unclear = Vec::new();
                let partial = Partial {
                    host: host.map_err(|u| unclear.push(u)).ok().flatten(),
                    port: port.map_err(|u| unclear.push(u)).ok(),
                    security: security.map_err(|u| unclear.push(u)).ok(),
                    auth: auth.as_ref().map(|(auth, _)| *auth).ok(),
                    credentials: auth
                        .map_err(|u| unclear.push(u))
                        .ok()
                        .and_then(|(_, credentials)| credentials),
                    log_on_first: log_on_first.map_err(|u| unclear.push(u)).ok(),
                };
                Outgoing::Unclear(partial, reason(&unclear))
            }
        }
    }
}

/// Why settings could not be judged, in both languages.
pub fn reason(unclear: &[Unclear]) -> Text {
    let mut shown: Vec<&str> = unclear.iter().map(|unclear| unclear.shown.as_str()).collect();
    shown.dedup();
    let list = shown.join(", ");
    if unclear.iter().any(|unclear| unclear.malformed) {
        Text::new(format!("値が壊れています: {list}"), format!("malformed value: {list}"))
    } else {
        Text::new(format!("意味の分からない値です: {list}"), format!("value of unknown meaning: {list}"))
    }
}

fn cut(text: &str) -> String {
    if text.chars().count() <= MAX_SHOWN {
        return text.to_owned();
    }
    text.chars().take(MAX_SHOWN).chain("...".chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_lose_what_may_be_a_password() {
        for (text, shown) in [
            (
                "https://taro:himitsu@ex.example.jp/EWS/Exchange.asmx?token=x",
                "https://ex.example.jp/EWS/Exchange.asmx",
            ),
            ("https://a@b:himitsu@host", "https://host"),
            ("smtp://mail.example.jp:587#himitsu", "smtp://mail.example.jp:587"),
            ("taro@example.jp", "taro@example.jp"),
            ("mail.example.jp", "mail.example.jp"),
        ] {
            let setting = Setting::text("url", text);
            assert_eq!((setting.shown.as_str(), &setting.raw), (shown, &Raw::Text(shown.to_owned())));
        }
    }
}
