//! The questions about what is no mail client. Their words are no labels: each maker has its own.

use super::{FILE, PANEL, PROGRAM, WEB};
use crate::clients::dialogue::any::{ENCRYPTION, PORT, SERVER};
use crate::clients::dialogue::question::{Answers, Dialogue, Meaning, Question, Topic};
use crate::clients::dialogue::words::{ADDRESS, AUTHENTICATES, DOES_NOT, IMAP, POP, SERVICE, choice};
use crate::model::{Auth, LogOnFirst, Text};

pub(in crate::clients) static DIALOGUE: Dialogue = Dialogue {
    client: "device",
    is_of_screens: false,
    edition: Some(super::ANY),
    notes: &[],
    questions: &[NAME, PLACE, ADDRESS, INCOMING, AUTHENTICATION, SERVER, PORT, ENCRYPTION],
};

const NAME: Question = Question {
    topic: Topic::Name,
    screen: None,
    text: Text::fixed(
        "調べる機器やソフトの名前は何ですか (「複合機 3 階」「FileMaker」など)。省略できます。",
        "What is the device or program called (\"printer, 3rd floor\", \"FileMaker\" or the like)? It may be left out.",
    ),
    label: Text::fixed("機器やソフトの名前", "name of the device or program"),
    kind: Answers::Label,
    help: Text::fixed(
        "60 文字までの、後で見て分かる名前です。結果をほかの機器と区別するために使います。入力せずに Enter を押してもかまいません。",
        "Any name of at most 60 characters that tells you later which one it is. You may just press Enter.",
    ),
};

const PLACE: Question = Question {
    topic: Topic::Place,
    screen: None,
    text: Text::fixed("メール送信の設定はどこにありますか。", "Where are its settings for sending mail?"),
    label: Text::fixed("設定の場所", "place of its settings"),
    kind: Answers::Choice(&[
        choice(
            "panel",
            Text::fixed("機器の操作パネル", "at the device's own panel"),
            &[Meaning::Edition(PANEL)],
        ),
        choice(
            "web",
            Text::fixed("ブラウザーで開く機器の管理ページ", "on the device's page in a browser"),
            &[Meaning::Edition(WEB)],
        ),
        choice(
            "program",
            Text::fixed("ソフトの設定画面 (FileMaker など)", "in a program's window (FileMaker or the like)"),
            &[Meaning::Edition(PROGRAM)],
        ),
        choice(
            "file",
            Text::fixed("設定ファイル、スクリプト、データベース", "in a file, a script or a database"),
            &[Meaning::Edition(FILE)],
        ),
    ]),
    help: Text::fixed(
        "複合機や NAS、監視カメラなどでは、操作パネルの管理者用の設定か、ブラウザーで開く管理ページの「メール」「SMTP」「通知」などの項目です。保守会社が設定していることもあります。",
        "Of a printer, a storage box or a camera it is among the administrator's settings at the panel, or on its page in a browser under \"mail\", \"SMTP\" or \"notification\". The dealer may have set it.",
    ),
};

const INCOMING: Question = Question {
    topic: Topic::Incoming,
    screen: Some(Text::fixed(
        "メール送信 (SMTP) の設定を開きます。",
        "Open the settings for sending mail (SMTP).",
    )),
    text: Text::fixed("メールの受信もしますか。", "Does it receive mail, too?"),
    label: Text::fixed("受信の方式", "incoming protocol"),
    kind: Answers::Choice(&[
        choice("none", Text::fixed("受信しない (送信だけ)", "It does not: it only sends"), &[]),
        choice("pop3", Text::fixed("POP で受信する", "It does, by POP"), POP),
        choice("imap", Text::fixed("IMAP で受信する", "It does, by IMAP"), IMAP),
        choice(
            "other",
            Text::fixed(
                "送信サーバーの欄がなく、メーカーなどのサービスを通して送る",
                "There is no field for an outgoing server: it sends through a service of its maker or the like",
            ),
            SERVICE,
        ),
    ]),
    help: Text::fixed(
        "スキャンの送信や通知のメールだけなら 1 です。POP before SMTP のためだけの受信サーバーの設定は、受信に数えません。",
        "If it only sends scans or notices, answer 1. An incoming server that is set for POP before SMTP alone doesn't count.",
    ),
};

const AUTHENTICATION: Question = Question {
    topic: Topic::Auth,
    screen: None,
    text: Text::fixed("送信時の認証はどうなっていますか。", "How does it authenticate when it sends?"),
    label: Text::fixed("送信時の認証", "authentication for sending"),
    kind: Answers::Choice(&[
        choice(
            "none",
            Text::fixed(
                "認証しない (オフ、設定項目がない、ユーザー名が空欄)",
                "Not at all (off, there is no such setting, or the user name is empty)",
            ),
            DOES_NOT,
        ),
        choice(
            "smtp-auth",
            Text::fixed("SMTP認証 (SMTP-AUTH)", "SMTP authentication (SMTP-AUTH)"),
            AUTHENTICATES,
        ),
        choice(
            "log-on-first",
            Text::fixed("POP before SMTP", "POP before SMTP"),
            &[Meaning::Auth(Auth::None), Meaning::LogOnFirst(LogOnFirst::On)],
        ),
    ]),
    help: Text::fixed(
        "「認証方式」「SMTP認証」「POP before SMTP」などの項目です。認証しない機器でも、同じ事業所の PC が受信した後は送信できるため、送れていても認証しているとは限りません。",
        "It is called \"authentication method\", \"SMTP authentication\", \"POP before SMTP\" or the like. A device without it can send after a PC in the same office has received: that it sends does not tell that it authenticates.",
    ),
};
