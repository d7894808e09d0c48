//! One person's letter: what stops, when, what to do step by step, whom to ask; for paper, and without script.

use super::person::{Change, End, Item, Manner, Person, Values, is_confirmed};
use crate::model::{Lang, Text, Until, until_text};
use crate::report::checks::{self, Check};
use crate::report::clean::clean;
use crate::report::html::STYLE;
use askama::Template;

const OWN_STYLE: &str = include_str!("../report/html/letter.css");

struct Fact {
    name: String,
    value: String,
}

struct Step {
    text: String,
    is_heading: bool,
}

struct Row {
    name: String,
    old: String,
    new: String,
}

struct CheckView {
    whose: String,
    step: String,
}

struct Part {
    heading: String,
    ends: Vec<String>,
    facts: Vec<Fact>,
    changes: Vec<Row>,
    steps: Vec<Step>,
    values: Vec<String>,
}

struct Words {
    setting: String,
    now: String,
    then: String,
    steps: String,
    last: String,
}

#[derive(Template)]
#[template(path = "letter.html")]
struct Letter {
    lang: &'static str,
    style: &'static str,
    own_style: &'static str,
    title: String,
    owner: Vec<Fact>,
    reason: String,
    /// What is to be known before any step.
    before: Option<String>,
    parts: Vec<Part>,
    words: Words,
    /// What is to be done when all is done, by the numbers of its steps.
    checks: Vec<Vec<CheckView>>,
    last: Vec<String>,
    version: &'static str,
}

/// The letter as a page by itself.
pub(super) fn render(person: &Person, manner: &Manner<'_>) -> String {
    let say = |ja: &'static str, en: &'static str| Text::fixed(ja, en).get(manner.lang).to_owned();
    let mut owner = Vec::new();
    for (name, value) in
        [(say("ユーザー", "user"), &person.user), (say("コンピューター", "computer"), &person.computer)]
    {
        if !value.is_empty() {
            owner.push(Fact { name, value: clean(value) });
        }
    }
    let numbers = (1..).zip(&person.items);
    let steps: Vec<(usize, &[Text])> =
        numbers.clone().map(|(number, item)| (number, item.steps.as_slice())).collect();
    let before = checks::shared(&steps);
    let shown = |text: &Text| clean(text.get(manner.lang));
    let is_several = person.items.len() > 1;
    let whose = |number: &usize| format!("[{number}]");
    let view = |check: &Check<'_>| CheckView {
        whose: check.whose.iter().map(whose).collect(),
        step: shown(check.step),
    };
    let checks = checks::checks(&steps);
    let checks = checks.chunk_by(|one, other| one.number == other.number);
    let checks: Vec<Vec<CheckView>> = checks.map(|same| same.iter().map(view).collect()).collect();
    let letter = Letter {
        lang: manner.lang.code(),
        style: STYLE,
        own_style: OWN_STYLE,
        title: say("メールソフトの設定の変更のお願い", "Please change the settings of your mail program"),
        owner,
        reason: reason(person).get(manner.lang).to_owned(),
        before: before.first().map(shown),
        parts: numbers
            .map(|(number, item)| {
                let part = part(item, before, manner);
                let heading = if is_several { format!("[{number}] {}", part.heading) } else { part.heading };
                Part { heading, ..part }
            })
            .collect(),
        words: Words {
            setting: say("設定", "setting"),
            now: say("今の値", "now"),
            then: say("変更後", "to be"),
            steps: say("手順", "What to do"),
            last: say("終わったら、また困ったときは", "When you are done, or stuck"),
        },
        last: last(!checks.is_empty(), manner),
        checks,
        version: env!("CARGO_PKG_VERSION"),
    };
    letter.render().unwrap_or_default()
}

fn reason(person: &Person) -> Text {
    let number = person.items.len();
    let accounts =
        if number == 1 { "this account needs".to_owned() } else { format!("these {number} accounts need") };
    Text::new(
        format!(
            "このパソコンのメールソフトの設定を調べたところ、次の {number} 件のメールアカウントに対応が必要です。ご自分で次の手順を行ってください。"
        ),
        format!(
            "The settings of the mail programs on this computer were looked at, and {accounts} something. Please go through the steps below yourself."
        ),
    )
}

fn part(item: &Item, before: &[Text], manner: &Manner<'_>) -> Part {
    let lang = manner.lang;
    let shown = |text: &Text| clean(text.get(lang));
    let fact = |ja: &'static str, en: &'static str, value: String| Fact {
        name: Text::fixed(ja, en).get(lang).to_owned(),
        value,
    };
    let mut facts = vec![
        fact("メールソフト", "mail program", clean(&item.client)),
        fact("アカウント", "account", clean(&item.account)),
    ];
    if let Some(server) = &item.server {
        let mut value = clean(server);
        if item.is_relayed {
            value +=
                Text::fixed(" (このパソコンの中のプログラム)", " (a program on this computer)").get(lang);
        } else if !is_confirmed(server, manner.policies) {
            let mark = Text::fixed(
                " (未確認: パソコンの設定から読み取った名前で、提供元の案内とは照合していません)",
                " (not confirmed: the name was read from the settings of the computer, and no provider's word was compared with it)",
            );
            value += mark.get(lang);
        }
        facts.push(fact("送信サーバー", "outgoing server", value));
    }
    let what = if item.is_change {
        Text::fixed("設定の変更が必要", "settings to change")
    } else {
        Text::fixed("設定の確認が必要", "settings to check")
    };
    Part {
        heading: format!("{}: {}", clean(&item.account), what.get(lang)),
        ends: ends(item, manner).iter().map(shown).collect(),
        facts,
        changes: item.changes.iter().map(|change| row(change, lang)).collect(),
        steps: checks::own(&item.steps, before)
            .iter()
            .map(|step| Step { text: shown(step), is_heading: step.is_heading() })
            .collect(),
        values: values(item, manner).iter().map(shown).collect(),
    }
}

fn row(Change { name, old, new }: &Change, lang: Lang) -> Row {
    let shown = |text: &Text| clean(text.get(lang));
    Row { name: shown(name), old: old.as_ref().map_or_else(|| "-".to_owned(), shown), new: shown(new) }
}

/// Whose word the values of the steps are, and what is to be looked at instead of values.
fn values(item: &Item, manner: &Manner<'_>) -> Vec<Text> {
    let relay = item.is_relayed.then_some(Text::fixed(
        "送信は、メールソフトではなく、このパソコンの中の別のプログラム(ウイルス対策ソフトや sendmail など)が行っています。そのプログラムに設定されている送信サーバー、ポート、SMTP認証を確かめてください。正しい値は、契約している提供元の案内によります。",
        "It isn't the mail program that sends but another program on this computer (an anti-virus or sendmail, for example). Look at the outgoing server, the port and SMTP-AUTH that are set there. Your provider's notice decides what they have to be.",
    ));
    let of_values = match &item.values {
        Values::None => None,
        Values::Usual => Some(Text::fixed(
            "手順にある値は一般的なものです。契約している提供元の案内に別の値があれば、案内の値を設定してください。",
            "The values in the steps are the usual ones. Where your provider's notice has others, the notice decides.",
        )),
        Values::Policy(hosts) if hosts.iter().all(|host| is_confirmed(host, manner.policies)) => {
            Some(Text::fixed(
                "設定する値は、提供元が案内しているものです。",
                "The values to be set are those that the provider asks for.",
            ))
        }
        Values::Policy(_) => Some(Text::fixed(
            "サーバーがこの提供元のものか確認できていません。手順の値が、契約している提供元の案内と違うときは、案内の値を設定してください。",
            "It isn't confirmed that the server is this provider's. Where your provider's notice has other values than the steps, the notice decides.",
        )),
    };
    relay.into_iter().chain(of_values).collect()
}

/// What stops, when; what is not known is said.
fn ends(item: &Item, manner: &Manner<'_>) -> Vec<Text> {
    if item.ends.is_empty() {
        let text = if item.is_change {
            Text::fixed(
                "このままでは、メールを送れなくなることがあります。いつからかは、契約している提供元の案内を確かめてください。",
                "Unless this is changed you may become unable to send mail. From when, your provider's notice tells.",
            )
        } else if item.is_relayed {
            Text::fixed(
                "別のプログラムが送信しているため、変更が必要かどうかはここからは分かりません。手順に従って確かめてください。",
                "Another program sends its mail, so it can't be told from here whether something has to be changed. Please check as the steps say.",
            )
        } else {
            Text::fixed(
                "設定をここから読み取れなかったため、変更が必要かどうか分かりません。手順に従って確かめてください。",
                "Its settings could not be read from here, so it isn't known whether they have to be changed. Please check as the steps say.",
            )
        };
        return vec![text];
    }
    item.ends.iter().map(|end| certain(*end, sentence(*end, manner))).collect()
}

/// The sentence, and that it holds only for one of the things that the account may be.
fn certain(end: End, text: Text) -> Text {
    if !end.is_possible {
        return text;
    }
    Text::new(
        format!("{}ただし、読み取れなかった設定によります。手順に従って確かめてください。", text.ja),
        format!(
            "{} But that depends on a setting that could not be read: please check as the steps say.",
            text.en
        ),
    )
}

fn sentence(End { until, is_receiving, is_inexact, .. }: End, manner: &Manner<'_>) -> Text {
    let (ja, en) = if is_receiving { ("受信でき", "receive") } else { ("送信でき", "send") };
    let is_over = until.last_day().is_none_or(|last| last < manner.day);
    if until == Until::Ended {
        return Text::new(
            format!("今の設定でメールを{ja}る期間は、すでに終わっています。"),
            format!("The time in which this account can {en} mail with its present settings is over."),
        );
    }
    let day = until_text(until);
    let (about_ja, about_en) = if is_inexact { ("(予定)", "about ") } else { ("", "") };
    if is_over {
        return Text::new(
            format!("今の設定でメールを{ja}るのは、{}{about_ja}まででした。", day.ja),
            format!("With its present settings this account could {en} mail until {about_en}{}.", day.en),
        );
    }
    Text::new(
        format!("今の設定でメールを{ja}るのは、{}{about_ja}までです。その後は{ja}なくなります。", day.ja),
        format!(
            "With its present settings this account can {en} mail until {about_en}{}, and not after that.",
            day.en
        ),
    )
}

/// `is_checked`: how to see that it works stands there already.
fn last(is_checked: bool, manner: &Manner<'_>) -> Vec<String> {
    let lines = [
        Text::fixed(
            "変更した後、自分あてにメールを1通送り、届くことを確かめてください。",
            "After the change, send a mail to yourself and see that it arrives.",
        ),
        Text::fixed(
            "メールソフトがパスワードを尋ねたら、そのアカウントのパスワードを入力します。この調査ではパスワードを読み取っておらず、この手紙にもありません。パスワードを電話やメールで尋ねられても、答えないでください。",
            "Where the mail program asks for a password, enter the one of that account. No password was read, and none is in this letter. Tell yours to nobody who asks for it by phone or mail.",
        ),
        match manner.contact {
            Some(contact) => Text::new(format!("お問い合わせ: {contact}"), format!("Whom to ask: {contact}")),
            None => Text::fixed(
                "分からないときは、変更せずに、この紙を持って社内のメール担当者、または契約している提供元に相談してください。",
                "If anything is unclear, change nothing, and take this sheet to the people who look after mail in your organisation, or ask your provider.",
            ),
        },
    ];
    lines.iter().skip(usize::from(is_checked)).map(|line| clean(line.get(manner.lang))).collect()
}
