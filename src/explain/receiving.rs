//! Servers that refuse the log-on for receiving.

use crate::clients::errors::next::{LOOK, PASSWORD, TELL, USER_NAME, WAIT};
use crate::model::Sign::{Number, Words};
use crate::model::{Refusal, Text};

/// POP and IMAP.
pub(super) const RECEIVING: &[Refusal] = &[
    Refusal {
        name: Text::fixed(
            "受信の認証の失敗 (POP: -ERR [AUTH]、IMAP: NO [AUTHENTICATIONFAILED])",
            "the log-on for receiving fails (POP: -ERR [AUTH], IMAP: NO [AUTHENTICATIONFAILED])",
        ),
        signs: &[
            &[Words("-ERR [AUTH]")],
            &[Words("[AUTHENTICATIONFAILED]")],
            &[Words("-ERR authorization failed")],
            &[Words("-ERR authentication failed")],
            &[Words("-ERR invalid password")],
        ],
        with: &[Number(0x800C_CC90), Number(0x800C_CC91), Number(0x800C_CC92)],
        says: Text::fixed(
            "受信サーバーが、ユーザー名とパスワードの組み合わせを受け付けません。",
            "The incoming server doesn't accept this user name with this password.",
        ),
        means: Text::fixed(
            "受信の問題です。POP before SMTP のアカウントは、受信できなければ送信もできません。APOP やパスワードでの認証の終了が理由のこともあります。",
            "This is about receiving. An account that uses POP-before-SMTP can't send either while it can't receive. The reason may be the end of APOP, or of passwords.",
        ),
        steps: &[PASSWORD, USER_NAME, LOOK],
        source: "RFC 3206, 5; RFC 5530, 3; faq.support.nifty.com/?p=4076",
    },
    Refusal {
        name: Text::fixed(
            "受信サーバーの一時的な障害 (-ERR [SYS/TEMP]、[UNAVAILABLE])",
            "a passing trouble of the incoming server (-ERR [SYS/TEMP], [UNAVAILABLE])",
        ),
        signs: &[&[Words("-ERR [SYS/")], &[Words("NO [UNAVAILABLE]")]],
        with: &[Number(0x800C_CC90)],
        says: Text::fixed(
            "サーバー側の事情で、今は認証できません。",
            "The server can't check the log-on now, for reasons of its own.",
        ),
        means: Text::fixed("パスワードの間違いではありません。", "The password isn't wrong."),
        steps: &[WAIT, TELL],
        source: "RFC 3206, 4; RFC 5530, 3",
    },
    Refusal {
        name: Text::fixed(
            "受信にも暗号化が必要 ([PRIVACYREQUIRED])",
            "receiving needs encryption, too ([PRIVACYREQUIRED])",
        ),
        signs: &[&[Words("[PRIVACYREQUIRED]")]],
        with: &[],
        says: Text::fixed(
            "暗号化していない接続では、ログインを受け付けません。",
            "The server takes no log-on on a connection in the clear.",
        ),
        means: Text::fixed(
            "受信の暗号化が「なし」です。送信の側も、同じように求められることがよくあります。",
            "Encryption for receiving is off. Sending is mostly meant, too.",
        ),
        steps: &[
            Text::fixed(
                "受信サーバーの暗号化を、案内に合わせます(普通は、IMAP なら SSL/TLS でポート 993、POP なら 995)。",
                "Set the encryption of the incoming server as the provider tells it (usually SSL/TLS, with port 993 for IMAP and 995 for POP).",
            ),
            LOOK,
        ],
        source: "RFC 5530, 3; RFC 8314, 3",
    },
];
