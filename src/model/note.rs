//! Notes: a code for programs and one sentence for people.

use super::Text;
use super::wire::{Own, own_word};
use serde::{Deserialize, Serialize};

/// What the maker's support ended for, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndOfSupport {
    /// The product, with the Windows it came with where that matters.
    pub product: Text,
    /// The day, `YYYY-MM-DD`, as the maker's lifecycle pages give it.
    #[serde(deserialize_with = "own_word")]
    pub date: Own,
}

/// Something to know about a finding beside its verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Note {
    /// Port 587 without TLS while authenticating.
    AuthWithoutTls,
    /// No port is stored: the client's default.
    PortDefault(u16),
    /// The client chooses the port by itself.
    PortAutomatic,
    /// No authentication on an IMAP account.
    ImapIncoming,
    /// Secure Password Authentication.
    Spa,
    /// Authenticates and logs on first.
    LogOnFirstToo,
    /// The switch for logging on first is set but ignored.
    LogOnFirstWithoutEffect,
    /// A user name but no switch (macOS 10.11 and later).
    ProbablyAuthenticated,
    /// May be an OAuth 2 account.
    MaybeOAuth,
    /// The maker's support ended.
    EndOfSupport(EndOfSupport),
    /// The registry hive was not closed properly and had no logs.
    DirtyHive,
    /// Mail is handed to a program.
    ExternalProgram,
    /// The server is a program on the same computer.
    LocalProxy,
    /// Would be a change, but the client is not installed.
    ClientNotInUse,
    /// The account is no longer used.
    StaleProfile,
    /// The value is fixed by a policy of the organisation.
    LockedByPolicy(String),
    /// What it may be, where that can't be told, and how each would be judged.
    Undecided(Text),
    /// Sends without authentication, and its provider's policy accepts that.
    AcceptedByPolicy,
    /// The provider wants a password that it makes for one program, which settings don't tell from another.
    AppPassword,
    /// It can't send any more after a day.
    StopsWorking(Text),
    /// It can't receive any more after a day.
    ReceivingStops(Text),
    /// Nobody is sent to the new settings before a day.
    NotYet(Text),
    /// What the provider wants, and the client or its system can't do.
    ClientCannot(Text),
    /// Receives without encryption.
    IncomingInClear,
    /// Receives by APOP.
    Apop,
    /// An exception, with its reason.
    Exception(Text),
    /// Further remark of a detector under a code of its own.
    Other(#[serde(deserialize_with = "own_word")] Own, Text),
}

impl Note {
    /// That more combinations of values are possible than are judged.
    pub const TOO_UNDECIDED: Self = Self::Undecided(Text::fixed(
        "決まらない値の組み合わせが多すぎるため、判定していません。実際の値は画面で確認してください。",
        "There are too many combinations of undecided values to judge: look at the values in the dialog.",
    ));

    /// In the English sentence of a client that can't do a version of TLS: reports are told by it.
    pub const CANNOT_TLS: &str = "can't do TLS ";

    /// The code of exceptions.
    pub const EXCEPTION: &str = "exception";

    /// The code of the JSON contract.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::AuthWithoutTls => "auth-without-tls",
            Self::PortDefault(_) => "port-default",
            Self::PortAutomatic => "port-automatic",
            Self::ImapIncoming => "imap-incoming",
            Self::Spa => "spa",
            Self::LogOnFirstToo => "log-on-first-too",
            Self::LogOnFirstWithoutEffect => "log-on-first-without-effect",
            Self::ProbablyAuthenticated => "probably-authenticated",
            Self::MaybeOAuth => "maybe-oauth",
            Self::EndOfSupport(_) => "end-of-support",
            Self::DirtyHive => "dirty-hive",
            Self::ExternalProgram => "external-program",
            Self::LocalProxy => "local-proxy",
            Self::ClientNotInUse => "client-not-in-use",
            Self::StaleProfile => "stale-profile",
            Self::LockedByPolicy(_) => "locked-by-policy",
            Self::Undecided(_) => "undecided",
            Self::AcceptedByPolicy => "accepted-by-policy",
            Self::AppPassword => "app-password",
            Self::StopsWorking(_) => "stops-working",
            Self::ReceivingStops(_) => "receiving-stops",
            Self::NotYet(_) => "not-yet",
            Self::ClientCannot(_) => "client-cannot",
            Self::IncomingInClear => "incoming-in-clear",
            Self::Apop => "apop",
            Self::Exception(_) => Self::EXCEPTION,
            Self::Other(code, _) => code,
        }
    }

    /// The sentence for people.
    pub fn text(&self) -> Text {
        match self {
            Self::AuthWithoutTls => Text::fixed(
                "暗号化なしで認証しています。プロバイダーが対応していれば STARTTLS にすると安全です。",
                "It authenticates without encryption; STARTTLS is safer where the provider offers it.",
            ),
            Self::PortDefault(port) => Text::new(
                format!("ポートは設定されておらず、メールソフトの既定値 {port} が使われます。"),
                format!("No port is set; the client uses its default, {port}."),
            ),
            Self::PortAutomatic => Text::fixed(
                "ポートは設定されておらず、メールソフトが自動で選びます(25、465、587)。",
                "No port is set; the client chooses one by itself (25, 465, 587).",
            ),
            Self::ImapIncoming => Text::fixed(
                "受信は IMAP です。送信は POP before SMTP ではなく、IP アドレスなどで許可されている可能性があります。",
                "It receives by IMAP: sending is probably allowed by IP address rather than by POP-before-SMTP.",
            ),
            Self::Spa => Text::fixed(
                "セキュリティで保護されたパスワード認証 (SPA) を使います。対応していないプロバイダーが多いため、送信できるか確認してください。",
                "It uses Secure Password Authentication (SPA), which many providers do not offer: check that sending works.",
            ),
            Self::LogOnFirstToo => Text::fixed(
                "送信前に受信サーバーへもログオンしますが、SMTP 認証をするので問題ありません。",
                "It also logs on to the incoming server first; that does no harm, because it authenticates.",
            ),
            Self::LogOnFirstWithoutEffect => Text::fixed(
                "「送信前に受信サーバーへログオンする」が設定に残っていますが、今の設定では効果がありません。",
                "The switch to log on to the incoming server first is set, but has no effect with the other settings.",
            ),
            Self::ProbablyAuthenticated => Text::fixed(
                "ユーザー名は設定されていますが、認証するかどうかの値がありません。認証している可能性が高いので、画面で確認してください。",
                "A user name is set but the authentication switch is not stored: it probably authenticates, check in the dialog.",
            ),
            Self::MaybeOAuth => Text::fixed(
                "OAuth 2 で認証するアカウントの可能性があります。",
                "This may be an account that authenticates by OAuth 2.",
            ),
            Self::EndOfSupport(end) => Text::new(
                format!(
                    "{} のサポートは {} に終了しています。引き続き使えますが、セキュリティ上危険なので、新しいメールソフトへの移行をお勧めします。",
                    end.product.ja, end.date
                ),
                format!(
                    "Support for {} ended on {}. It still works but is a security risk: move to a current mail program.",
                    end.product.en, end.date
                ),
            ),
            Self::DirtyHive => Text::fixed(
                "レジストリのファイルが正しく閉じられておらず、ログもないため、最新の変更が含まれていない可能性があります。",
                "The registry file was not closed properly and its logs are missing: the latest changes may not be in it.",
            ),
            Self::ExternalProgram => Text::fixed(
                "メールは別のプログラムに渡されます。そのプログラムの設定を確認してください。",
                "Mail is handed to another program: check that program's settings.",
            ),
            Self::LocalProxy => Text::fixed(
                "送信サーバーがこのコンピューター自身です(ウイルス対策ソフトなどの中継)。実際の送信サーバーと認証は中継ソフトで確認してください。",
                "The outgoing server is this computer itself (an anti-virus or other relay): check the real server and its authentication there.",
            ),
            Self::ClientNotInUse => Text::fixed(
                "このメールソフトはインストールされていません。使っていなければ変更は不要です。",
                "This mail program is not installed: if it is not used, nothing needs to change.",
            ),
            Self::StaleProfile => Text::fixed(
                "このアカウントは現在使われていません(無効、一覧にない、または古い版の設定)。",
                "This account is not in use any more (disabled, not listed, or left by an older version).",
            ),
            Self::LockedByPolicy(place) => Text::new(
                format!("組織のポリシーで値が固定されています({place})。変更はポリシー側で行ってください。"),
                format!("The value is fixed by a policy of the organisation ({place}): change it there."),
            ),
            Self::AcceptedByPolicy
            | Self::AppPassword
            | Self::NotYet(_)
            | Self::IncomingInClear
            | Self::Apop => self.on_policy(),
            Self::StopsWorking(text)
            | Self::ReceivingStops(text)
            | Self::ClientCannot(text)
            | Self::Exception(text)
            | Self::Undecided(text)
            | Self::Other(_, text) => text.clone(),
        }
    }

    /// The sentence of a note on what the provider wants, or on receiving.
    fn on_policy(&self) -> Text {
        match self {
            Self::AcceptedByPolicy => Text::fixed(
                "認証せずに送信しますが、このプロバイダー(または社内の中継)のポリシーで認められています。",
                "It sends without authentication, which the policy of its provider (or internal relay) accepts.",
            ),
            Self::AppPassword => Text::fixed(
                "プロバイダーが求めるのは、アカウントのパスワードではなく、プロバイダーの画面で作るアプリ用のパスワードです。設定からは、どちらが入っているか分かりません。",
                "The provider wants an app password, made on the provider's pages, in place of the account's password; settings don't show which of them is stored.",
            ),
            Self::NotYet(day) => Text::new(
                format!(
                    "プロバイダーの案内では、新しい設定への変更は{}からです。それまでは変更しません。",
                    day.ja
                ),
                format!(
                    "By the provider's notice the new settings hold from {}: nothing is to be changed before.",
                    day.en
                ),
            ),
            Self::IncomingInClear => Text::fixed(
                "受信時に暗号化なしで接続します。パスワードもメールも、そのまま流れます。",
                "It receives without encryption: password and mail go over the network as they are.",
            ),
            Self::Apop => Text::fixed(
                "受信時に APOP を使います。パスワードを守る力は弱く(RFC 1939 の MD5)、メール自体は暗号化されません。",
                "It receives by APOP, which protects the password weakly (the MD5 of RFC 1939) and the mail not at all.",
            ),
            other => other.text(),
        }
    }
}
