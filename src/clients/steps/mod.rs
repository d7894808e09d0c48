//! What steps are made of: rows of data; and sentences that those of several clients share.

mod check;
pub mod when;

pub use check::Header;

use crate::clients::Edition;
use crate::model::{Aspect, Needs, Security, Text};

/// A row of the steps of an edition.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// When it is needed.
    pub when: fn(&Needs) -> bool,
    /// The settings that it sets, or after which they need nothing more.
    pub changes: &'static [Aspect],
    /// The step itself.
    pub says: Says,
}

/// What a row says, in Japanese and English.
#[derive(Debug, Clone, Copy)]
pub enum Says {
    /// A step without a value of the account.
    Fixed(&'static str, &'static str),
    /// A step with the account's values.
    Filled(fn(&Needs) -> Text),
    /// One that names the edition, too.
    Named(fn(&Text, &Needs) -> Text),
    /// No step: what stands above one of several ways, and is said only if there is a step below it. Ends with a colon,
    /// which tells it from a step (`Text::is_heading`).
    Heading(&'static str, &'static str),
}

impl Step {
    /// It as a sentence.
    pub(super) fn text(&self, edition: &Edition, needs: &Needs) -> Text {
        match self.says {
            Says::Fixed(ja, en) | Says::Heading(ja, en) => Text::fixed(ja, en),
            Says::Filled(text) => text(needs),
            Says::Named(text) => text(&edition.name, needs),
        }
    }
}

/// The rows that are needed, in their order.
pub(super) fn needed<'a>(tables: &[&'a [Step]], needs: &Needs) -> Vec<&'a Step> {
    let (mut rows, mut heading) = (Vec::new(), None);
    for row in tables.iter().copied().flatten().filter(|row| (row.when)(needs)) {
        if matches!(row.says, Says::Heading(..)) {
            heading = Some(row);
        } else {
            rows.extend(heading.take());
            rows.push(row);
        }
    }
    rows
}

/// What to do with the encryption, with the label and the choices of a dialog: `choices` are the words for STARTTLS
/// and for TLS from the start.
pub fn encryption(label: &Text, choices: (&Text, &Text), needs: &Needs) -> Text {
    let choice = match needs.security {
        Some(Security::Tls) => choices.1,
        Some(_) => choices.0,
        None => {
            return Text::new(
                format!(
                    "[{}] は、プロバイダーの案内に暗号化の指定があれば [{}] にします(なければ今のまま)。",
                    label.ja, choices.0.ja
                ),
                format!(
                    "[{}]: choose [{}] if the provider's notice asks for encryption; otherwise leave it as it is.",
                    label.en, choices.0.en
                ),
            );
        }
    };
    Text::new(
        format!("[{}] を [{}] に変更します。", label.ja, choice.ja),
        format!("Set [{}] to [{}].", label.en, choice.en),
    )
}

/// Sets a port field.
pub fn port(label: &Text, needs: &Needs) -> Text {
    let port = port_of(needs);
    Text::new(
        format!("[{}] の値を「{port}」に変更します。", label.ja),
        format!("Change [{}] to {port}.", label.en),
    )
}

/// Compares the server's name with the provider's notice: receiving may work with another one.
pub fn server(label: &Text) -> Text {
    // As between all labels and words.
    let space = if label.ja.is_ascii() || label.ja.ends_with(']') { " " } else { "" };
    Text::new(
        format!(
            "{}{space}が、プロバイダーの案内にある送信サーバーの名前(多くは受信サーバーと同じ)かどうかを確かめ、違えば直します。",
            label.ja
        ),
        format!(
            "Compare {} with the one that the provider's notice gives for sending (mostly the same as for receiving), and correct it if it differs.",
            label.en
        ),
    )
}

/// The same where the dialog's label is not known.
pub const SERVER: Step = Step {
    when: when::auth,
    changes: &[],
    says: Says::Filled(|_| server(&Text::fixed("送信サーバーの名前", "the name of the outgoing server"))),
};

/// The port to set; empty without one.
pub fn port_of(needs: &Needs) -> String {
    needs.port.map(|port| port.to_string()).unwrap_or_default()
}

/// The client's steps with what stands around those of every client.
pub fn whole(edition: &Edition, needs: &Needs, is_to_compare: bool) -> Vec<Text> {
    let mut list = check::before(needs);
    list.extend(is_to_compare.then_some(CHECK_FIRST));
    list.extend(edition.texts(needs));
    list.extend(check::after(edition.header));
    list
}

/// `(送信サーバー: mail.example.jp)`, to find the right entry; empty without a host.
pub fn host_in_brackets(needs: &Needs) -> (String, String) {
    needs.host.as_ref().map_or_else(Default::default, |host| {
        (format!("(送信サーバー: {host})"), format!(" (outgoing server: {host})"))
    })
}

/// The reason and the place of the check by hand, before the steps themselves.
pub const CHECK_FIRST: Text = Text::fixed(
    "この端末からは設定を判断できませんでした。次の画面を順に開き、値がこのとおりか確認して、違うものだけを変更します。",
    "The settings could not be judged from here. Open these dialogs in turn, compare the values, and change only those that differ.",
);

/// Where another program sends, the steps are that program's business.
pub const RELAYED: [Text; 2] = [
    Text::fixed(
        "送信を中継しているプログラム(ウイルス対策ソフトなど)の設定を開き、実際の送信サーバー、ポート、SMTP認証の有無を確認します。",
        "Open the settings of the program that relays the mail (an anti-virus, for example) and look up the real server, its port and whether it authenticates.",
    ),
    Text::fixed(
        "ポート 587 で SMTP 認証をしていなければ、そのプログラムの説明書またはプロバイダーの案内に従って変更します。",
        "If it does not authenticate on port 587, change it there as that program's manual or the provider's notice says.",
    ),
];

/// Any program that relays the mail of another one: the edition of an answer about it.
pub static RELAY: Edition = Edition {
    id: "relay",
    name: Text::fixed("送信を中継するプログラム", "a program that relays the mail"),
    steps: &[&[
        Step { when: when::always, changes: &[], says: Says::Filled(|_| RELAYED[0].clone()) },
        Step { when: when::always, changes: &[], says: Says::Filled(|_| RELAYED[1].clone()) },
        Step {
            when: when::always,
            changes: &[],
            says: Says::Fixed(
                "メールソフトの側の送信サーバーとポート(またはプログラムの指定)は変更しません。変更すると、中継するプログラムを通らなくなります。中継するプログラムに認証の設定がないときだけ、メールソフトの側で SMTP 認証を有効にします。",
                "Leave the outgoing server and its port (or the program) in the mail program as they are: else its mail no longer goes through the program that relays it. Only if that one has no setting for authentication, turn on SMTP authentication in the mail program.",
            ),
        },
    ]],
    keeps_tls: false,
    header: Header::Unknown,
};

/// The edition of accounts whose dialogs are in no client's list.
pub(super) static UNKNOWN_KIND: Edition = Edition {
    id: "",
    name: Text::fixed("(画面が不明)", "(dialogs unknown)"),
    steps: &[&[Step {
        when: when::always,
        changes: &[],
        says: Says::Fixed(
            "この種類のアカウント(アドインなどで追加されたもの)の設定画面は分かりません。アカウントを追加したソフトの説明書またはその提供元で、送信時に SMTP 認証(ポート 587)を使うかどうかを確認してください。",
            "The dialogs of this kind of account (added by an add-in or the like) are not known. See the manual of the program that added it, or ask its maker, whether it sends with SMTP-AUTH on port 587.",
        ),
    }]],
    keeps_tls: false,
    header: Header::Unknown,
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_stands_above_a_step_or_nowhere() {
        const fn row(when: fn(&Needs) -> bool, says: Says) -> Step {
            Step { when, changes: &[], says }
        }
        const TABLES: &[&[Step]] = &[
            &[row(when::always, Says::Heading("甲", "A")), row(when::auth, Says::Fixed("い", "1"))],
            &[row(when::always, Says::Heading("乙", "B"))],
            &[row(when::port, Says::Fixed("ろ", "2")), row(when::port, Says::Fixed("は", "3"))],
        ];
        let edition = Edition {
            id: "",
            name: Text::fixed("", ""),
            steps: TABLES,
            keeps_tls: false,
            header: Header::Unknown,
        };
        for (authenticate, port, expected) in [
            (false, None, &[][..]),
            (true, None, &["A", "1"]),
            (false, Some(587), &["B", "2", "3"]),
            (true, Some(587), &["A", "1", "B", "2", "3"]),
        ] {
            let texts = edition.texts(&Needs { authenticate, port, ..Needs::default() });
            assert_eq!(texts.iter().map(|text| &*text.en).collect::<Vec<_>>(), expected);
        }
    }
}
