//! What the steps say of user names, passwords and methods of authentication, with the words of a client's dialogs.

use crate::model::{Auth, Needs, Text, UserName};

/// The words of a dialog for authentication.
#[derive(Debug)]
pub struct SignIn {
    /// Turns it on, as a sentence; empty where the method does.
    pub on: Text,
    /// The field of the user name, with its brackets.
    pub user: Text,
    /// The field of the password; empty: it is asked for later.
    pub password: Text,
    /// What offers the methods; empty: each of them is a sentence.
    pub label: Text,
    /// The methods that it offers.
    pub methods: &'static [(Auth, Text)],
}

/// No words.
pub const NONE: Text = Text::fixed("", "");

/// Which user name, for people.
pub fn user_name(user: Option<UserName>) -> Text {
    match user {
        Some(UserName::Address) => Text::fixed("メールアドレス全体", "the whole mail address"),
        Some(UserName::LocalPart) => {
            Text::fixed("メールアドレスの @ より前の部分", "what stands before the @ of the mail address")
        }
        Some(UserName::SameAsIncoming) | None => {
            Text::fixed("受信と同じユーザー名", "the user name for receiving")
        }
    }
}

/// A method, for people.
pub fn method_name(method: Auth) -> Text {
    match method {
        Auth::None => Text::fixed("認証なし", "no authentication"),
        Auth::Password => Text::fixed("通常のパスワード認証", "a normal password"),
        Auth::EncryptedPassword => Text::fixed(
            "暗号化されたパスワード認証 (CRAM-MD5 など)",
            "an encrypted password (such as CRAM-MD5)",
        ),
        Auth::Spa => Text::fixed("SPA (NTLM) 認証", "SPA (NTLM)"),
        Auth::Kerberos => Text::fixed("Kerberos 認証", "Kerberos"),
        Auth::OAuth2 => Text::fixed("OAuth 2 認証", "OAuth 2"),
        Auth::Certificate => Text::fixed("クライアント証明書による認証", "a client certificate"),
        Auth::Apop => Text::fixed("APOP", "APOP"),
    }
}

/// User name and password.
pub(super) fn login(sign_in: &SignIn, needs: &Needs) -> Text {
    let user = user_name(needs.user);
    let (password_ja, password_en) = if needs.is_app_password {
        ("プロバイダーのアプリパスワード", "the provider's app password")
    } else {
        ("受信と同じパスワード", "the password for receiving")
    };
    let (mut ja, mut en) = turned_on(sign_in, needs);
    ja = format!("{ja}{} に{}", sign_in.user.ja, user.ja);
    en = format!("{en}Enter {} in {}", user.en, sign_in.user.en);
    if !sign_in.password.ja.is_empty() {
        ja = format!("{ja}、{} に{password_ja}", sign_in.password.ja);
        en = format!("{en} and {password_en} in {}", sign_in.password.en);
    }
    Text::new(ja + "を入力します。", en + ".")
}

/// The method, in the words of the dialog; what to do where it has none for it.
pub(super) fn method(sign_in: &SignIn, needs: &Needs) -> Text {
    let wanted = needs.method.unwrap_or(Auth::Password);
    let is_turned_on = super::when::own_login(needs);
    let (mut ja, mut en) = if is_turned_on { Default::default() } else { turned_on(sign_in, needs) };
    let choice = choose(sign_in, wanted);
    ja += &choice.ja;
    en += &choice.en;
    if wanted == Auth::OAuth2 {
        let user = needs.user.map(|user| user_name(Some(user)));
        let (user_ja, user_en) = user.map_or_else(Default::default, |user| {
            (format!("({}を使います)", user.ja), format!(" (with {})", user.en))
        });
        ja = format!("{ja}プロバイダーのサインイン画面が開いたら、サインインして許可します{user_ja}。");
        en = format!("{en} When the provider's sign-in page opens, sign in{user_en} and allow the access.");
    }
    Text::new(ja, en)
}

/// The sentence that turns it on, where it is off: in some dialogs the choice of a method does.
fn turned_on(sign_in: &SignIn, needs: &Needs) -> (String, String) {
    let has_password = sign_in.methods.iter().any(|(method, _)| *method == Auth::Password);
    let text = match needs.authenticate {
        true if !sign_in.on.ja.is_empty() => sign_in.on.clone(),
        true if has_password && needs.method.is_none() => choose(sign_in, Auth::Password),
        _ => return Default::default(),
    };
    (text.ja.to_string(), format!("{} ", text.en))
}

/// The choice of a method.
pub(super) fn choose(sign_in: &SignIn, wanted: Auth) -> Text {
    match sign_in.methods.iter().find(|(method, _)| *method == wanted) {
        Some((_, sentence)) if sign_in.label.ja.is_empty() => sentence.clone(),
        Some((_, choice)) => Text::new(
            format!("[{}] を [{}] に変更します。", sign_in.label.ja, choice.ja),
            format!("Set [{}] to [{}].", sign_in.label.en, choice.en),
        ),
        None => without_choice(wanted),
    }
}

/// The dialog, as far as it is known, does not offer the method.
fn without_choice(wanted: Auth) -> Text {
    let name = method_name(wanted);
    match wanted {
        Auth::OAuth2 => Text::fixed(
            "この画面では OAuth 2 認証に変更できません。アカウントを追加し直し、OAuth 2 (ブラウザーなどでのサインイン) で設定します(古いアカウントは、必要なメールを残したことを確かめてから削除します)。OAuth 2 のサインイン画面が出ない場合は、対応しているメールソフトに移ります。",
            "This dialog can't change the account to OAuth 2: add it anew so that it signs in by OAuth 2 (on the provider's page). Remove the old one only when the messages that are needed are kept. If no such sign-in appears, move to a mail program that has it.",
        ),
        Auth::Password => Text::fixed(
            "認証の種類を選ぶ項目があれば、通常のパスワード認証 (平文、PLAIN、LOGIN) にします(なければ、そのままでかまいません)。",
            "If there is a choice of the kind of authentication, let it be the normal password (clear text, PLAIN, LOGIN); without one, nothing is to be done.",
        ),
        _ => Text::new(
            format!(
                "認証の種類を選ぶ項目があれば、{}にします。なければこのメールソフトでは指定できないので、送信できないときはプロバイダーに相談します。",
                name.ja
            ),
            format!(
                "If there is a choice of the kind of authentication, let it be {}. Without one this program can't be set to it: if it does not send, ask the provider.",
                name.en
            ),
        ),
    }
}
