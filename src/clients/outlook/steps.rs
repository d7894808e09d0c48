//! The steps for Outlook, for each edition of its dialogs.
//!
//! Labels: the notices of two providers; for the Advanced tab, where one notice prints Outlook Express's label, the
//! dialog itself («送信サーバー (SMTP)», it.sorayori.com/gmailsetting; the other notice's chapter on Outlook 2010).
//! English labels: support.microsoft.com, POP and IMAP e-mail settings for Outlook.

use crate::clients::Edition;
use crate::clients::steps::{self, encryption, host_in_brackets, port, touches_connection, touches_login};
use crate::model::{Needs, Text};

/// The editions whose dialogs differ.
pub(super) const EDITIONS: &[Edition] = &[
    Edition { id: "outlook-2003", name: Text::fixed("Outlook 2002 / 2003", "Outlook 2002 / 2003") },
    Edition { id: "outlook-2007", name: Text::fixed("Outlook 2007", "Outlook 2007") },
    Edition { id: "outlook-2010", name: Text::fixed("Outlook 2010", "Outlook 2010") },
    Edition {
        id: "outlook-2002-2010",
        name: Text::fixed("Outlook 2002～2010 (版が不明)", "Outlook 2002-2010 (edition unknown)"),
    },
    Edition { id: "outlook-2013", name: Text::fixed("Outlook 2013", "Outlook 2013") },
    Edition { id: "outlook-2016", name: Text::fixed("Outlook 2016", "Outlook 2016") },
    Edition {
        id: "outlook-simplified",
        name: Text::fixed("Outlook 2019～365 (新しい簡易画面)", "Outlook 2019-365 (simplified dialog)"),
    },
    Edition {
        id: "outlook-2016-365",
        name: Text::fixed("Outlook 2016～365 (版が不明)", "Outlook 2016-365 (edition unknown)"),
    },
];

/// The edition of accounts that an add-in brought: their dialogs are not known.
pub(super) const UNKNOWN_KIND: &str = "outlook-unknown-kind";

const REQUIRES: (&str, &str) =
    ("送信サーバー (SMTP) は認証が必要(O)", "My outgoing server (SMTP) requires authentication");
const SAME: (&str, &str) =
    ("受信メール サーバーと同じ設定を使用する(U)", "Use same settings as my incoming mail server");

/// The steps for one edition.
pub(super) fn steps(edition: &str, needs: &Needs) -> Vec<Text> {
    match edition {
        UNKNOWN_KIND => vec![steps::UNKNOWN_KIND],
        "outlook-simplified" => simplified(needs),
        "outlook-2016-365" => either(needs),
        _ => classic(edition, needs),
    }
}

/// 16.0 does not say which dialog there is: both, each whole.
fn either(needs: &Needs) -> Vec<Text> {
    let mut list = vec![Text::fixed(
        "【A】[アカウント設定] で [変更(A)...] を押すと [アカウントの変更] 画面が出る版 (Outlook 2016 など):",
        "[A] If [Change...] in [Account Settings] opens the dialog [Change Account] (Outlook 2016 and the like):",
    )];
    list.extend(classic("outlook-2016", needs));
    list.push(Text::fixed(
        "【B】[変更(A)...] を押しても [アカウントの変更] 画面が出ない、新しい簡易画面の版 (Outlook 2019、2021、365 など):",
        "[B] If it does not: the newer simplified dialog (Outlook 2019, 2021, 365 and the like):",
    ));
    list.extend(simplified(needs));
    list
}

fn classic(edition: &str, needs: &Needs) -> Vec<Text> {
    let (ja, en) = host_in_brackets(needs);
    let mut list = vec![open(edition)];
    list.push(Text::new(
        format!("対象のアカウントを選び{ja}、[変更(A)...] をクリックします。"),
        format!("Select the account{en} and click [Change...]."),
    ));
    list.push(Text::fixed(
        "[アカウントの変更] 画面で [詳細設定(M)...] をクリックします。[インターネット電子メール設定] 画面が開きます。",
        "In [Change Account], click [More Settings...]. The dialog [Internet E-mail Settings] opens.",
    ));
    if touches_login(needs) {
        list.push(Text::new(
            format!("[送信サーバー] タブを開き、[{}] にチェックを入れます。", REQUIRES.0),
            format!("Open the tab [Outgoing Server] and tick [{}].", REQUIRES.1),
        ));
        list.push(if needs.log_on_first_off {
            Text::new(
                format!(
                    "[メールを送信する前に受信メール サーバーにログオンする(I)] ではなく、[{}] を選択します。",
                    SAME.0
                ),
                format!(
                    "Select [{}] instead of [Log on to incoming mail server before sending mail].",
                    SAME.1
                ),
            )
        } else {
            Text::new(format!("[{}] を選択します。", SAME.0), format!("Select [{}].", SAME.1))
        });
    }
    if touches_connection(needs) {
        list.push(Text::fixed("[詳細設定] タブを開きます。", "Open the tab [Advanced]."));
    }
    if let Some(number) = needs.port {
        let label = Text::fixed("送信サーバー (SMTP)(O):", "Outgoing server (SMTP):");
        list.push(port(&label, number));
    }
    if matches!(edition, "outlook-2003" | "outlook-2002-2010") {
        list.extend(encryption_2003(needs));
    }
    if edition != "outlook-2003" {
        let label =
            Text::fixed("使用する暗号化接続の種類(C)", "Use the following type of encrypted connection");
        let choices = (&Text::fixed("TLS", "TLS"), &Text::fixed("SSL", "SSL"));
        list.extend(encryption(&label, choices, needs));
    }
    list.push(Text::fixed(
        "[OK] をクリックし、[次へ(N)]、[完了] の順にクリックします。パスワードを聞かれたら、受信と同じパスワードを入力します。",
        "Click [OK], then [Next] and [Finish]. If a password is asked for, enter the one for receiving.",
    ));
    list
}

/// 2002 and 2003 have a box instead of a list.
fn encryption_2003(needs: &Needs) -> Option<Text> {
    needs.security.map(|_| {
        Text::fixed(
            "(2002、2003) [送信サーバー (SMTP)] の下の [このサーバーは暗号化された接続 (SSL) が必要] を、プロバイダーの案内に合わせます。",
            "(2002, 2003) Set the box [This server requires an encrypted connection (SSL)] below the outgoing server as the provider's notice says.",
        )
    })
}

fn open(edition: &str) -> Text {
    match edition {
        "outlook-2003" => Text::fixed(
            "Outlook の [ツール(T)] メニューから [電子メール アカウント(A)...] を開き、[既存の電子メール アカウントの表示と変更(V)] を選んで [次へ(N)] をクリックします。",
            "In Outlook, open [Tools] > [E-mail Accounts...], select [View or change existing e-mail accounts] and click [Next].",
        ),
        "outlook-2007" => Text::fixed(
            "Outlook の [ツール(T)] メニューから [アカウント設定(A)...] を開き、[電子メール] タブを表示します。",
            "In Outlook, open [Tools] > [Account Settings...], tab [E-mail].",
        ),
        "outlook-2002-2010" => Text::fixed(
            "Outlook を終了し、Windows のコントロール パネルから [メール] を開いて [電子メール アカウント(E)...] をクリックします。[既存の電子メール アカウントの表示と変更(V)] が出る版 (2002、2003) では、それを選んで [次へ] をクリックします。",
            "Close Outlook, open [Mail] in the Control Panel of Windows and click [E-mail Accounts...]. If [View or change existing e-mail accounts] appears (2002, 2003), select it and click [Next].",
        ),
        _ => Text::fixed(
            "Outlook の [ファイル] タブの [情報] から [アカウント設定] → [アカウント設定(A)...] を開き、[電子メール] タブを表示します。",
            "In Outlook, open [File] > [Info] > [Account Settings] > [Account Settings...], tab [E-mail].",
        ),
    }
}

/// Notice of a provider for Outlook 2019 and later. It prints the button as [修正(R)]; the dialog says [修復(R)].
fn simplified(needs: &Needs) -> Vec<Text> {
    let (ja, en) = host_in_brackets(needs);
    let mut list = vec![
        Text::fixed(
            "Outlook の [ファイル] → [情報] → [アカウント設定] → [アカウント設定(A)...] の順にクリックします。",
            "In Outlook, click [File] > [Info] > [Account Settings] > [Account Settings...].",
        ),
        Text::new(
            format!("対象のアカウントを選び{ja}、[修復(R)...] をクリックします。"),
            format!("Select the account{en} and click [Repair...]."),
        ),
        Text::fixed(
            "[詳細オプション] → [自分で自分のアカウントを手動で修復] にチェックを入れ、[修復] をクリックします。",
            "Open [Advanced options], tick [Let me repair my account manually] and click [Repair].",
        ),
        Text::fixed("[送信メール] をクリックして開きます。", "Open [Outgoing mail]."),
    ];
    if let Some(number) = needs.port {
        list.push(port(&Text::fixed("ポート", "Port"), number));
    }
    let label = Text::fixed("暗号化方法", "Encryption method");
    let choices = (&Text::fixed("STARTTLS", "STARTTLS"), &Text::fixed("SSL/TLS", "SSL/TLS"));
    list.extend(encryption(&label, choices, needs));
    if touches_login(needs) {
        list.push(Text::fixed(
            "[送信 (SMTP) サーバーには認証が必要です] にチェックを入れ、[受信メール サーバーと同じ設定を使用する] を選択します。",
            "Tick [My outgoing (SMTP) server requires authentication] and select [Use same settings as my incoming mail server].",
        ));
    }
    if needs.log_on_first_off {
        list.push(Text::fixed(
            "[メールを送信する前に受信メール サーバーにログインする] は選択しません。",
            "Do not select [Log on to incoming mail server before sending mail].",
        ));
    }
    list.push(Text::fixed(
        "[次へ] をクリックします。パスワードを聞かれたら、受信と同じパスワードを入力します。",
        "Click [Next]. If a password is asked for, enter the one for receiving.",
    ));
    list
}
