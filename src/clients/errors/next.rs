//! What to do next, where many refusals need the same.

use crate::model::Text;

/// Look.
pub const SCAN: Text = Text::fixed(
    "この PC で smtp-auth-audit を実行します。認証なしで送信するアカウントと、そのメールソフトの変更手順が表示されます。",
    "Run smtp-auth-audit on this PC: it shows which accounts send without authentication, with the steps for that mail program.",
);
/// Switch SMTP-AUTH on.
pub const AUTHENTICATE: Text = Text::fixed(
    "送信サーバーの設定で SMTP 認証をオンにし、ポートを 587 にします(ユーザー名とパスワードは、多くの場合受信と同じです)。すべてのメールソフトの手順: smtp-auth-audit steps",
    "In the settings of the outgoing server switch SMTP authentication on (user name and password are mostly those for receiving) and set port 587. The steps of all mail programs: smtp-auth-audit steps",
);
/// What is no mail program.
pub const DEVICE: Text = Text::fixed(
    "複合機や業務ソフトから送っている場合: smtp-auth-audit ask device",
    "If a printer or a business program sends: smtp-auth-audit ask device",
);
/// The stopgap of POP-before-SMTP.
pub const RECEIVE_FIRST: Text = Text::fixed(
    "急ぐときは、受信してからすぐに送信します。POP before SMTP が終了すると使えない、一時しのぎです。",
    "In a hurry, receive and then send at once. That is a stopgap: it ends with POP-before-SMTP.",
);
/// Port and encryption.
pub const ENCRYPT: Text = Text::fixed(
    "送信サーバーの暗号化を、プロバイダーの案内に合わせます(普通は、ポート 587 なら STARTTLS、465 なら SSL/TLS)。",
    "Set the encryption of the outgoing server as the provider tells it (usually STARTTLS with port 587, SSL/TLS with 465).",
);
/// Compare the settings.
pub const LOOK: Text = Text::fixed(
    "今の設定(サーバー、ポート、暗号化、認証)は smtp-auth-audit --explain で確認できます。パスワードは読み取りません。",
    "smtp-auth-audit --explain shows the present settings (server, port, encryption, authentication). It never reads a password.",
);
/// The password anew.
pub const PASSWORD: Text = Text::fixed(
    "パスワードを入力し直します。同じパスワードで Web メールに入れるか確かめてください。何度も間違えると、しばらくロックされることがあります。",
    "Type the password anew, and check that it opens the provider's webmail. Several failures may lock the account for a while.",
);
/// The user name.
pub const USER_NAME: Text = Text::fixed(
    "ユーザー名を案内のとおりにします(メールアドレス全体か、@ の前だけか)。",
    "Set the user name as the provider tells it (the whole address, or what stands before the @).",
);
/// It passes.
pub const WAIT: Text = Text::fixed("しばらく待って、もう一度送信します。", "Wait a while and send again.");
/// The provider has to know.
pub const TELL: Text = Text::fixed(
    "続くときは、サーバーの応答を数字も英文も全部、プロバイダーに伝えます。",
    "If it goes on, tell the provider the server's whole answer, numbers and words.",
);
/// Not port 25 (OP25B).
pub const LEAVE_25: Text = Text::fixed(
    "送信ポートが 25 なら 587 にし、SMTP 認証をオンにします。25 番は、回線の側で止められていることがよくあります。",
    "If the outgoing port is 25, set 587 and switch SMTP authentication on: many networks block port 25.",
);
/// What stands between program and server.
pub const NETWORK: Text = Text::fixed(
    "別の回線(スマートフォンのテザリングなど)で試し、ウイルス対策ソフトのメール検査も疑います。",
    "Try another network (a phone's, say), and suspect the mail check of a virus scanner.",
);
/// Too old for TLS 1.2.
pub const OLD_TLS: Text = Text::fixed(
    "Windows XP、Vista、7 の古いメールソフトは TLS 1.2 を使えないことがあります。その場合は、新しい PC かメールソフトに移ります。",
    "Old programs on Windows XP, Vista and 7 may lack TLS 1.2: then the way is a newer PC or program.",
);
