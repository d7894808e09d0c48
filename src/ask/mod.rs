//! What can't be read is asked: a client's check as questions, and the answers as an account like any other.

pub mod answers;
pub mod reply;
pub mod talk;

use crate::classify::is_loopback;
use crate::clients::dialogue::question::Dialogue;
use crate::clients::dialogue::relay;
use crate::clients::{Client, dialogue_of, steps};
use crate::model::{
    Account, Auth, Confidence, Evidence, Finding, HandedOn, Incoming, Lang, LogOnFirst, Note, Outgoing,
    Partial, Passages, Protocol, Report, ScanFacts, ScannedUser, Scope, Smtp, Text, UserStatus,
};
use crate::report::v1::earlier::EarlierFinding;
use crate::scan::{Rules, except, id, judge, name_policies, now};
use crate::source::here;
use reply::DO_NOT_KNOW;
use talk::{Given, Known, Talk, Told};
use time::OffsetDateTime;

/// What is asked about.
#[derive(Debug)]
pub struct Subject {
    /// Whose screens are asked for.
    pub client: &'static Client,
    /// The finding of an earlier report that is answered.
    pub earlier: Option<EarlierFinding>,
    /// The computer whose account it is.
    pub computer: Option<String>,
}

/// How the answers are judged and told.
#[derive(Debug)]
pub struct Manner {
    /// The language of the dialogue: labels and answers become evidence as they were read.
    pub lang: Lang,
    /// By what it is judged.
    pub rules: Rules,
}

/// Where answers come from.
pub(crate) const PLACE: Text = Text::fixed("利用者の回答", "answered by the user");
/// Notes that an earlier scan took from the data, not from the settings that are answered now.
const LASTING_NOTES: [&str; 2] = ["end-of-support", "locked-by-policy"];

impl Subject {
    /// The screens that are asked for.
    pub fn dialogue(&self) -> &'static Dialogue {
        if self.relay().is_some() { &relay::DIALOGUE } else { dialogue_of(self.client.id) }
    }

    /// What the earlier report says of another program that sends the account's mail.
    fn relay(&self) -> Option<Note> {
        let earlier = self.earlier.as_ref()?;
        let has = |note: &Note| earlier.notes.iter().any(|(code, _)| code == note.code());
        let known = [Note::ExternalProgram, Note::LocalProxy].into_iter().find(has);
        known.or_else(|| earlier.host.as_deref().filter(|host| is_loopback(host)).map(|_| Note::LocalProxy))
    }

    /// The dialogue, before its first question.
    pub fn talk(&self) -> Talk {
        let earlier = self.earlier.as_ref();
        let protocol = earlier
            .and_then(|earlier| earlier.incoming.as_ref())
            .map(|incoming| incoming.protocol)
            .filter(|protocol| *protocol != Protocol::Other);
        Talk::new(
            self.dialogue(),
            Known {
                account: earlier.is_some(),
                protocol,
                // A relay on the computer itself hides the server that is asked for.
                host: earlier.and_then(|earlier| earlier.host.clone()).filter(|host| !is_loopback(host)),
            },
        )
    }

    /// The report on what was answered.
    pub fn report(&self, talk: &Talk, manner: &Manner) -> Report {
        let account = self.account(talk, manner);
        let owner = self.earlier.as_ref();
        let finding = Finding {
            id: owner.map_or_else(|| id(&account, ""), |owner| owner.id.clone()),
            computer: self.computer.clone(),
            user: owner.and_then(|owner| owner.user.clone()),
            user_sid: owner.and_then(|owner| owner.user_sid.clone()),
            ..judge(account, None, self.client, &manner.rules)
        };
        let mut finding = except(finding, &manner.rules);
        // That "yes" may be OAuth 2 is said only where it matters.
        if !finding.notes.iter().any(|note| note.code() == Note::TOO_UNDECIDED.code()) {
            finding.notes.retain(|note| *note != Note::MaybeOAuth);
        }
        let claiming = finding.provider.iter().chain(&finding.receiving.provider).cloned().collect();
        let user = ScannedUser {
            computer: self.computer.clone(),
            name: finding.user.clone(),
            sid: finding.user_sid.clone(),
            status: UserStatus::Read,
            reason: None,
        };
        let mut report = Report {
            computer: self.computer.clone(),
            scan: ScanFacts {
                started_at: now(),
                host: here::host_name(),
                os: std::env::consts::OS,
                scope: Scope::User,
                // Where no computer is named, the sources tell whose data it is.
                sources: owner
                    .map_or_else(|| vec![format!("ask {}", self.client.id)], |owner| owner.sources.clone()),
                policies: Vec::new(),
                policy_details: Vec::new(),
                as_of: None,
                requires_tls: false,
                filters: Vec::new(),
                users: vec![user],
                remarks: Vec::new(),
                twins: None,
                passages: Passages::default(),
                unshown: Vec::new(),
            },
            findings: vec![finding],
            handed_on: HandedOn::default(),
            not_shown: 0,
            resolved: Vec::new(),
            issues: Vec::new(),
            probes: Vec::new(),
        };
        name_policies(&mut report.scan, &manner.rules, &claiming);
        report
    }

    fn account(&self, talk: &Talk, manner: &Manner) -> Account {
        let told = talk.told();
        let address = told.address.clone();
        let incoming = told.protocol.map(|protocol| {
            let known = self.earlier.as_ref().and_then(|earlier| earlier.incoming.clone());
            let none = Incoming { protocol, host: None, port: None, security: None, auth: None };
            Incoming { protocol, ..known.unwrap_or(none) }
        });
        // Answers that tell neither the account nor the computer must not take the place of somebody else's. Several devices
        // may send by one address.
        let names: Vec<&str> = [&told.name, &address].into_iter().flatten().map(String::as_str).collect();
        let key = match (names.is_empty(), &self.computer) {
            (false, _) => names.join(" "),
            (true, Some(_)) => String::new(),
            (true, None) => OffsetDateTime::now_utc().unix_timestamp_nanos().to_string(),
        };
        let mut notes = dialogue_of(self.client.id).notes.to_vec();
        let relay = self.relay();
        let edition = match (&relay, told.edition) {
            (Some(_), _) => steps::RELAY.id,
            (None, Some(edition)) => edition,
            (None, None) => self.edition(),
        };
        notes.extend(relay);
        notes.extend(told.may_be_oauth.then_some(Note::MaybeOAuth));
        let answered = Account {
            store: "answered".to_owned(),
            key,
            outgoing_key: String::new(),
            name: address.clone().or_else(|| told.name.clone()).unwrap_or_else(|| "-".to_owned()),
            client_name: told.name.clone().unwrap_or_else(|| self.client.name.to_owned()),
            addresses: address.into_iter().collect(),
            incoming,
            confidence: Confidence::Answered,
            source: PLACE.get(manner.lang).to_owned(),
            evidence: evidence(talk, manner.lang),
            ..Account::new(self.client.id, self.client.name, edition, outgoing(told, talk))
        };
        let Some(earlier) = &self.earlier else { return Account { notes, ..answered } };
        for (code, text) in &earlier.notes {
            let known = LASTING_NOTES.into_iter().find(|known| known == code);
            if let Some(code) = known.filter(|code| notes.iter().all(|note: &Note| note.code() != *code)) {
                notes.push(Note::Other(code, text.clone()));
            }
        }
        Account {
            client_name: earlier.client_name.clone(),
            client_version: earlier.client_version.clone(),
            client_installed: earlier.client_installed,
            in_use: earlier.in_use,
            profile: earlier.profile.clone(),
            source: earlier.source.clone(),
            name: earlier.account.clone(),
            addresses: earlier.addresses.clone(),
            default_account: earlier.default_account,
            notes,
            ..answered
        }
    }

    /// Which dialogs the steps describe: those that the report tells, else the usual ones.
    fn edition(&self) -> &'static str {
        let find = |id: &str| self.client.editions.iter().find(|edition| edition.id == id);
        let told = self.earlier.as_ref().and_then(|earlier| find(earlier.edition.as_deref()?));
        let usual = || find(dialogue_of(self.client.id).edition.unwrap_or(self.client.id));
        let edition = told.or_else(usual).or(self.client.editions.last());
        edition.map_or(self.client.id, |edition| edition.id)
    }
}

fn outgoing(told: Told, talk: &Talk) -> Outgoing {
    if told.protocol == Some(Protocol::Other) {
        return Outgoing::Managed(told.host);
    }
    let partial = Partial {
        host: told.host.clone(),
        port: told.port,
        security: told.security,
        auth: told.auth,
        credentials: None,
        log_on_first: told.log_on_first,
        malformed: Vec::new(),
    };
    match (told.auth, told.port, told.security) {
        (Some(Auth::None), ..) => Outgoing::NoAuth(partial),
        (Some(auth), Some(port), Some(security)) => Outgoing::Smtp(Smtp {
            host: told.host.unwrap_or_default(),
            port,
            security,
            auth,
            credentials: None,
            log_on_first: told.log_on_first.unwrap_or(LogOnFirst::Off),
        }),
        _ => Outgoing::Unclear(partial, reason(talk)),
    }
}

/// What the user could not tell, in the words of the questions.
fn reason(talk: &Talk) -> Text {
    let is_unknown = |given: &&Given| given.shown.as_ref() == Some(&DO_NOT_KNOW);
    let unknown = talk.given().iter().filter(|given| given.question.topic.decides()).filter(is_unknown);
    let labels: Vec<&Text> = unknown.map(|given| &given.question.label).collect();
    let list = |lang: Lang| labels.iter().map(|label| label.get(lang)).collect::<Vec<_>>().join(", ");
    Text::new(
        format!("利用者が分からないと答えました: {}", list(Lang::Ja)),
        format!("the user could not tell: {}", list(Lang::En)),
    )
}

fn evidence(talk: &Talk, lang: Lang) -> Vec<Evidence> {
    let answers = talk.given().iter().filter_map(|given| Some((given.question, given.shown.as_ref()?)));
    answers
        .map(|(question, shown)| Evidence {
            place: PLACE.get(lang).into(),
            setting: question.label.get(lang).to_owned(),
            value: Some(shown.get(lang).to_owned()),
            default: None,
            decides: question.topic.decides(),
        })
        .collect()
}
