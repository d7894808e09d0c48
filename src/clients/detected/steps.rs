//! Steps for clients that are only detected: what to look for in any client's dialogs, and the labels that are known.

use crate::clients::CLIENTS;
use crate::clients::steps::host_in_brackets;
use crate::model::{Needs, Security, Text};

/// The words of a client's own dialogs.
struct Words {
    id: &'static str,
    dialog: Text,
    authentication: Text,
    log_on_first: Text,
}

/// The Bat!: informationworker.ru/the_bat.en/smtpauthentication.htm. Hidemaru Mail: help.maruo.co.jp/turukame/html 00370,
/// 01750, 01760. EdMax: edcom.jp/edmax/html/afxc1jas.htm.
static WORDS: [Words; 3] = [
    Words {
        id: "the-bat",
        dialog: Text::fixed(
            "メニューの [Account] → [Properties] → [Transport] ",
            "[Account] > [Properties] > [Transport] in the menu",
        ),
        authentication: Text::fixed(
            "SMTP 認証 [Perform SMTP Authentication] ",
            "[Perform SMTP Authentication]",
        ),
        log_on_first: Text::fixed(
            "[Use POP before SMTP authentication] ",
            "[Use POP before SMTP authentication]",
        ),
    },
    Words {
        id: "hidemaru-mail",
        dialog: Text::fixed(
            "[アカウント毎の設定] の [メールサーバー](ポート番号と暗号化は [詳細])",
            "the page of the mail server in the settings of each account (port and encryption: its details)",
        ),
        authentication: Text::fixed("SMTP 認証 [SMTP-AUTH] ", "SMTP authentication, [SMTP-AUTH]"),
        log_on_first: Text::fixed("[POP before SMTP] ", "[POP before SMTP]"),
    },
    Words {
        id: "edmax",
        dialog: Text::fixed("[アカウント設定] ", "the settings of the account"),
        authentication: Text::fixed(
            "[SMTPサーバーは認証が必要] ",
            "the box that the SMTP server needs authentication",
        ),
        log_on_first: LOG_ON_FIRST,
    },
];

static ANY: Words = Words {
    id: "",
    dialog: Text::fixed("アカウントの設定", "the settings of the account"),
    authentication: Text::fixed(
        "送信サーバー (SMTP) の認証 (SMTP 認証、SMTP-AUTH)",
        "authentication for the outgoing (SMTP) server (SMTP-AUTH)",
    ),
    log_on_first: LOG_ON_FIRST,
};

const LOG_ON_FIRST: Text = Text::fixed(
    "送信前に受信サーバーへログインする設定 (POP before SMTP) があれば、それ",
    "logging on to the incoming server before sending (POP before SMTP), if there is such a setting",
);

pub(super) fn steps(edition: &str, needs: &Needs) -> Vec<Text> {
    let name = CLIENTS.iter().flat_map(|client| client.editions).find(|known| known.id == edition);
    let name = name.map_or_else(|| Text::new(edition, edition), |edition| edition.name.clone());
    of(&name, WORDS.iter().find(|words| words.id == edition).unwrap_or(&ANY), needs)
}

/// The steps for a client of which nothing is known.
pub(crate) fn of_any(needs: &Needs) -> Vec<Text> {
    of(&Text::fixed("メールソフト", "the mail program"), &ANY, needs)
}

fn of(name: &Text, words: &Words, needs: &Needs) -> Vec<Text> {
    let (ja, en) = host_in_brackets(needs);
    let mut list = vec![Text::new(
        format!(
            "{} を起動し、{}を開いて、送信 (SMTP) サーバーの項目を探します{ja}。",
            name.ja, words.dialog.ja
        ),
        format!(
            "Start {}, open {} and find what belongs to the outgoing (SMTP) server{en}.",
            name.en, words.dialog.en
        ),
    )];
    if needs.authenticate {
        list.push(Text::new(
            format!(
                "{}を有効にします。ユーザー名とパスワードは、通常は受信サーバーと同じです。",
                words.authentication.ja
            ),
            format!(
                "Turn on {}. User name and password are usually those of the incoming server.",
                words.authentication.en
            ),
        ));
    }
    if needs.log_on_first_off {
        list.push(Text::new(
            format!("{}を無効にします。", words.log_on_first.ja),
            format!("Turn off {}.", words.log_on_first.en),
        ));
    }
    if let Some(port) = needs.port {
        list.push(Text::new(
            format!("送信サーバーのポート番号を「{port}」にします。"),
            format!("Set the port of the outgoing server to {port}."),
        ));
    }
    list.extend(encryption(needs));
    list.push(Text::fixed(
        "保存します。パスワードを聞かれたら入力します。項目が見つからない場合は、ソフトの説明書またはプロバイダーの案内を確認します。",
        "Save. If a password is asked for, enter it. If a setting can't be found, see the program's manual or the provider's notice.",
    ));
    list
}

fn encryption(needs: &Needs) -> Option<Text> {
    match needs.security {
        Some(Security::Tls) => Some(Text::fixed(
            "送信サーバーの暗号化を SSL/TLS にします。",
            "Set the encryption of the outgoing server to SSL/TLS.",
        )),
        Some(_) => Some(Text::fixed(
            "送信サーバーの暗号化を STARTTLS にします。",
            "Set the encryption of the outgoing server to STARTTLS.",
        )),
        None if needs.security_as_advised => Some(Text::fixed(
            "送信サーバーの暗号化 (STARTTLS または SSL/TLS) は、プロバイダーの案内に指定があればそれに合わせます(なければ今のまま)。",
            "Set the encryption of the outgoing server (STARTTLS or SSL/TLS) as the provider's notice says; if it says nothing, leave it as it is.",
        )),
        None => None,
    }
}
