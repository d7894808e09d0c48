//! A finding of a stored report as the account that it tells of, so that it can be judged anew; and what is kept of how it was
//! judged.

use super::lean::{FindingIn, IncomingIn, Known, NoteIn, OutgoingIn, Str, ToSetIn};
use super::words::Word;
use crate::model::{
    Account, Aspect, Auth, InUse, Incoming, LogOnFirst, Needs, Note, Outgoing, Partial, Port, Security, Smtp,
    Text, Until, UserName, Verdict,
};

/// Why a stored verdict can't be told from its values: what was read of it does not stand in the report.
const NOT_READ: Text = Text::fixed("報告に値がありません", "not in the report");

impl FindingIn<'_> {
    /// The account, with the ids of its client and edition; `None`: what stands there does not suffice to judge it, or has
    /// words that this version does not know.
    pub(crate) fn account(&self, client: &'static str, edition: &'static str) -> Option<Account> {
        let incoming = match &self.incoming {
            Some(incoming) => Some(incoming.read()?),
            None => None,
        };
        let owned = |text: &Option<Str<'_>>| text.as_ref().map(|text| text.0.to_string());
        Some(Account {
            client_version: owned(&self.client_version),
            client_installed: self.client_installed,
            in_use: self.in_use.0.unwrap_or(InUse::Unknown),
            name: self.account.0.to_string(),
            addresses: self.addresses.iter().map(|address| address.0.to_string()).collect(),
            incoming,
            notes: if self.has_note(Note::MaybeOAuth.code()) { vec![Note::MaybeOAuth] } else { Vec::new() },
            ..Account::new(client, &self.client_name.0, edition, self.sends()?)
        })
    }

    /// Where its mail goes out, by its verdict and values.
    fn sends(&self) -> Option<Outgoing> {
        self.action.0?;
        let verdict = self.verdict.0?;
        let seen = match &self.outgoing {
            Some(outgoing) => outgoing.read()?,
            None => Partial::default(),
        };
        let is_relayed = self.has_note(Note::LocalProxy.code());
        Some(match verdict {
            Verdict::Managed => Outgoing::Managed(seen.host),
            Verdict::NoOutgoingServer => Outgoing::None(seen),
            Verdict::Unreadable if self.has_note(Note::ExternalProgram.code()) => {
                Outgoing::Program(String::new())
            }
            // Its values were understood, and a policy could not decide by them: another may.
            Verdict::Unreadable if self.is_undecided() || is_relayed || self.is_left_open(&seen) => {
                whole(&seen).unwrap_or(Outgoing::Unclear(seen, NOT_READ))
            }
            Verdict::Unreadable => Outgoing::Unclear(seen, NOT_READ),
            Verdict::PopBeforeSmtp | Verdict::NoSmtpAuth => {
                let switch = (verdict == Verdict::PopBeforeSmtp).then_some(LogOnFirst::On);
                let seen = Partial { auth: None, log_on_first: seen.log_on_first.or(switch), ..seen };
                whole(&Partial { auth: Some(Auth::None), ..seen.clone() }).unwrap_or(Outgoing::NoAuth(seen))
            }
            Verdict::SmtpAuth | Verdict::SmtpAuthOffPolicy => {
                seen.auth.filter(|auth| *auth != Auth::None)?;
                // The switch has no effect on what authenticates.
                let switch = seen.log_on_first.or(Some(LogOnFirst::Off));
                whole(&Partial { log_on_first: switch, ..seen })?
            }
        })
    }

    /// True if a policy asked for what the client decides by itself when it connects.
    fn is_left_open(&self, seen: &Partial) -> bool {
        let decides = seen.port == Some(Port::Automatic) || seen.security == Some(Security::Auto);
        self.provider.is_some() && decides && seen.auth.is_some_and(|auth| auth != Auth::None)
    }

    /// True if it may be one thing or another.
    pub(crate) fn is_undecided(&self) -> bool {
        self.verdict.0 == Some(Verdict::Unreadable) && self.has_note(Note::TOO_UNDECIDED.code())
    }

    /// True if the policy of its provider accepts that it does not authenticate.
    pub(crate) fn is_accepted(&self) -> bool {
        self.has_note(Note::AcceptedByPolicy.code())
    }

    /// True if nobody is sent to the provider's new settings yet.
    pub(crate) fn is_waiting(&self) -> bool {
        self.has_note(Note::NotYet(NOT_READ).code())
    }

    /// True if it is an exception.
    pub(crate) fn is_excepted(&self) -> bool {
        self.has_note(Note::EXCEPTION)
    }

    /// True if the policy of its provider wanted a version of TLS that its client can't do.
    pub(crate) fn lacks_tls(&self) -> bool {
        let is_told = |note: &NoteIn<'_>| note.en.0.contains(Note::CANNOT_TLS);
        self.notes.iter().any(|note| note.code.0 == "client-cannot" && is_told(note))
    }

    /// True if it is known not to be used any more.
    pub(crate) fn is_unused(&self) -> bool {
        self.in_use.0 == Some(InUse::No)
    }

    /// True if a policy asks for a change of how it receives.
    pub(crate) fn receives_off_policy(&self) -> bool {
        self.incoming.as_ref().is_some_and(|incoming| !incoming.deviations.is_empty()) && !self.is_waiting()
    }

    /// The last good days for sending and for receiving.
    pub(crate) fn last_days(&self) -> [Option<Until>; 2] {
        let receiving = self.incoming.as_ref().and_then(|incoming| incoming.stops_working_on.as_ref());
        [
            (self.stops_working_on.as_ref(), Note::StopsWorking(NOT_READ)),
            (receiving, Note::ReceivingStops(NOT_READ)),
        ]
        .map(|(day, note)| match day {
            Some(day) => Until::from_text(&day.0),
            None => self.has_note(note.code()).then_some(Until::Ended),
        })
    }

    /// What has to be changed by the policy of its provider; `None`: judged by the default one, or nothing was told.
    pub(crate) fn needs(&self) -> Option<Needs> {
        self.provider.as_ref()?;
        let mut needs = Needs::default();
        for set in &self.to_set {
            set.add_to(&mut needs);
        }
        (needs != Needs::default()).then_some(needs)
    }
}

/// The outgoing server with nothing left open, if nothing is. Only what the user told has no host.
fn whole(seen: &Partial) -> Option<Outgoing> {
    Some(Outgoing::Smtp(Smtp {
        host: seen.host.clone().unwrap_or_default(),
        port: seen.port?,
        security: seen.security?,
        auth: seen.auth?,
        credentials: seen.credentials,
        log_on_first: seen.log_on_first?,
    }))
}

impl OutgoingIn<'_> {
    /// `None`: a word that this version does not know.
    fn read(&self) -> Option<Partial> {
        Some(Partial {
            host: self.host.as_ref().map(|host| host.0.to_string()),
            port: match (self.port, self.port_is_default) {
                (Some(port), Some(true)) => Some(Port::Default(port)),
                (Some(port), _) => Some(Port::Stored(port)),
                (None, Some(true)) => Some(Port::Automatic),
                (None, _) => None,
            },
            security: known(self.security).ok()?,
            auth: match &self.auth {
                Some(auth) if auth.0 != super::words::UNKNOWN => Some(Auth::of(&auth.0)?),
                _ => None,
            },
            credentials: self.credentials.and_then(|word| word.0),
            log_on_first: self.pop_before_smtp.map(|on| if on { LogOnFirst::On } else { LogOnFirst::Off }),
            malformed: Vec::new(),
        })
    }
}

impl IncomingIn<'_> {
    /// `None`: a word that this version does not know.
    fn read(&self) -> Option<Incoming> {
        let auth = match &self.auth {
            Some(word) if word.0 == Auth::Apop.code() => Some(Auth::Apop),
            Some(word) => Some(Auth::of(&word.0)?),
            None => None,
        };
        Some(Incoming {
            protocol: self.protocol.0?,
            host: self.host.as_ref().map(|host| host.0.to_string()),
            port: self.port,
            security: known(self.security).ok()?,
            auth,
        })
    }
}

/// A word that this version does not know.
struct Unknown;

/// Nothing stays nothing.
fn known<T>(word: Option<Known<T>>) -> Result<Option<T>, Unknown> {
    match word {
        Some(Known(None)) => Err(Unknown),
        word => Ok(word.and_then(|word| word.0)),
    }
}

impl ToSetIn<'_> {
    fn add_to(&self, needs: &mut Needs) {
        let Some(aspect) = Aspect::ALL.into_iter().find(|aspect| aspect.code() == self.setting.0) else {
            return;
        };
        let then = self.then.as_ref().map(|then| &*then.0);
        match (aspect, then) {
            (Aspect::Host, None) => needs.ends = true,
            (Aspect::Host, Some(host)) => needs.server = Some(host.to_owned()),
            (Aspect::Port, Some(port)) => needs.port = port.parse().ok(),
            (Aspect::Security, Some(word)) => needs.security = Security::of(word),
            (Aspect::Auth, Some(word)) => {
                needs.authenticate = self.now.as_ref().is_some_and(|now| now.0 == Auth::None.code());
                needs.method =
                    Auth::of(word).filter(|method| !needs.authenticate || *method != Auth::Password);
            }
            (Aspect::LogOnFirst, Some(_)) => needs.log_on_first_off = true,
            (Aspect::User, Some(word)) => {
                let all = [UserName::Address, UserName::LocalPart, UserName::SameAsIncoming];
                needs.user = all.into_iter().find(|user| user.code() == word);
            }
            _ => {}
        }
    }
}
