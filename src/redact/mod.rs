//! A report without a word of the PC: names, addresses, servers, places and ids become masks, sentences with something of
//! the PC in them become fixed ones. What was found, what it means and what to do stay.

mod mask;
mod own;
mod provider;

pub use mask::{Mask, SHORTEST_KEY, looks_masked};

use crate::ask::PLACE;
use crate::clients::dialogue::relay;
use crate::clients::{CLIENTS, Client, dialogue_of};
use crate::formats::facts::Fact;
use crate::formats::kinds::{Kind, keep};
use crate::model::{
    Account, Aspect, Confidence, Evidence, Finding, Issue, IssueKind, Note, Outgoing, Passages, Possible,
    Report, ScannedUser, Text, ToSet,
};
use crate::scan::steps_for;
use std::borrow::Cow;

/// What stands for a sentence that something was filled into.
const LEFT_OUT: Text = Text::fixed("(詳細は伏せてあります)", "(details are left out of this report)");
const UNCLEAR: Text = Text::fixed(
    "壊れているか、意味の分からない値があります(値は伏せてあります)",
    "a value is malformed or of unknown meaning, or the settings are not read (left out of this report)",
);
/// Sources and places that the program itself names.
const THIS_COMPUTER: &str = "this computer";

impl Mask {
    /// Masks a report.
    pub fn report(&self, report: &mut Report) {
        self.option(&mut report.computer);
        report.computers_mut().for_each(|computer| self.option(computer));
        self.option(&mut report.scan.host);
        for filter in &mut report.scan.filters {
            // A client's id is a word of the program's own.
            if let Some((option @ ("--server" | "--domain"), value)) = filter.split_once(' ')
                && !self.is_of_people
            {
                *filter = format!("{option} {}", self.text(value));
            }
        }
        for source in report.scan.sources.iter_mut().filter(|source| !is_own_source(source)) {
            self.mask(source);
        }
        if !self.is_of_people {
            for policy in report.scan.policies.iter_mut().filter(|policy| *policy != "default") {
                self.mask(policy);
            }
            self.policies(&mut report.scan.policy_details);
        }
        for ScannedUser { computer: _, name, sid, reason, status: _ } in &mut report.scan.users {
            self.option(name);
            self.option(sid);
            if let Some(reason) = reason {
                replace_filled(reason, &LEFT_OUT);
            }
        }
        report.scan.remarks.retain(is_fixed);
        // Their places are people's folders.
        report.scan.passages = Passages::default();
        for finding in &mut report.findings {
            self.finding(finding);
        }
        for issue in &mut report.issues {
            self.issue(issue);
        }
    }

    /// Masks what a comparison with an earlier report has added. Where that one was masked with the same key, as it has to
    /// be to be compared, nothing changes.
    pub fn resolved(&self, report: &mut Report) {
        for done in &mut report.resolved {
            if !self.is_masked(&done.account) {
                done.id = self.id(&done.id);
            }
            self.option(&mut done.computer);
            self.option(&mut done.user);
            for text in [&mut done.client_name, &mut done.account] {
                if !CLIENTS.iter().any(|client| is_name_of(client, text)) {
                    *text = self.address(text);
                }
            }
        }
    }

    fn finding(&self, finding: &mut Finding) {
        let id = finding.account.client;
        let Some(client) = CLIENTS.iter().find(|client| client.id == id) else { return };
        self.provider(finding);
        let is_of_people = self.is_of_people;
        let account = &mut finding.account;
        // An answer to a masked report has its id and owner from there.
        if !self.is_mask(&account.source) {
            finding.id = self.id(&finding.id);
        }
        self.option(&mut finding.user);
        self.option(&mut finding.user_sid);
        self.account(account, client);
        self.server(&mut finding.needs.host);
        for set in &mut finding.to_set {
            self.to_set(set);
        }
        let is_stuck = finding.needs.ends || finding.notes.iter().any(|note| note.code() == "client-cannot");
        if is_of_people {
            // They hold what policies say, and servers.
        } else if is_stuck {
            // What helps instead is the provider's word.
            finding.steps.iter_mut().for_each(|step| *step = LEFT_OUT);
        } else if !finding.steps.is_empty() {
            let own = steps_for(finding.rule, client.edition(finding.account.edition), &finding.needs);
            // Before them stands what the provider says.
            let of_provider = finding.steps.len().saturating_sub(own.len());
            finding.steps = vec![LEFT_OUT; of_provider].into_iter().chain(own).collect();
        }
        for note in &mut finding.notes {
            self.note(note);
        }
    }

    fn account(&self, account: &mut Account, client: &Client) {
        let is_answered = account.confidence == Confidence::Answered;
        let Account { name, source, profile, store, key, outgoing_key, .. } = account;
        // Without accounts that can be told apart, the client's name is the account's; `-` is none.
        if *name != client.name && name != "-" {
            *name = self.address(name);
        }
        // What the program named would be masked too, were it not for the answers' own place.
        if !is_answered || !is_own_place(source) {
            self.mask(source);
        }
        for text in [store, key, outgoing_key] {
            self.mask(text);
        }
        self.option(profile);
        if !is_name_of(client, &account.client_name) {
            client.name.clone_into(&mut account.client_name);
        }
        if let Some(version) =
            account.client_version.as_mut().filter(|version| !own::is_version(version, client))
        {
            self.mask(version);
        }
        for address in &mut account.addresses {
            *address = self.address(address);
        }
        if let Some(incoming) = &mut account.incoming {
            self.server(&mut incoming.host);
        }
        self.outgoing(&mut account.outgoing);
        for note in &mut account.notes {
            self.note(note);
        }
        for seen in &mut account.evidence {
            self.evidence(seen, client, is_answered);
        }
    }

    fn outgoing(&self, outgoing: &mut Outgoing) {
        match outgoing {
            Outgoing::Managed(host) => self.server(host),
            Outgoing::Program(program) => self.mask(program),
            Outgoing::Smtp(smtp) if !self.is_of_people => self.mask(&mut smtp.host),
            Outgoing::Smtp(_) => {}
            Outgoing::None(partial) | Outgoing::NoAuth(partial) => self.server(&mut partial.host),
            Outgoing::Unclear(partial, why) => {
                self.server(&mut partial.host);
                replace_filled(why, &UNCLEAR);
            }
            Outgoing::OneOf(list) => {
                for Possible { when, outgoing } in list {
                    replace_filled(when, &LEFT_OUT);
                    self.outgoing(outgoing);
                }
            }
        }
    }

    fn evidence(&self, seen: &mut Evidence, client: &Client, is_answered: bool) {
        let place = seen.place.to_string();
        let may_stay = if is_answered {
            // The questions' words and the answers to choose from are the program's.
            !is_typed(client, &seen.setting)
        } else if client.places.iter().any(|place| place.ends_with(&format!("({})", seen.setting))) {
            // The text that a row of the table of clients looks for in a file.
            false
        } else if let Some(fact) = client.fact(&seen.setting) {
            seen.setting = self.name_of(fact, &seen.setting);
            seen.value.as_deref().is_none_or(|value| {
                let is_server = self.is_of_people && fact.kind == Kind::Host && keep(Kind::Host, value).fits;
                is_server || is_plain(fact.kind, value)
            })
        } else {
            let is_own = own::is_own_setting(&seen.setting);
            if !is_own {
                self.mask(&mut seen.setting);
            }
            is_own && seen.value.as_deref().is_none_or(own::is_value)
        };
        if !is_answered || !is_own_place(&place) {
            seen.place = self.text(&place).into();
        }
        if let Some(value) = &mut seen.value
            && !own::is_in_place(value)
            && !may_stay
        {
            *value = self.address(value);
        }
        if let Some(default) = seen.default.as_mut().filter(|default| !own::is_value(&default.value)) {
            self.mask(&mut default.value);
        }
    }

    /// The name of a setting without the key that the client made up, unless all its keys look like that.
    fn name_of(&self, fact: &Fact, name: &str) -> String {
        match fact.key(name) {
            Some(key) if !own::is_usual_key(key) => fact.name.replacen('*', &self.text(key), 1),
            _ if fact.like.is_some() => self.text(name),
            _ => name.to_owned(),
        }
    }

    fn to_set(&self, set: &mut ToSet) {
        match set.setting {
            Aspect::Host => {
                self.server(&mut set.now);
                self.server(&mut set.then);
            }
            // Numbers, and words of the contract.
            Aspect::Port
            | Aspect::Security
            | Aspect::Auth
            | Aspect::LogOnFirst
            | Aspect::User
            | Aspect::Protocol => {}
        }
    }

    fn note(&self, note: &mut Note) {
        match note {
            Note::LockedByPolicy(place) => self.mask(place),
            Note::EndOfSupport(end) => replace_filled(&mut end.product, &LEFT_OUT),
            Note::Undecided(text) | Note::Other(_, text) => replace_filled(text, &LEFT_OUT),
            _ => {}
        }
    }

    fn issue(&self, issue: &mut Issue) {
        self.option(&mut issue.user);
        if !is_own_source(&issue.place) && !CLIENTS.iter().any(|client| client.id == issue.place) {
            self.mask(&mut issue.place);
        }
        replace_filled(&mut issue.message, &sentence(issue.kind));
    }

    pub(super) fn mask(&self, text: &mut String) {
        *text = self.text(text);
    }

    fn server(&self, host: &mut Option<String>) {
        if !self.is_of_people {
            self.option(host);
        }
    }

    fn option(&self, text: &mut Option<String>) {
        if let Some(text) = text {
            self.mask(text);
        }
    }
}

/// `this computer`, and what `ask` says without an earlier report.
fn is_own_source(source: &str) -> bool {
    let asked = source.strip_prefix("ask ");
    source == THIS_COMPUTER || asked.is_some_and(|id| CLIENTS.iter().any(|client| client.id == id))
}

/// A client's name, or that of one of its editions or variants; any other may be a folder's or hold
/// what a device says of itself.
fn is_name_of(client: &Client, name: &str) -> bool {
    client.name == name
        || client.variants.contains(&name)
        || client.editions.iter().any(|edition| edition.name.en == name)
}

/// Switches, numbers and words that fit: nobody's name is among them.
fn is_plain(kind: Kind, value: &str) -> bool {
    // A longer number with noughts before it may be somebody's.
    let is_short = matches!(kind, Kind::Switch | Kind::Number(..)) && own::is_value(value);
    (is_short || matches!(kind, Kind::Choice(_) | Kind::Words(_) | Kind::Flags(_))) && keep(kind, value).fits
}

fn is_own_place(place: &str) -> bool {
    place == PLACE.ja || place == PLACE.en
}

/// True for a question that is answered by a name.
fn is_typed(client: &Client, label: &str) -> bool {
    let questions = dialogue_of(client.id).questions.iter().chain(relay::DIALOGUE.questions);
    let names = questions.filter(|question| question.kind.may_be_left_out());
    names.map(|question| &question.label).any(|known| known.ja == label || known.en == label)
}

/// A fixed sentence is the program's own; into any other something was filled.
fn is_fixed(text: &Text) -> bool {
    matches!((&text.ja, &text.en), (Cow::Borrowed(_), Cow::Borrowed(_)))
}

fn replace_filled(text: &mut Text, fixed: &Text) {
    if !is_fixed(text) {
        text.clone_from(fixed);
    }
}

/// What an issue says where its message had something filled in.
fn sentence(kind: IssueKind) -> Text {
    match kind {
        IssueKind::Denied => Text::fixed("読み取る権限がありません。", "no permission to read it"),
        IssueKind::Malformed => Text::fixed(
            "内容が壊れているか、想定した形式ではありません。",
            "damaged, or not in the expected form",
        ),
        IssueKind::Encrypted => Text::fixed("暗号化されています。", "encrypted"),
        IssueKind::Locked => Text::fixed("別のプログラムが使用中です。", "held by another program"),
        IssueKind::Outside => Text::fixed(
            "調べる範囲の外にあるため、読み取りません。",
            "outside of what is scanned, so not followed",
        ),
        IssueKind::TooLarge => Text::fixed(
            "大きすぎるか多すぎるため、残りは調べていません。",
            "too large or too many: the rest was not looked at",
        ),
        IssueKind::Io => Text::fixed("読み取れませんでした。", "could not be read"),
        IssueKind::Internal => {
            Text::fixed("このプログラムの不具合のため、調べられませんでした。", "a fault of this program")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_people_made_up_are_masked() {
        let mask = Mask::with_key(b"0123456789abcdef").unwrap();
        let keyed = CLIENTS.iter().flat_map(Client::facts).find(|fact| fact.name.contains('*')).unwrap();
        let name = |key: &str| keyed.name.replacen('*', key, 1);
        assert_eq!(mask.name_of(keyed, &name("server12")), name("server12"));
        assert_eq!(mask.name_of(keyed, &name("taro")), name(&mask.text("taro")));
    }

    #[test]
    fn names_to_be_set_are_masked_as_they_are_elsewhere() {
        let mask = Mask::with_key(b"0123456789abcdef").unwrap();
        // A user name is told by a word of the contract.
        for setting in Aspect::ALL {
            let [now, then] = ["mail.example.jp", "smtp.example.jp"].map(|name| Some(name.to_owned()));
            let mut set = ToSet { setting, now: now.clone(), then: then.clone() };
            mask.to_set(&mut set);
            if setting == Aspect::Host {
                assert_eq!(set.now, Some(mask.text("mail.example.jp")));
                assert_eq!(set.then, Some(mask.text("smtp.example.jp")));
            } else {
                assert_eq!((set.now, set.then), (now, then));
            }
        }
    }
}
