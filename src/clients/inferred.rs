//! What of each client is inferred and not yet seen in its real program: one row per fact, with what would settle it. The
//! table of docs/clients.md is made from it, and docs/on-real-machines.md says how a volunteer sees it.

use crate::model::Text;

/// A fact that nobody has confirmed.
#[derive(Debug)]
pub struct Inferred {
    /// Ids of the clients.
    pub clients: &'static [&'static str],
    /// What is taken for true.
    pub fact: Text,
    /// What a real machine has to show.
    pub seen_by: Text,
}

const fn row(
    clients: &'static [&'static str],
    fact: (&'static str, &'static str),
    seen_by: (&'static str, &'static str),
) -> Inferred {
    Inferred { clients, fact: Text::fixed(fact.0, fact.1), seen_by: Text::fixed(seen_by.0, seen_by.1) }
}

/// All of them. A row goes when somebody has seen it, and the client's `confidence` changes with it.
pub const INFERRED: &[Inferred] = &[
    row(
        &["outlook"],
        (
            "3番目の選択肢「メールを送信する前に受信メール サーバーにログオンする」は `SMTP Use Auth` 1 と `SMTP Auth Method` 2 で保存される",
            "the third radio button, \"Log on to incoming mail server before sending mail\", is stored as `SMTP Use Auth` 1 with `SMTP Auth Method` 2",
        ),
        (
            "クラシック Outlook で選択肢を3つとも順に選び、そのつど `collect`",
            "classic Outlook: each of the three buttons in turn, `collect` after each",
        ),
    ),
    row(
        &["outlook"],
        (
            "STARTTLS は `SMTP Secure Connection` 2 と `SMTP Use SSL` 1",
            "STARTTLS is `SMTP Secure Connection` 2 with `SMTP Use SSL` 1",
        ),
        (
            "暗号化の種類を4つとも順に選び、そのつど `collect`",
            "each of the four kinds of encryption in turn, `collect` after each",
        ),
    ),
    row(
        &["outlook"],
        (
            "`SMTP Secure Connection` がなく `SMTP Use SSL` が 1 のとき、465 は最初から TLS、ほかのポートは STARTTLS",
            "`SMTP Use SSL` 1 without `SMTP Secure Connection`: TLS from the start on 465, STARTTLS on other ports",
        ),
        (
            "Outlook 2003 から引き継いだプロファイルの送信をサーバーのログで見る",
            "a profile that came from Outlook 2003, and the server's log of what it sends",
        ),
    ),
    row(
        &["outlook"],
        (
            "Outlook 2013 の文字列は REG_BINARY (UTF-16)",
            "Outlook 2013 stores texts as REG_BINARY in UTF-16; both types are read",
        ),
        ("Outlook 2013 の PC で `collect`", "`collect` on a PC with Outlook 2013"),
    ),
    row(
        &["outlook"],
        (
            "サブキー `{…18}` の一覧にないアカウントは、以前のもの",
            "an account that the list in subkey `{…18}` lacks is one of before",
        ),
        (
            "アカウントを1つ削除して `collect`",
            "an account is removed in the dialog, `collect` before and after",
        ),
    ),
    row(
        &["outlook"],
        (
            "`fix` が変えた値を、Outlook は `LastChangeVer` が元のままでも使う",
            "Outlook uses the values that `fix` has changed though `LastChangeVer` stays",
        ),
        ("docs/fix-windows.md の手順", "the protocol of docs/fix-windows.md"),
    ),
    row(
        &["outlook-new"],
        (
            "アカウントの一覧は UserSettings.json にあり、送信の設定は PC に残らない",
            "UserSettings.json lists the accounts, and the settings for sending are not on the PC",
        ),
        (
            "新しい Outlook に POP/IMAP のアカウントを1つ加えて `collect`",
            "new Outlook with one POP or IMAP account, `collect`",
        ),
    ),
    row(
        &["windows-mail", "windows-live-mail"],
        (
            "`SMTP_Secure_Connection` 1 は、465 では最初から TLS、ほかのポートでは STARTTLS",
            "`SMTP_Secure_Connection` 1 is TLS from the start on 465 and STARTTLS on other ports",
        ),
        ("587 で送信し、サーバーのログを見る", "a message by 587, and the server's log"),
    ),
    row(
        &["windows-10-mail"],
        ("送信の設定の保存場所は知られていない", "where the settings for sending are kept is not known"),
        (
            "「詳細セットアップ」のアカウントで送信の認証を入れた前後に `collect`",
            "an account of \"Advanced setup\", `collect` before and after its box for authentication is ticked",
        ),
    ),
    row(
        &["becky"],
        (
            "POP before SMTP の項目は、名前に POP と SMTP と BEFORE (または PBS) を含む",
            "the setting for POP before SMTP has a name with POP, SMTP and BEFORE, or PBS, in it",
        ),
        (
            "「POP before SMTP を使用」をオンにする前後に `collect`",
            "`collect` before and after the box [POP before SMTP を使用] is ticked",
        ),
    ),
    row(
        &["becky"],
        (
            "`SSLSMTP` 1 は最初から TLS。STARTTLS の値は知られていない",
            "`SSLSMTP` 1 is TLS from the start; the value for STARTTLS is not known",
        ),
        (
            "暗号化の種類を順に選び、そのつど `collect`",
            "each kind of encryption in turn, `collect` after each",
        ),
    ),
    row(
        &["qmail3"],
        ("2つ目からのアカウントは account_*.xml", "further accounts lie in account_*.xml"),
        ("アカウントを2つ作って `collect`", "`collect` with two accounts"),
    ),
    row(
        &["apple-mail"],
        (
            "10.11 以降、認証「なし」のアカウントは認証の値が 0、値がないものは不明",
            "since 10.11 an account with authentication None has its switch at 0; one without the switch is left to a check by hand",
        ),
        (
            "認証「なし」と「パスワード」のサーバーを1つずつ作って `collect`",
            "a server with None and one with Password, `collect`",
        ),
    ),
    row(
        &["apple-mail", "ios-mail"],
        (
            "`SecurityLayerType` の 2 は STARTTLS、3 は最初から TLS。ほかの値は不明",
            "`SecurityLayerType` 2 is STARTTLS, 3 TLS from the start; other values are not known",
        ),
        (
            "「TLS/SSL を使用」を切った前後に `collect`",
            "`collect` before and after \"Use TLS/SSL\" is switched off",
        ),
    ),
    row(
        &["apple-mail"],
        ("認証方式 Kerberos、EXTERNAL の文字列", "the words for Kerberos and for a client's certificate"),
        ("選択肢を順に選び、そのつど `collect`", "each choice in turn, `collect` after each"),
    ),
    row(
        &["ios-mail"],
        (
            "暗号化していないバックアップの Accounts3.sqlite は、iOS 13 から 18 まで同じ形式",
            "Accounts3.sqlite in a backup without encryption has one form from iOS 13 to 18",
        ),
        (
            "iPhone を暗号化せずにバックアップして `scan`",
            "a backup of an iPhone without encryption, then `scan` of its folder",
        ),
    ),
    row(
        &["android-mail"],
        (
            "Gmail アプリと Samsung メールのデータベースは標準の「メール」と同じ形式",
            "the Gmail app and Samsung Mail have the database of Android's own Mail",
        ),
        ("root の端末から取り出したデータベースを `scan`", "`scan` of the database from a rooted device"),
    ),
    row(
        &["k9-mail"],
        (
            "端末の設定データベースは書き出したファイルと同じ項目を持つ",
            "the database of settings on a device has the settings of an exported file",
        ),
        (
            "root の端末のデータベースと、同じ端末から書き出したファイルを `scan`",
            "`scan` of a rooted device's database and of the export of the same device",
        ),
    ),
    row(
        &["thunderbird"],
        (
            "91 以前、SeaMonkey、Postbox は、ソースコードのとおりに読み書きする",
            "91 and earlier, SeaMonkey and Postbox do as their sources say",
        ),
        ("それぞれで1通送り、サーバーのログを見る", "one message from each, and the server's log"),
    ),
    row(
        &["thunderbird"],
        (
            "Windows のポリシーは `SOFTWARE\\Policies\\Mozilla\\Thunderbird` にある",
            "on Windows policies stand below `SOFTWARE\\Policies\\Mozilla\\Thunderbird`",
        ),
        ("ポリシーのある PC で `scan --explain`", "`scan --explain` on a PC with a policy"),
    ),
    row(
        &["evolution", "kmail", "geary"],
        (
            "Flatpak 版の設定は `~/.var/app/…/config` にある",
            "as a Flatpak they keep their settings in `~/.var/app/…/config`",
        ),
        ("Flatpak 版を入れた PC で `scan`", "`scan` of a PC with the Flatpak"),
    ),
    row(
        &["kmail"],
        ("KDE 3 の kmailrc は、ソースコードのとおり", "kmailrc of KDE 3 is as its source says"),
        ("KDE 3 または Trinity の kmailrc を `scan`", "`scan` of a kmailrc of KDE 3 or Trinity"),
    ),
    row(
        &[
            "the-bat",
            "em-client",
            "mailbird",
            "hidemaru-mail",
            "edmax",
            "al-mail",
            "shuriken",
            "denshin-8",
            "incredimail",
            "eudora",
            "opera-mail",
            "mailspring",
            "balsa",
            "trojita",
        ],
        ("設定の場所は第三者の文書による", "the places of their settings are from what others write"),
        ("そのメールソフトのある PC で `scan`", "`scan` of a PC that has the program"),
    ),
];
