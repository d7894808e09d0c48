//! Encryption that doesn't come about: versions of TLS that a server no longer takes, and handshakes that fail.

use crate::clients::errors::next::{DEVICE, ENCRYPT, LOOK, NETWORK, OLD_TLS, TELL};
use crate::model::Sign::{Number, Reply, Status, Words};
use crate::model::{Refusal, Text};

/// TLS.
pub(super) const ENCRYPTION: &[Refusal] = &[
    Refusal {
        name: Text::fixed(
            "TLS が古い (TLS 1.0 and 1.1 are not supported)",
            "TLS is too old (TLS 1.0 and 1.1 are not supported)",
        ),
        signs: &[
            &[Status(4, 7, 66)],
            &[Reply(421), Status(4, 7, 66)],
            &[Words("TLS 1.0 and 1.1 are not supported")],
            &[Words("client to support TLS 1.2")],
        ],
        with: &[Reply(421), Reply(451), Status(4, 7, 66), Words("client to support TLS 1.2")],
        says: Text::fixed(
            "古い暗号化(TLS 1.0、1.1)では接続できません。TLS 1.2 以降が必要です。",
            "The server takes no connection with TLS 1.0 or 1.1: it wants 1.2 or later.",
        ),
        means: Text::fixed(
            "一時的なものではなく、待っても送れません。このメールソフト、複合機、または Windows が古く、TLS 1.2 を使えません。パスワードや SMTP 認証の問題ではありません。",
            "It doesn't pass: this program, printer or Windows is too old for TLS 1.2. Neither the password nor SMTP authentication is wrong.",
        ),
        steps: &[OLD_TLS, DEVICE, TELL],
        source: "techcommunity.microsoft.com, New opt-in endpoint available for SMTP AUTH clients still needing legacy TLS (2659652; 2021-08-18); cubesys.com.au; m365scripts.com",
    },
    Refusal {
        name: Text::fixed(
            "暗号化の開始に失敗 (TLS handshake failed)",
            "the encryption can't begin (TLS handshake failed)",
        ),
        signs: &[
            &[Words("handshake failed")],
            &[Words("handshake failure")],
            &[Words("handshake has failed")],
            &[Words("ハンドシェイク"), Words("失敗")],
        ],
        with: &[Reply(454), Number(0x800C_CC1A), Number(0x800C_CC7D), Number(0x800C_CC7F)],
        says: Text::fixed("暗号化した接続を始められません。", "The encrypted connection can't begin."),
        means: Text::fixed(
            "ポートと暗号化の組み合わせが違うか、証明書を確かめられないか、どちらかの TLS が古すぎます。認証まで進んでいないので、パスワードの問題ではありません。",
            "Port and encryption don't fit each other, the certificate can't be checked, or one side's TLS is too old. It doesn't get as far as the password.",
        ),
        steps: &[ENCRYPT, OLD_TLS, NETWORK, LOOK],
        source: "RFC 8446, 6.2 (handshake_failure); reviewmyemails.com, SSL/TLS handshake failures; borncity.com (2025-02); kmeys.com",
    },
];
