//! Words of the human-readable formats.

use crate::model::{
    Action, Aspect, Auth, Compared, Confidence, Credentials, Deviation, InUse, Incoming, Lang, LogOnFirst,
    Partial, PasswordNeeded, Port, Protocol, Rule, Security, Text, Verdict,
};

/// The cell of the column 判定 / result.
pub fn action(action: Action, is_ok: bool) -> Text {
    match (action, is_ok) {
        (Action::Change, _) => Text::fixed("要変更", "change"),
        (Action::CheckByHand, _) => Text::fixed("要確認", "check"),
        (Action::None, true) => Text::fixed("OK", "ok"),
        (Action::None, false) => Text::fixed("対象外", "n/a"),
    }
}

/// The verdict's full wording; where it does not lead to a change, why not in place of "to change".
pub fn verdict(verdict: Verdict, action: Action) -> Text {
    let (ja, en) = match (verdict, action) {
        (_, Action::Change)
        | (Verdict::Unreadable, Action::CheckByHand)
        | (Verdict::SmtpAuth | Verdict::Managed | Verdict::NoOutgoingServer, _) => return verdict.text(),
        (Verdict::PopBeforeSmtp, _) => ("POP before SMTP", "POP-before-SMTP"),
        (Verdict::NoSmtpAuth, _) => ("SMTP認証なし", "no SMTP-AUTH"),
        (Verdict::SmtpAuthOffPolicy, _) => ("SMTP認証あり", "SMTP-AUTH"),
        (Verdict::Unreadable, Action::None) => ("設定を読み取れません", "can't be read here"),
    };
    let (why_ja, why_en) = match action {
        Action::CheckByHand => ("メールソフトはインストールされていません", "mail client not installed"),
        Action::Change | Action::None => ("もう使われていません", "not in use any more"),
    };
    Text::new(format!("{ja}（{why_ja}）"), format!("{en}: {why_en}"))
}

/// What deviates from a policy.
pub fn deviation(deviation: Deviation) -> Text {
    match deviation {
        Deviation::Port => Text::fixed("ポート", "port"),
        Deviation::Tls => Text::fixed("暗号化", "encryption"),
        Deviation::Server => Text::fixed("サーバー", "server"),
        Deviation::Auth => Text::fixed("認証方式", "authentication"),
        Deviation::Protocol => Text::fixed("受信の方式", "protocol"),
    }
}

/// What became of an account that needed something and does not any more; `None`: it is gone.
pub fn done(now: Option<Verdict>) -> Text {
    now.map_or(Text::fixed("アカウントなし", "account gone"), |now| verdict(now, Action::None))
}

/// The host, where it is known, and, apart from it so that a narrow cell breaks between them, the port with a mark where it is a default.
pub fn server(seen: Option<&Partial>, lang: Lang, between: &str) -> String {
    let host = seen.and_then(|seen| seen.host.as_deref());
    let port = match (seen.and_then(|seen| seen.port), lang) {
        (Some(Port::Stored(port)), _) => port.to_string(),
        (Some(Port::Default(port)), Lang::Ja) => format!("{port}(既定値)"),
        (Some(Port::Default(port)), Lang::En) => format!("{port} (default)"),
        (Some(Port::Automatic), Lang::Ja) => "自動".to_owned(),
        (Some(Port::Automatic), Lang::En) => "automatic".to_owned(),
        (None, _) => return host.unwrap_or("-").to_owned(),
    };
    let port = match lang {
        Lang::Ja => format!("ポート {port}"),
        Lang::En => format!("port {port}"),
    };
    host.map_or_else(|| port.clone(), |host| format!("{host}{between}{port}"))
}

/// The host and its port as `mail.example.jp:587`: in few columns.
pub fn address(seen: Option<&Partial>, lang: Lang) -> String {
    let Some(host) = seen.and_then(|seen| seen.host.as_deref()) else { return "-".to_owned() };
    match seen.and_then(|seen| seen.port) {
        Some(Port::Stored(port) | Port::Default(port)) if host.contains(':') => format!("[{host}]:{port}"),
        Some(Port::Stored(port) | Port::Default(port)) => format!("{host}:{port}"),
        Some(Port::Automatic) => {
            format!("{host} ({})", Text::fixed("ポート自動", "port automatic").get(lang))
        }
        None => host.to_owned(),
    }
}

/// TLS or not.
pub fn security(security: Security) -> Text {
    match security {
        Security::Plain => Text::fixed("暗号化なし", "no encryption"),
        Security::StartTls => Text::fixed("STARTTLS", "STARTTLS"),
        Security::Tls => Text::fixed("SSL/TLS", "SSL/TLS"),
        Security::Auto => Text::fixed("暗号化は自動", "encryption automatic"),
    }
}

/// How it authenticates.
pub fn auth(auth: Auth) -> Text {
    match auth {
        Auth::None => Text::fixed("認証なし", "no authentication"),
        Auth::Password => Text::fixed("パスワード認証", "password"),
        Auth::EncryptedPassword => Text::fixed("暗号化パスワード認証", "encrypted password"),
        Auth::Spa => Text::fixed("SPA 認証", "SPA"),
        Auth::Kerberos => Text::fixed("Kerberos 認証", "Kerberos"),
        Auth::OAuth2 => Text::fixed("OAuth 2 認証", "OAuth 2"),
        Auth::Certificate => Text::fixed("証明書認証", "certificate"),
        Auth::Apop => Text::fixed("APOP", "APOP"),
    }
}

/// What is to be set.
pub fn setting(setting: Aspect) -> Text {
    match setting {
        Aspect::Host => Text::fixed("送信サーバー", "outgoing server"),
        Aspect::Port => Text::fixed("送信サーバーのポート", "port of the outgoing server"),
        Aspect::Security => Text::fixed("送信サーバーの暗号化", "encryption to the outgoing server"),
        Aspect::Auth => {
            Text::fixed("送信サーバーの認証 (SMTP 認証)", "authentication at the outgoing server (SMTP-AUTH)")
        }
        Aspect::LogOnFirst => Text::fixed(
            "送信前に受信サーバーへログオン (POP before SMTP)",
            "log on to the incoming server before sending (POP-before-SMTP)",
        ),
        Aspect::User => Text::fixed("送信サーバーのユーザー名", "user name at the outgoing server"),
        Aspect::Protocol => Text::fixed("受信の方式", "protocol for receiving"),
    }
}

/// What is to be set of the incoming server.
pub fn incoming_setting(setting: Aspect) -> Text {
    match setting {
        Aspect::Host => Text::fixed("受信サーバー", "incoming server"),
        Aspect::Port => Text::fixed("ポート", "port"),
        Aspect::Security => Text::fixed("暗号化", "encryption"),
        Aspect::Auth => Text::fixed("認証", "authentication"),
        Aspect::User => Text::fixed("ユーザー名", "user name"),
        other => self::setting(other),
    }
}

/// A word of the contract for the value of a setting, as people say it; numbers and names are the same to them.
pub fn value(setting: Aspect, word: &str) -> Text {
    match (setting, word) {
        (Aspect::Security, _) => Security::ALL
            .into_iter()
            .find(|known| known.code() == word)
            .map_or_else(|| Text::new(word, word), security),
        (Aspect::Protocol, "pop3") => Text::fixed("POP3", "POP3"),
        (Aspect::Protocol, "imap") => Text::fixed("IMAP", "IMAP"),
        (Aspect::Auth, "oauth2") => auth(Auth::OAuth2),
        (Aspect::Auth, "encrypted-password") => auth(Auth::EncryptedPassword),
        (Aspect::Auth, "apop") => auth(Auth::Apop),
        (Aspect::Auth, "spa") => auth(Auth::Spa),
        (Aspect::Auth, "kerberos") => auth(Auth::Kerberos),
        (Aspect::Auth, "certificate") => auth(Auth::Certificate),
        (Aspect::Auth, "none") => Text::fixed("なし", "none"),
        (Aspect::Auth, "password") => Text::fixed(
            "あり(ふつうは受信と同じユーザー名とパスワード)",
            "on (usually with the user name and password for receiving)",
        ),
        (Aspect::User, "address") => Text::fixed("メールアドレス全体", "the whole mail address"),
        (Aspect::User, "local-part") => {
            Text::fixed("メールアドレスの @ より前", "what stands before the @ of the mail address")
        }
        (Aspect::User, "same-as-incoming") => Text::fixed("受信と同じ", "as for receiving"),
        (Aspect::LogOnFirst, "true") => Text::fixed("する", "on"),
        (Aspect::LogOnFirst, "false") => Text::fixed("しない", "off"),
        _ => Text::new(word, word),
    }
}

/// The same of the incoming server, whose password needs no word about where it comes from.
pub fn incoming_value(setting: Aspect, word: &str) -> Text {
    if (setting, word) == (Aspect::Auth, Auth::Password.code()) {
        auth(Auth::Password)
    } else {
        value(setting, word)
    }
}

/// How a server is spoken to, in one line.
pub fn outgoing(seen: &Partial, lang: Lang) -> String {
    let has_server = seen.host.is_some() || seen.port.is_some();
    let mut parts: Vec<String> = has_server.then(|| server(Some(seen), lang, " ")).into_iter().collect();
    parts.extend(seen.security.map(|value| security(value).get(lang).to_owned()));
    parts.extend(seen.auth.map(|value| auth(value).get(lang).to_owned()));
    let credentials = match seen.credentials {
        Some(Credentials::SameAsIncoming) => Some(Text::fixed("受信と同じ", "same as incoming")),
        Some(Credentials::Own) => Some(Text::fixed("専用のユーザー名", "own login")),
        None => None,
    };
    parts.extend(credentials.map(|text| text.get(lang).to_owned()));
    if seen.log_on_first == Some(LogOnFirst::On) {
        let text = Text::fixed("送信前に受信サーバーへログオン", "logs on to the incoming server first");
        parts.push(text.get(lang).to_owned());
    }
    parts.join(", ")
}

/// The incoming server in one line.
pub fn incoming(incoming: &Incoming, lang: Lang) -> String {
    let protocol = match incoming.protocol {
        Protocol::Pop3 => Text::fixed("POP3", "POP3"),
        Protocol::Imap => Text::fixed("IMAP", "IMAP"),
        Protocol::Other => Text::fixed("その他", "other"),
    };
    let server = match (&incoming.host, incoming.port) {
        (Some(host), Some(port)) => format!(" {host}:{port}"),
        (Some(host), None) => format!(" {host}"),
        (None, _) => String::new(),
    };
    let security =
        incoming.security.map(|value| format!(", {}", security(value).get(lang))).unwrap_or_default();
    // A password is what everybody expects.
    let method = incoming.auth.filter(|method| *method != Auth::Password);
    let method = method.map(|method| format!(", {}", auth(method).get(lang))).unwrap_or_default();
    format!("{}{server}{security}{method}", protocol.get(lang))
}

/// Whether the account is in use.
pub fn in_use(in_use: InUse) -> Text {
    match in_use {
        InUse::Yes => Text::fixed("使用中", "in use"),
        InUse::No => Text::fixed("使われていない", "not in use"),
        InUse::Unknown => Text::fixed("使用中か不明", "use unknown"),
    }
}

/// Whether a password has to be typed after the change.
pub fn password_needed(needed: PasswordNeeded) -> Text {
    match needed {
        PasswordNeeded::No => Text::fixed("不要", "not needed"),
        PasswordNeeded::Once => Text::fixed("一度必要", "needed once"),
        PasswordNeeded::Unknown => Text::fixed("不明", "unknown"),
    }
}

/// Against an earlier report.
pub fn compared(compared: Compared) -> Text {
    match compared {
        Compared::New => Text::fixed("新規", "new"),
        Compared::Changed => Text::fixed("変化あり", "changed"),
        Compared::Unchanged => Text::fixed("変化なし", "unchanged"),
        Compared::Regressed => Text::fixed("再び要変更", "was ok"),
    }
}

/// The rule that decided, for `--explain`.
pub fn rule(rule: Rule) -> Text {
    match rule {
        Rule::Managed => Text::fixed(
            "規則1: この種類のアカウントは、メールサービスが送信を管理する",
            "rule 1: the service decides how this kind of account sends",
        ),
        Rule::NoOutgoingServer => {
            Text::fixed("規則2: 送信サーバーが設定されていない", "rule 2: no outgoing server is set")
        }
        Rule::ExternalProgram => {
            Text::fixed("規則3: メールは別のプログラムに渡される", "rule 3: mail is handed to a program")
        }
        Rule::LocalProxy => Text::fixed(
            "規則3: 送信サーバーがこのコンピューター自身で、ポリシーに載っていない",
            "rule 3: the outgoing server is this computer and no policy names it",
        ),
        Rule::Unclear => Text::fixed(
            "規則4: 必要な値が壊れているか、意味が分からないか、どちらの値になるか決められない",
            "rule 4: a needed value is malformed, of unknown meaning or undecided",
        ),
        Rule::LogOnFirst => Text::fixed(
            "規則5: 認証せず、送信前に受信サーバーへログオンする",
            "rule 5: no authentication, and it logs on to the incoming server first",
        ),
        Rule::NoAuthentication => Text::fixed("規則6: 認証しない", "rule 6: no authentication"),
        Rule::Deviates => Text::fixed(
            "規則7: 認証するが、ポリシーと違う点がある",
            "rule 7: it authenticates, but deviates from the policy",
        ),
        Rule::Meets => Text::fixed(
            "規則8: 認証し、ポリシーに合っている",
            "rule 8: it authenticates and meets the policy",
        ),
    }
}

/// How sure the reading is.
pub fn confidence(confidence: Confidence) -> Text {
    match confidence {
        Confidence::Verified => Text::fixed("実物で確認済み", "verified with the real client or a real file"),
        Confidence::Documented => Text::fixed("開発元の文書による", "by the maker's documentation or source"),
        Confidence::Inferred => Text::fixed("推定", "inferred"),
        Confidence::Answered => Text::fixed("利用者の回答", "answered by the user"),
    }
}

/// The same in a column.
pub fn certainty(confidence: Confidence) -> Text {
    match confidence {
        Confidence::Verified => Text::fixed("実物で確認済み", "verified"),
        Confidence::Documented => Text::fixed("文書・ソース", "documented"),
        Confidence::Inferred => Text::fixed("推定", "inferred"),
        Confidence::Answered => Text::fixed("回答による", "by answers"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The account says "to change" just where its action does.
    #[test]
    fn no_verdict_contradicts_its_action() {
        for verdict in Verdict::ALL {
            for action in [Action::CheckByHand, Action::None] {
                let Text { ja, en } = super::verdict(verdict, action);
                assert!(!ja.contains("要変更") && !ja.contains("変更が必要"), "{ja}");
                assert!(!en.contains("to change"), "{en}");
            }
            assert_eq!(super::verdict(verdict, Action::Change), verdict.text());
            assert!(!super::verdict(verdict, Action::None).ja.contains("要確認"));
        }
    }
}
