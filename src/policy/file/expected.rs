//! What belongs into each field, in the words of the messages.

use crate::model::Text;

pub(super) const TEXT: Text =
    Text::fixed("引用符(\")で囲んだ文字列(空でないもの)", "a text in quotation marks (\"), not empty");
pub(super) const PLAIN: Text = Text::fixed(
    "空でない、1000 文字以内の文字列。改行や制御文字、< と > は使えません",
    "a text that is not empty, of 1,000 characters at most, without line breaks, control characters, < and >",
);
pub(super) const BOTH: Text = Text::fixed(
    "文字列、または { ja = \"..\", en = \"..\" } の形で両方の言語",
    "a text, or both languages as { ja = \"..\", en = \"..\" }",
);
pub(super) const FLAG: Text =
    Text::fixed("true または false(引用符なし)", "true or false, without quotation marks");
pub(super) const DAY: Text = Text::fixed("年月日(例: 2027-03-31)", "a day, such as 2027-03-31");
pub(super) const UNTIL: Text = Text::fixed(
    "使える最後の日: 年月日(2027-03-31)、引用符付きの年月(\"2026-12\")か年(\"2027\")、または \"ended\"(すでに終了)",
    "the last good day: a day (2027-03-31), a month (\"2026-12\") or year (\"2027\") in quotation marks, or \"ended\"",
);
pub(super) const LIST: Text =
    Text::fixed("[ { .. }, { .. } ] の形の一覧", "a list of the form [ { .. }, { .. } ]");
pub(super) const NOT_EMPTY: Text = Text::fixed(
    "1つ以上の値。指定しないときは、この項目ごと消してください",
    "at least one value: to leave it open, remove the field",
);
pub(super) const ENTRY: Text = Text::fixed(
    "{ } の中に1つ以上の項目(host、port、auth など)",
    "at least one field inside the { } (host, port, auth ..)",
);
pub(super) const CLAIM: Text = Text::fixed(
    "{ } の中に outgoing、incoming、domain、not_domain、domains_file のどれか1つ以上",
    "at least one of outgoing, incoming, domain, not_domain, domains_file inside the { }",
);
pub(super) const SCHEMA: Text =
    Text::fixed("1 (この版の書式の番号)", "1, the number of this form of policies");
pub(super) const ID: Text = Text::fixed(
    "半角の小文字、数字、ハイフンで 60 文字以内(default 以外)",
    "1 to 60 of the characters a-z, 0-9 and -, and not \"default\"",
);
pub(super) const LINK: Text = Text::fixed(
    "https:// または http:// で始まる URL(利用者名やパスワードを含まないもの)",
    "a link that begins with https:// or http://, without a user name or password",
);
pub(super) const SIDES: Text = Text::fixed(
    "送信の設定 sending または受信の設定 receiving(両方も可)",
    "sending or receiving (or both): the settings that the provider accepts",
);
pub(super) const DOMAIN: Text = Text::fixed(
    "@ より後ろのドメイン名(例: example.jp)。* は4つまで",
    "a domain, what stands behind the @ (example.jp); at most 4 *",
);
pub(super) const SERVERS: Text = Text::fixed(
    "サーバー名(* は4つまで)、IP アドレス、または 192.0.2.0/24 の形のネットワーク。:ポートや https:// は付けません",
    "a server's name (at most 4 *), an IP address or a network such as 192.0.2.0/24; no port, no https://",
);
pub(super) const HOST: Text = Text::fixed(
    "サーバー名または IP アドレス。{incoming}、{domain}、*(4つまで)を含めてもよく、ポートは port に書きます",
    "a server's name or IP address, perhaps with {incoming}, {domain} or * (at most 4); the port goes into `port`",
);
pub(super) const PORT: Text = Text::fixed(
    "1 から 65535 までの数字(引用符なし)、または [25, 587] の形の一覧",
    "a number from 1 to 65535 without quotation marks, or a list such as [25, 587]",
);
pub(super) const SECURITY: Text = Text::fixed(
    "\"plain\"(暗号化なし)、\"starttls\"、\"tls\" のどれか、またはその一覧",
    "\"plain\" (no encryption), \"starttls\" or \"tls\", or a list of them",
);
pub(super) const AUTH_SENDING: Text = Text::fixed(
    "\"password\"、\"app-password\"、\"encrypted-password\"、\"spa\"、\"kerberos\"、\"oauth2\"、\"certificate\"、\"pop-before-smtp\"、\"none\" のどれか、またはその一覧(\"apop\" は receiving だけ)",
    "one of \"password\", \"app-password\", \"encrypted-password\", \"spa\", \"kerberos\", \"oauth2\", \"certificate\", \"pop-before-smtp\", \"none\", or a list of them (\"apop\" is for receiving)",
);
pub(super) const AUTH_RECEIVING: Text = Text::fixed(
    "\"password\"、\"app-password\"、\"encrypted-password\"、\"apop\"、\"spa\"、\"kerberos\"、\"oauth2\"、\"certificate\" のどれか、またはその一覧(\"pop-before-smtp\" と \"none\" は sending だけ)",
    "one of \"password\", \"app-password\", \"encrypted-password\", \"apop\", \"spa\", \"kerberos\", \"oauth2\", \"certificate\", or a list of them (\"pop-before-smtp\" and \"none\" are for sending)",
);
pub(super) const PROTOCOL: Text = Text::fixed("\"pop3\" または \"imap\"", "\"pop3\" or \"imap\"");
pub(super) const ONLY_RECEIVING: Text =
    Text::fixed("receiving だけで使える項目です", "this field is for receiving only");
pub(super) const USER: Text = Text::fixed(
    "\"address\"(アドレス全体)、\"local-part\"(@ の前)、\"same-as-incoming\"(受信と同じ。sending だけ)のどれか",
    "\"address\" (the whole address), \"local-part\" (before the @) or \"same-as-incoming\" (for sending only)",
);
pub(super) const TLS: Text = Text::fixed(
    "引用符付きの \"1.0\"、\"1.1\"、\"1.2\"、\"1.3\" のどれか",
    "\"1.0\", \"1.1\", \"1.2\" or \"1.3\", in quotation marks",
);
pub(super) const NEEDS_TLS_MIN: Text = Text::fixed("tls_min も必要です", "tls_min has to be there, too");
pub(super) const NEEDS_UNTIL: Text =
    Text::fixed("until がある設定だけで使える項目です", "this field is for a setting that has an `until`");
pub(super) const NEEDS_PLAIN: Text = Text::fixed(
    "security に \"plain\" がある設定だけで使える項目です",
    "this field is for a setting with \"plain\" in `security`",
);
pub(super) const CLIENTS: Text = Text::fixed(
    "メールソフトの id(smtp-auth-audit clients で表示されるもの)、またはその一覧",
    "the id of a mail client, as smtp-auth-audit clients prints it, or a list of them",
);
pub(super) const INSTEAD: Text = Text::fixed("ja と en の両方、または text", "both ja and en, or text");
pub(super) const DOMAINS_FILE: Text = Text::fixed(
    "このファイルと同じフォルダーにあるファイルの名前(半角英数字と . - _ だけ、. で始まらないもの)",
    "the name of a file in the same folder: letters, digits, . - and _ alone, and no . at its beginning",
);
pub(super) const ONE_OF_DOMAINS: Text =
    Text::fixed("domain か domains_file のどちらか一方", "either domain or domains_file, not both");
pub(super) const UTF_8: Text = Text::fixed(
    "文字コードが UTF-8 ではありません。エディターで UTF-8 を選んで保存し直してください",
    "this is not UTF-8: save the file again, with the encoding UTF-8",
);
pub(super) const NO_CLAIM: Text = Text::fixed(
    "この一覧に届く claims がないため、使われません(outgoing は送信、incoming は受信のサーバー)",
    "no claim reaches this list, so it has no effect (outgoing names servers for sending, incoming for receiving)",
);

/// What is missing.
pub(super) fn missing(what: &Text) -> Text {
    Text::new(format!("必要な項目がありません: {}", what.ja), format!("missing; expected: {}", what.en))
}

/// What should stand in the place of something else.
pub(super) fn wanted(what: &Text) -> Text {
    Text::new(format!("ここに書けるもの: {}", what.ja), format!("expected: {}", what.en))
}
