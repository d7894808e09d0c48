//! Where the dialog alone can't change a server for good: what is fixed, which steps then hold, and why.

use super::program::Program;
use super::settings::{SMTP_AUTH, SMTP_PORT, SMTP_SECURITY, SMTP_USER};
use super::values::{Origin, SHARED, Values};
use crate::formats::facts::Fact;
use crate::model::{Aspect, Fixed, Fixing, Note, Text};

/// The settings of a server that the steps change.
const CHANGED: [(Aspect, Fact); 4] = [
    (Aspect::Auth, SMTP_AUTH),
    (Aspect::Security, SMTP_SECURITY),
    (Aspect::Port, SMTP_PORT),
    (Aspect::User, SMTP_USER),
];

/// The settings of one outgoing server, by who decides them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Forced<'a> {
    pub(super) values: &'a Values,
    pub(super) program: &'a Program,
    pub(super) key: &'a str,
}

impl Forced<'_> {
    /// The steps that hold where nothing is fixed.
    pub(super) fn edition(&self) -> &'static str {
        if self.is_seamonkey() { "seamonkey" } else { "thunderbird" }
    }

    /// What the dialog can't change for good, and the steps that hold then.
    pub(super) fn fixed(&self) -> Vec<Fixed> {
        let at_start = if self.is_seamonkey() { "seamonkey-user-js" } else { "thunderbird-user-js" };
        let fixed = |(aspect, fact): &(Aspect, Fact)| {
            let (origin, place) = self.decided(fact)?;
            let (how, edition) = match origin {
                Origin::Locked => (Fixing::Locked, "thunderbird-policy"),
                Origin::UserJs | Origin::EveryStart => (Fixing::EveryStart, at_start),
                Origin::Default | Origin::Profile => return None,
            };
            Some(Fixed { aspect: *aspect, how, place: place.into(), edition })
        };
        CHANGED.iter().filter_map(fixed).collect()
    }

    fn is_seamonkey(&self) -> bool {
        self.program.name == "SeaMonkey"
    }

    /// What the dialog shows differently, or does not keep.
    pub(super) fn notes(&self) -> Vec<Note> {
        let place_of = |wanted: Origin| {
            let mut decided = CHANGED.iter().filter_map(|(_, fact)| self.decided(fact));
            decided.find(|(origin, _)| *origin == wanted).map(|(_, place)| place)
        };
        let mut notes = Vec::new();
        for (origin, code) in [(Origin::UserJs, "user-js"), (Origin::EveryStart, "set-at-start")] {
            notes.extend(place_of(origin).map(|place| {
                Note::Other(
                    code,
                    Text::new(
                        format!(
                            "{place} が起動のたびに値を設定し直します。画面での変更は次の起動で元に戻ります。"
                        ),
                        format!(
                            "{place} sets the value at every start: a change in the dialog does not last."
                        ),
                    ),
                )
            }));
        }
        notes.extend(place_of(Origin::Locked).map(|place| Note::LockedByPolicy(place.to_owned())));
        notes
    }

    /// Who decides the setting of the server: its own name, and the branch for all servers only without one (for these
    /// two: SmtpServer.sys.mjs, `_getIntPrefWithDefault`).
    fn decided(&self, fact: &Fact) -> Option<(Origin, &str)> {
        let may_be_shared = [SMTP_AUTH.name, SMTP_SECURITY.name].contains(&fact.name);
        let key = if may_be_shared && !self.values.has(fact, self.key) { SHARED } else { self.key };
        let (origin, place) = self.values.origin(fact, key)?;
        // The dialog can't put a number over a switch.
        Some((if self.values.is_lost(fact, key) { Origin::Locked } else { origin }, place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::by_default;
    use crate::clients::thunderbird::CLIENT;
    use crate::clients::thunderbird::pref::Pref;
    use crate::clients::thunderbird::prefs_js::parse;
    use crate::clients::thunderbird::server::Servers;
    use crate::clients::thunderbird::values::{Kind, Order};
    use crate::model::{Account, Needs};
    use crate::source::User;

    /// The edition and the notes for values of smtp1 in prefs.js, others in user.js, and an administrator's orders.
    fn forced(
        program: &str,
        prefs: &[(&str, i32)],
        user_js: &[(&str, i32)],
        orders: &[(Kind, &str, i32)],
    ) -> (&'static str, Vec<&'static str>) {
        let file = |list: &[(&str, i32)]| {
            let lines: Vec<String> =
                list.iter().map(|(name, n)| format!("user_pref('mail.smtpserver.{name}', {n});")).collect();
            parse(
                (lines.concat() + "user_pref('mail.smtpserver.smtp1.hostname', 'mail.example.jp');")
                    .as_bytes(),
            )
        };
        let mut values = Values::of(file(prefs), "prefs.js");
        if !user_js.is_empty() {
            let mut prefs = file(user_js);
            prefs.values.remove("mail.smtpserver.smtp1.hostname");
            values.lay(prefs, "user.js", Origin::UserJs);
        }
        let order = |(kind, name, number): &(Kind, &str, i32)| Order {
            kind: *kind,
            name: format!("mail.smtpserver.{name}"),
            value: Some(Pref::Number(*number)),
            place: "admin".into(),
            by_policy: true,
            when: Vec::new(),
        };
        values.obey(&orders.iter().map(order).collect::<Vec<_>>(), &[]);
        let program = Program::of(&User::default(), "~/p", program, &values, &mut Vec::new());
        let servers = Servers { values: &values, program: &program };
        let outgoing = servers.read("smtp1", None, &mut crate::clients::look::Look::default()).outgoing;
        let forced = Forced { values: &values, program: &program, key: "smtp1" };
        let needs = by_default(&outgoing, None).needs;
        let account = Account {
            fixed: forced.fixed(),
            ..Account::new(CLIENT.id, program.name.as_str(), forced.edition(), outgoing)
        };
        (needs.edition(&account), forced.notes().iter().map(Note::code).collect())
    }

    #[test]
    fn only_what_has_to_change_asks_for_other_steps() {
        const OFF: (&str, i32) = ("smtp1.authMethod", 1);
        const PORT: (&str, i32) = ("smtp1.port", 587);
        for (user_js, orders, edition, notes) in [
            (&[][..], &[][..], "thunderbird", &[][..]),
            (&[OFF], &[], "thunderbird-user-js", &["user-js"]),
            (&[PORT], &[], "thunderbird", &["user-js"]),
            // the server's own value decides
            (&[("default.authMethod", 3)], &[], "thunderbird", &[]),
            (&[], &[(Kind::Lock, "default.authMethod", 3)], "thunderbird", &[]),
            (&[], &[(Kind::Lock, "smtp1.authMethod", 1)], "thunderbird-policy", &["locked-by-policy"]),
            (&[], &[(Kind::Lock, "smtp1.try_ssl", 2)], "thunderbird", &["locked-by-policy"]),
            (&[], &[(Kind::User, "smtp1.authMethod", 1)], "thunderbird-user-js", &["set-at-start"]),
            (
                &[OFF],
                &[(Kind::Lock, "smtp1.port", 587)],
                "thunderbird-user-js",
                &["user-js", "locked-by-policy"],
            ),
            (&[], &[(Kind::Default, "smtp1.authMethod", 1)], "thunderbird", &[]),
            // the default of the port is no one's but the program's
            (&[("default.port", 25)], &[], "thunderbird", &[]),
        ] {
            let found = forced("Thunderbird", &[OFF, PORT], user_js, orders);
            assert_eq!(found, (edition, notes.to_vec()), "{user_js:?} {orders:?}");
        }
        let shared = [("default.authMethod", 1)];
        assert_eq!(forced("Thunderbird", &[PORT], &shared, &[]).0, "thunderbird-user-js");
        // A policy's 0 that became a switch: the program takes 587, and the dialog can't put a number over it.
        let lost = forced("Thunderbird", &[OFF], &[], &[(Kind::Default, "smtp1.try_ssl", 0)]);
        assert_eq!(lost, ("thunderbird", vec!["locked-by-policy"]));
        // Nothing has to change by the standard policy: whatever another one asks for may be forced.
        let port = forced("Thunderbird", &[], &[], &[(Kind::Lock, "smtp1.port", 587)]);
        assert_eq!(port.0, "thunderbird-policy");
        // A lock is stronger than what is set at the start, whichever is asked for first.
        let both = forced("Thunderbird", &[], &[("smtp1.authMethod", 3)], &[(Kind::Lock, "smtp1.port", 587)]);
        assert_eq!(both.0, "thunderbird-policy");
    }

    #[test]
    fn seamonkey_keeps_its_name_and_menus() {
        let off = [("smtp1.authMethod", 1)];
        assert_eq!(forced("SeaMonkey", &off, &[], &[]).0, "seamonkey");
        assert_eq!(forced("SeaMonkey", &off, &off, &[]).0, "seamonkey-user-js");
        let list = CLIENT.edition("seamonkey-user-js").texts(&Needs::all());
        assert!(list.iter().any(|step| step.en.contains("[Mail & Newsgroups Account Settings...]")));
        assert!(list.iter().all(|step| !step.en.contains("Thunderbird") && !step.ja.contains("Thunderbird")));
        let list = CLIENT.edition("thunderbird-policy").texts(&Needs::all());
        assert!(list.iter().all(|step| !step.en.contains("Thunderbird")), "SeaMonkey has locks, too");
    }
}
