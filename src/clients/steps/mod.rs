//! What steps are made of: rows of data; and sentences that those of several clients share.

mod check;
mod host;
pub mod incoming;
pub mod login;
pub mod when;

pub use check::Header;
pub use host::host_text;

use crate::clients::Edition;
use crate::model::{Aspect, Needs, Security, Text};
use incoming::{Encryption, Receiving};
use login::SignIn;

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
    /// User name and password, where they are not simply those for receiving.
    Login(&'static SignIn),
    /// The method of authentication.
    Method(&'static SignIn),
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
            Says::Login(sign_in) => login::login(sign_in, needs),
            Says::Method(sign_in) => login::method(sign_in, needs),
        }
    }
}

/// The user name and the password, where they are not simply those for receiving.
pub const fn login(sign_in: &'static SignIn) -> Step {
    Step { when: when::own_login, changes: &[Aspect::Auth, Aspect::User], says: Says::Login(sign_in) }
}

/// The same where this takes the place of the log-on to the incoming server.
pub const fn login_instead(sign_in: &'static SignIn) -> Step {
    let changes = &[Aspect::Auth, Aspect::LogOnFirst, Aspect::User];
    Step { when: when::own_login, changes, says: Says::Login(sign_in) }
}

/// The method of authentication.
pub const fn method(sign_in: &'static SignIn) -> Step {
    let changes = &[Aspect::Auth, Aspect::LogOnFirst, Aspect::User];
    Step { when: when::method, changes, says: Says::Method(sign_in) }
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
        Some(Security::Plain) => return unencrypted(label),
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

/// What is better than no encryption is as good to who asks for none.
fn unencrypted(label: &Text) -> Text {
    Text::new(
        format!(
            "[{}] は、暗号化なし (「なし」など) でかまいません (今、暗号化していて送信できるなら、そのままにします)。",
            label.ja
        ),
        format!("[{}] may be none (leave it if it is encrypted now and sends).", label.en),
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

/// Sets the server's name, or compares it with the provider's notice: receiving may work with another one. The label has
/// its brackets.
pub fn server(label: &Text, needs: &Needs) -> Text {
    if let Some(server) = &needs.server {
        return host::placed(label, &host_text(server));
    }
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
    when: when::server,
    changes: &[Aspect::Host],
    says: Says::Filled(|needs| {
        server(&Text::fixed("送信サーバーの名前", "the name of the outgoing server"), needs)
    }),
};

/// The server that there will be, in words.
pub fn host_of(needs: &Needs) -> Text {
    let host = needs.server.as_deref().or(needs.host.as_deref());
    host::spelled(host.unwrap_or("smtp.example.jp"))
}

/// The port to set; empty without one.
pub fn port_of(needs: &Needs) -> String {
    needs.port.map(|port| port.to_string()).unwrap_or_default()
}

/// The client's steps with what stands around those of every client.
pub fn whole(edition: &Edition, needs: &Needs, is_to_compare: bool) -> Vec<Text> {
    let mut list = check::before(needs);
    list.extend(is_to_compare.then_some(CHECK_FIRST));
    list.extend(edition.texts(needs));
    list.extend(receiving(edition, needs));
    list.extend(check::after(edition.header));
    list
}

/// What there is to do where only receiving has to change.
pub fn receiving_alone(edition: &Edition, needs: &Needs) -> Vec<Text> {
    let mut list = receiving(edition, needs);
    // There is nothing beside which it would stand.
    if needs.incoming.len() == 1 {
        list.retain(|step| *step != incoming::BESIDE);
    }
    if !list.is_empty() {
        list.extend(incoming::CHECK);
    }
    list
}

/// The blocks for receiving.
fn receiving(edition: &Edition, needs: &Needs) -> Vec<Text> {
    let Some(words) = edition.receiving else { return Vec::new() };
    let several = needs.incoming.len() > 1;
    let changed = needs.incoming.iter().filter(|incoming| !incoming.is_empty());
    changed.flat_map(|incoming| incoming::block(words, incoming, several)).collect()
}

/// The words for receiving where those of the dialogs are not known.
pub static ANY_RECEIVING: Receiving = Receiving {
    open: Text::fixed(
        "アカウントの設定を開き、受信サーバーの項目を探します。",
        "Open the settings of the account and find what belongs to the incoming server.",
    ),
    server: Text::fixed("受信サーバー", "incoming server"),
    port: Text::fixed("受信サーバーのポート番号", "port of the incoming server"),
    encryption: Encryption::List(
        Text::fixed("受信サーバーの暗号化", "encryption of the incoming server"),
        [Text::fixed("なし", "none"), Text::fixed("STARTTLS", "STARTTLS"), Text::fixed("SSL/TLS", "SSL/TLS")],
    ),
    sign_in: &ANY_SIGN_IN,
    done: Text::fixed(
        "保存します。パスワードを聞かれたら入力します。",
        "Save. If a password is asked for, enter it.",
    ),
};

/// The words for authentication where those of the dialogs are not known.
pub static ANY_SIGN_IN: SignIn = SignIn {
    on: Text::fixed(
        "送信サーバーの認証 (SMTP 認証、SMTP-AUTH) を有効にします。",
        "Turn on authentication for the outgoing server (SMTP-AUTH).",
    ),
    user: Text::fixed("ユーザー名", "the user name"),
    password: Text::fixed("パスワード", "the password"),
    label: login::NONE,
    methods: &[],
};

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

/// The same where it is received through another program.
pub const RECEIVING_RELAYED: [Text; 2] = [
    Text::fixed(
        "受信を中継しているプログラム(ウイルス対策ソフトなど)の設定を開き、実際の受信サーバー、ポート、暗号化を確認します。",
        "Open the settings of the program that receives the mail for this one (an anti-virus, for example) and look up the real server, its port and its encryption.",
    ),
    Text::fixed(
        "プロバイダーの案内と違えば、そのプログラムの説明書に従って変更します。メールソフトの側の受信サーバーは変更しません。",
        "If they differ from the provider's notice, change them there as that program's manual says. Leave the incoming server in the mail program.",
    ),
];

/// Any program that relays the mail of another one: the edition of an answer about it.
pub static RELAY: Edition = Edition {
    id: "relay",
    name: Text::fixed("送信を中継するプログラム", "a program that relays the mail"),
    typed: &[],
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
    receiving: None,
};

/// The edition of accounts whose dialogs are in no client's list.
pub(super) static UNKNOWN_KIND: Edition = Edition {
    id: "",
    name: Text::fixed("(画面が不明)", "(dialogs unknown)"),
    typed: &[],
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
    receiving: None,
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
            typed: &[],
            steps: TABLES,
            keeps_tls: false,
            header: Header::Unknown,
            receiving: None,
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
