//! Why something is not written: each reason with its code and its sentence.

use crate::formats::edit::Unfit;
use crate::model::{Obstacle, Place, Text};

const fn fixed(code: &'static str, ja: &'static str, en: &'static str) -> Obstacle {
    Obstacle { code, text: Text::fixed(ja, en) }
}

pub(super) const NOT_LIVE: Obstacle = fixed(
    "not-live",
    "指定したフォルダーやファイルの設定は書き換えません。利用者自身が、そのパソコンで実行してください。",
    "what a PATH holds is not written: its owner has to run this, on that PC",
);
pub(super) const STEPS_ONLY: Obstacle = fixed(
    "steps-only",
    "このメールソフトの設定は書き換えません。手順に従って画面で変更してください。",
    "settings of this mail client are not written: change them in its dialog, by the steps",
);
pub(super) const NOT_TRIED: Obstacle = fixed(
    "not-tried",
    "書き換えた設定を実際のソフトが使うことをまだ確かめていません (--unverified で書き換えます)。",
    "that the real program uses what is written was not seen yet; --unverified writes it all the same",
);
pub(super) const NO_POLICY: Obstacle = fixed(
    "no-policy",
    "このサーバーについて、プロバイダーの求める設定を示すポリシーがありません (--policy)。",
    "no policy says what the provider of this server wants (--policy)",
);
pub(super) const RECEIVING: Obstacle = fixed(
    "receiving",
    "変更が必要なのは受信の設定です。受信の設定は書き換えません。",
    "what has to change is how it receives, which is not written",
);
pub(super) const NOTHING: Obstacle =
    fixed("nothing-to-set", "書き換えるべき値が決まりません。", "there are no certain values to write");
pub(super) const SERVER: Obstacle = fixed(
    "server",
    "送信サーバーの変更が必要です。サーバー名は --change-server を付けたときだけ書き換えます。",
    "the outgoing server has to change: its name is written only with --change-server",
);
pub(super) const STRANGE_SERVER: Obstacle = fixed(
    "strange-server",
    "新しい送信サーバーのドメインが、現在のサーバーともアドレスとも異なります。",
    "the new server shares its domain with neither the present one nor the address",
);
pub(super) const OTHER_DOMAIN: Obstacle = fixed(
    "other-domain",
    "送信サーバーと受信サーバーのドメインが異なります。保存されているパスワードが別の会社に送られるおそれがあるため、SMTP認証を有効にしません。",
    "outgoing and incoming server are of different domains: SMTP-AUTH is not turned on, since the stored password could go to somebody else",
);
pub(super) const IN_CLEAR: Obstacle = fixed(
    "in-clear",
    "パスワードが暗号化なしで送られることになります。受信も暗号化なしの場合のほかは、変更しません。",
    "the password would go out in the clear: not changed unless it does so already when receiving",
);
pub(super) const TLS_ON_587: Obstacle = fixed(
    "tls-on-587",
    "ポート 587 と最初からの TLS は組み合わせません。",
    "port 587 is never combined with TLS from the start",
);
pub(super) const RUNNING: Obstacle = fixed(
    "running",
    "メールソフトが動いています。終了してからもう一度実行してください。",
    "the mail client is running: close it and try again",
);
/// No process of its name is seen, and its lock is not to be had all the same.
pub(super) const HELD: Obstacle = fixed(
    "running",
    "メールソフトのロックを取れません。別の名前で動いているか、ほかの利用者のものが同じ場所にあるか、フォルダーに書き込めません。終了してもこの表示が続くときは、手順に従って画面で変更してください。",
    "the mail client's lock can't be had: it runs under another name, or something of another user is in the place, or the folder can't be written; close it, and if this stays, change the settings by the steps",
);
pub(super) const STARTED: Obstacle = fixed(
    "started",
    "途中でメールソフトが起動されました。終了してからもう一度実行してください。",
    "the mail client was started meanwhile: close it and try again",
);
pub(super) const UNFINISHED: Obstacle = fixed(
    "unfinished",
    "この設定には、途中で止まった変更があります。先に undo で元に戻してください。",
    "an earlier change of these settings is unfinished: take it back with `undo` first",
);
pub(super) const NO_JOURNAL: Obstacle = fixed(
    "no-journal",
    "元に戻すための記録を書けないため、変更しません。",
    "the record for taking it back can't be written, so nothing is changed",
);
pub(super) const PASSWORD: Obstacle = fixed(
    "password-needed",
    "変更後にパスワードの入力が必要になる可能性があるため、画面の前に人がいるときだけ変更します。",
    "a password may have to be typed afterwards: only changed while somebody is at the screen",
);
pub(super) const NOT_ALLOWED: Obstacle = fixed(
    "not-allowed",
    "管理者が自動の変更を許可していません。",
    "an administrator has not allowed unattended changes",
);
pub(super) const NOT_YET: Obstacle = fixed(
    "not-yet",
    "プロバイダーの定めた開始日 (ポリシーの from) の前は、画面の前に人がいるときだけ変更します。",
    "the provider's day for it (`from` of the policy) has not come: only changed while somebody is at the screen",
);
pub(super) const NOT_BETTER: Obstacle = fixed(
    "not-better",
    "書き換えても期待した結果になりませんでした。",
    "what was written did not have the expected effect",
);

pub(super) const LINK: Obstacle =
    fixed("link", "途中にリンクがあるため書き換えません。", "there is a link on the way to it");

/// Locked, or set anew at each start.
pub(super) fn set_elsewhere(place: &Place) -> Obstacle {
    Obstacle {
        code: "set-elsewhere",
        text: Text::new(
            format!("{place} で決められているため、ここで書き換えても効きません。"),
            format!("{place} decides it: what is written here has no effect"),
        ),
    }
}

/// The client says why not.
pub(super) fn by_hand(why: Text) -> Obstacle {
    Obstacle { code: "by-hand", text: why }
}

/// Another account on the same server that wants something else.
pub(super) fn others(account: &str) -> Obstacle {
    Obstacle {
        code: "others",
        text: Text::new(
            format!("同じ送信サーバーの設定を使う {account} には、別の設定が求められています。"),
            format!("{account} uses the same settings, and something else is asked of it"),
        ),
    }
}

/// A probe of this run had no answer from the port.
pub(super) fn blocked(port: &str) -> Obstacle {
    Obstacle {
        code: "blocked",
        text: Text::new(
            format!("ポート {port} はここから応答がありません。"),
            format!("port {port} gives no answer from here"),
        ),
    }
}

/// The file is not as it should be.
pub(super) fn file(why: Text) -> Obstacle {
    Obstacle { code: "file", text: why }
}

/// The text in it is not.
pub(super) fn unfit(why: Unfit) -> Obstacle {
    let (code, ja, en) = match why {
        Unfit::NotAsRead => (
            "changed-meanwhile",
            "読み取ったときと値が変わっています。",
            "what stands there is not what was read",
        ),
        Unfit::Twice => ("twice", "同じ設定が2か所にあります。", "the setting stands there more than once"),
        Unfit::NoSection => {
            ("not-there", "アカウントの設定が見つかりません。", "the account's settings are not there")
        }
        Unfit::Damaged => ("damaged", "ファイルが壊れています。", "the file is damaged"),
        Unfit::Unusual => (
            "unusual",
            "ファイルの書き方が通常と異なるため、安全に書き換えられません。",
            "the file is written in an unusual way, and can't be changed safely",
        ),
    };
    fixed(code, ja, en)
}
