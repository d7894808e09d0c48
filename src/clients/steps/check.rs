//! What stands around the steps of every client: what to know before, and how to see afterwards that it works.

use crate::model::{CHECK_AFTERWARDS, Needs, Text};

/// Where a mail program shows the header of a mail that arrived.
#[derive(Debug, Clone, Copy)]
pub enum Header {
    /// Here, in Japanese and English.
    Shown(&'static str, &'static str),
    /// Not known where.
    Unknown,
    /// Nowhere.
    NotShown,
    /// The program only sends; what shows there that it authenticated.
    NeverReceives(&'static str, &'static str),
}

/// Before the steps themselves: what must not be changed blindly, and what else sends with the same password.
pub(super) fn before(needs: &Needs) -> Vec<Text> {
    let named = needs.own_port.map(|port| {
        Text::new(
            format!(
                "このアカウントは、今もポート {port} で SMTP 認証をしています。プロバイダーの案内がこのポートを指定している場合は、変更しません(以下の操作は不要です)。指定していない場合だけ変更します。"
            ),
            format!(
                "This account authenticates already, on port {port}. Leave it as it is if your provider names this port: the rest is for the case that it does not."
            ),
        )
    });
    let is_app_password =
        needs.is_app_password || needs.incoming.iter().any(|incoming| incoming.is_app_password);
    let app_password = is_app_password.then_some(APP_PASSWORD);
    named.into_iter().chain(needs.authenticate.then_some(LOCK)).chain(app_password).collect()
}

/// Where a password is asked for in the end, the steps of most clients speak of that for receiving.
const APP_PASSWORD: Text = Text::fixed(
    "プロバイダーの会員ページで、このメールソフト用のアプリパスワードを発行しておきます。以下でパスワードを入力するところでは、ふだんのパスワードではなく、これを使います。",
    "On the provider's pages, have an app password made for this mail program. Wherever a password is entered below, it is this one, not the usual one.",
);

/// Servers lock an account out after a few wrong passwords, also if a forgotten phone sends the old one.
const LOCK: Text = Text::fixed(
    "始める前に、同じアドレスを使うスマートフォンやほかのパソコンをすべて書き出します。パスワードを変更する場合は、先にそれらの受信を止めます(古いパスワードで接続し続けるため)。パスワードを何度か間違えるとアカウントがロックされることがあります。分からないときは試さずに、プロバイダーに確認します。",
    "Before you begin, list the phones and other computers that use the same address. If the password is to be changed, first stop fetching there: they would go on trying the old one. Several wrong passwords may lock the account: if it is not known, ask the provider instead of trying.",
);

/// How to see that it works. The first server writes into the lowest `Received` how the mail came (RFC 5321, 4.4):
/// `ESMTPA` and `ESMTPSA` stand for authentication (RFC 3848). Not every server says it, so the way without a header
/// stays for the rest: nothing received, by anybody behind the same address, as long as the permission of
/// POP-before-SMTP lasts.
pub(super) fn after(header: Header) -> Vec<Text> {
    let show = match header {
        Header::Shown(ja, en) => Text::new(
            format!("自分あてにメールを1通送信し、届いたらそのヘッダーを表示します: {ja}。"),
            format!("Send a message to yourself and show the header of what arrives: {en}."),
        ),
        Header::Unknown => Text::fixed(
            "自分あてにメールを1通送信し、届いたらそのヘッダーを表示します: 「ソース」や「すべてのヘッダー」などの項目を探し、なければプロバイダーのウェブメールで見ます。",
            "Send a message to yourself and show the header of what arrives: look for \"source\", \"all headers\" or the like, else use the provider's webmail.",
        ),
        Header::NotShown => Text::fixed(
            "自分あてにメールを1通送信し、届いたらそのヘッダーを、プロバイダーのウェブメールまたは別のメールソフトで表示します(このアプリでは見られません)。",
            "Send a message to yourself and show the header of what arrives in the provider's webmail or another mail program (this app can't show it).",
        ),
        Header::NeverReceives(..) => Text::fixed(
            "自分あてにメールを1通送信し、届いたらそのヘッダーを、受信に使うメールソフトまたはウェブメールで表示します。",
            "Send a message to yourself and show the header of what arrives in the mail program that receives it, or in webmail.",
        ),
    };
    let otherwise = match header {
        Header::NeverReceives(ja, en) => Text::fixed(ja, en),
        Header::Shown(..) | Header::Unknown | Header::NotShown => WAIT,
    };
    vec![CHECK_AFTERWARDS, show, RECEIVED, otherwise]
}

const RECEIVED: Text = Text::fixed(
    "ヘッダーの中で一番下の「Received:」の行(最初に受け取ったサーバーの記録)に ESMTPA または ESMTPSA とあれば、SMTP 認証をして送信できています。",
    "If the lowest line that begins with \"Received:\" (what the first server wrote) has ESMTPA or ESMTPSA, it was sent with authentication.",
);

const WAIT: Text = Text::fixed(
    "どちらもない場合や、ヘッダーを見られない場合: 同じ回線を使うすべての端末(スマートフォンも)の受信を止め、30分ほど待ちます。そのあと、どの端末も受信しないうちに自分あてに1通送信し、送れることを確かめます(ほかの端末が受信すると、認証なしでも送れてしまいます)。",
    "If it has neither, or the header can't be seen: stop receiving on every device behind the same connection (phones, too) and wait about 30 minutes. Then, before any of them receives, send a message to yourself and see that it goes out (once another device has received, it goes out without authentication, too).",
);
