//! The words of msmtp's dialogs for signing in and for receiving.
//!
//! msmtp(1): auth with its methods. It only sends.

use crate::clients::steps::login::{NONE, SignIn};
use crate::model::{Auth, Text};

pub(super) static SIGN_IN: SignIn = SignIn {
    on: Text::fixed("「auth on」の行を書きます。", "Write the line \"auth on\"."),
    user: Text::fixed("「user」の行", "the line \"user\""),
    password: Text::fixed(
        "「passwordeval」または「password」の行",
        "the line \"passwordeval\" or \"password\"",
    ),
    label: NONE,
    methods: &[
        (Auth::Password, Text::fixed("「auth plain」の行を書きます。", "Write the line \"auth plain\".")),
        (
            Auth::EncryptedPassword,
            Text::fixed("「auth cram-md5」の行を書きます。", "Write the line \"auth cram-md5\"."),
        ),
        (Auth::Kerberos, Text::fixed("「auth gssapi」の行を書きます。", "Write the line \"auth gssapi\".")),
        (Auth::Spa, Text::fixed("「auth ntlm」の行を書きます。", "Write the line \"auth ntlm\".")),
        (
            Auth::Certificate,
            Text::fixed("「auth external」の行を書きます。", "Write the line \"auth external\"."),
        ),
        (Auth::OAuth2, Text::fixed("「auth xoauth2」の行を書きます。", "Write the line \"auth xoauth2\".")),
    ],
};
