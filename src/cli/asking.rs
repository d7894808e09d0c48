//! `ask`: the dialogue at the terminal, or the answers from a file; then a report like that of a scan.

use super::arguments::{AskArgs, Format};
use super::localize::usage;
use super::output::{Sink, prompt, say};
use super::policies::rules;
use super::publish::Form;
use super::redaction;
use super::stop::Stop;
use crate::ask::reply::{NO, YES};
use crate::ask::talk::{Heard, Talk};
use crate::ask::{Manner, Subject, answers};
use crate::clients::CLIENTS;
use crate::clients::dialogue::question::{Answers, Question};
use crate::formats::encodings::decode;
use crate::model::{Lang, Text};
use crate::report::blocks::wrap;
use crate::report::clean::clean;
use crate::report::v1::earlier::{self, EarlierFinding, NoReport};
use crate::scan::without_owner;
use crate::source::system::{MAX_FILE, read_file};
use std::collections::BTreeSet;
use std::io::{self, BufRead, IsTerminal, Read};
use std::path::Path;

/// Asks, judges and reports.
pub(super) fn run(args: &AskArgs, lang: Lang) -> u8 {
    let form = Form::of_answers(args, lang);
    ask(args, &form).unwrap_or_else(|stop| stop.tell(Some(form.format), lang))
}

fn ask(args: &AskArgs, form: &Form) -> Result<u8, Stop> {
    let lang = form.lang;
    let wrong = |message: Text, stop| {
        usage(message.get(lang), lang);
        stop
    };
    let subject = subject(args).map_err(|message| wrong(message, Stop::Answers))?;
    let mask = redaction::mask(&args.redaction, lang)?;
    let (rules, left_out) = rules(&args.judging, args.no_steps, lang)?;
    // Before the dialogue, so that it does not end in a path that can't be written.
    let sink = form.open()?;
    let (talk, sink) = match &args.answers {
        Some(path) => (
            from_file(path, subject.talk(), args.quiet, lang)
                .map_err(|message| wrong(message, Stop::Answers))?,
            Some(sink),
        ),
        None if args.quiet || form.format == Format::Intune => return Err(wrong(QUIET, Stop::Usage)),
        None if !io::stdin().is_terminal() || !io::stderr().is_terminal() => {
            return Err(wrong(NO_TERMINAL, Stop::Usage));
        }
        None => {
            // A person may end the program at any question: nothing is left behind meanwhile.
            let sink = Some(sink).filter(|sink| !matches!(sink, Sink::File { .. }));
            let talk = hold(&subject, mask.is_none(), lang).ok_or_else(|| {
                say(ENDED.get(lang));
                Stop::Answers
            })?;
            (talk, sink)
        }
    };
    let sink = sink.map_or_else(|| form.open(), Ok)?;
    let manner = Manner { lang, rules };
    let mut report = subject.report(&talk, &manner);
    report.issues.extend(left_out.into_iter().map(without_owner));
    if let Some(mask) = mask {
        mask.report(&mut report);
    }
    Ok(form.publish(&report, sink))
}

const QUIET: Text = Text::fixed(
    "--quiet や --format intune では質問を表示できません。--answers で答えのファイルを指定してください。",
    "with --quiet or --format intune no question can be shown: give a file of answers with --answers",
);
const NO_TERMINAL: Text = Text::fixed(
    "質問を表示して答えを入力する端末がありません。--answers で答えのファイルを指定してください。",
    "there is no terminal for questions and answers: give a file of answers with --answers",
);
const ENDED: Text = Text::fixed(
    "\n中止しました。結果はありません。",
    "\nEnded before the last question: there is no result.",
);

fn subject(args: &AskArgs) -> Result<Subject, Text> {
    let unknown = || {
        let id = clean(&args.client);
        Text::new(format!("不明なメールソフト: {id}"), format!("unknown client: {id}"))
    };
    let client = CLIENTS.iter().find(|client| client.id == args.client).ok_or_else(unknown)?;
    let (Some(path), Some(id)) = (&args.report, &args.finding) else {
        return Ok(Subject { client, earlier: None, computer: args.computer.clone() });
    };
    let mut found = read_report(path)?;
    found.retain(|finding| finding.id.eq_ignore_ascii_case(id));
    let finding = match (of_computer(found, args.computer.as_deref())?, &args.computer) {
        (Some(finding), _) => finding,
        (None, computer) => return Err(no_account(path, id, computer.as_deref())),
    };
    if finding.client != client.id {
        return Err(other_client(&finding, client.id));
    }
    Ok(Subject { client, computer: finding.computer.clone(), earlier: Some(finding) })
}

/// Of findings with the same id the one of this computer. Without a name it has to be clear which is meant.
fn of_computer(found: Vec<EarlierFinding>, asked: Option<&str>) -> Result<Option<EarlierFinding>, Text> {
    let folded = |name: Option<&str>| name.map(str::to_lowercase);
    let names: BTreeSet<Option<String>> =
        found.iter().map(|finding| folded(finding.computer.as_deref())).collect();
    let wanted = match asked {
        None if names.len() == 1 => names.first().cloned().flatten(),
        // What no computer is known of can't be asked for by one.
        asked => folded(asked),
    };
    if asked.is_none() && !found.is_empty() && !names.contains(&wanted) {
        let names: Vec<String> = names.iter().flatten().map(|name| clean(name)).collect();
        return Err(Text::new(
            format!(
                "この id のアカウントは複数のコンピューターにあります。--computer で指定してください: {}",
                names.join("、")
            ),
            format!(
                "several computers have an account with this id: give one with --computer ({})",
                names.join(", ")
            ),
        ));
    }
    Ok(found.into_iter().find(|finding| folded(finding.computer.as_deref()) == wanted))
}

fn no_account(path: &Path, id: &str, computer: Option<&str>) -> Text {
    let (place, id) = (clean(&path.display().to_string()), clean(id));
    match computer.map(clean) {
        None => Text::new(
            format!("{place} に id が {id} のアカウントはありません。"),
            format!("{place} holds no account with the id {id}"),
        ),
        Some(computer) => Text::new(
            format!("{place} に、{computer} の id が {id} のアカウントはありません。"),
            format!("{place} holds no account of {computer} with the id {id}"),
        ),
    }
}

fn other_client(finding: &EarlierFinding, asked: &str) -> Text {
    let (client, id) = (clean(&finding.client), clean(&finding.id));
    Text::new(
        format!("{id} は {asked} ではなく {client} のアカウントです。ask {client} としてください。"),
        format!("{id} is an account of {client}, not of {asked}: use ask {client}"),
    )
}

pub(super) fn read_report(path: &Path) -> Result<Vec<EarlierFinding>, Text> {
    let place = clean(&path.display().to_string());
    earlier::read(&decode(&read(path)?)).map_err(|error| match error {
        NoReport::NotJson(line, column) => Text::new(
            format!("{place} は JSON ではありません ({line}:{column})。--format json で書いた結果を指定してください。"),
            format!("{place} is not JSON ({line}:{column}): give a result that was written with --format json"),
        ),
        NoReport::OtherSchema => Text::new(
            format!("{place} は、このプログラムの --format json または jsonl の結果 (v1) ではありません。"),
            format!("{place} is no result (v1) of this program's --format json or jsonl"),
        ),
    })
}

fn read(path: &Path) -> Result<Vec<u8>, Text> {
    read_file(path, MAX_FILE).map_err(|problem| {
        let place = clean(&problem.place.to_string());
        Text::new(format!("{place}: {}", problem.message.ja), format!("{place}: {}", problem.message.en))
    })
}

fn from_file(path: &Path, talk: Talk, is_quiet: bool, lang: Lang) -> Result<Talk, Text> {
    let place = clean(&path.display().to_string());
    let text = decode(&read(path)?);
    let talk = answers::answer(talk, &text).map_err(|wrong| {
        let message = wrong.message();
        Text::new(format!("{place}: {}", message.ja), format!("{place}: {}", message.en))
    })?;
    let left_out = answers::left_out(&talk, &text).join(", ");
    if !left_out.is_empty() && !is_quiet {
        let message = Text::new(
            format!("次の答えは、ほかの答えで判定が決まるため使いませんでした: {left_out}"),
            format!("answers that were not used, as the others decide: {left_out}"),
        );
        say(&wrap("", message.get(lang)).join("\n"));
    }
    Ok(talk)
}

/// Longer lines are no answers; what is too much of one is the next, and is not understood either.
const LONGEST_LINE: u64 = 4096;

/// Asks until the last question; `None` if the input ends before.
fn hold(subject: &Subject, names_account: bool, lang: Lang) -> Option<Talk> {
    introduce(subject, names_account, lang);
    let mut talk = subject.talk();
    let mut is_new = true;
    while let Some(question) = talk.question() {
        if is_new {
            show(&talk, question, lang);
        }
        prompt(&hint(&talk, question, lang));
        let mut line = Vec::new();
        match io::stdin().lock().take(LONGEST_LINE).read_until(b'\n', &mut line) {
            Ok(0) => return None,
            Ok(_) => {}
            // What a console can't give as text is not understood.
            Err(error) if error.kind() == io::ErrorKind::InvalidData => line.push(b'\x1A'),
            Err(_) => return None,
        }
        let heard;
        (talk, heard) = talk.hear(&decode(&line));
        is_new = heard == Heard::Fine;
        let said: &[&Text] = match heard {
            Heard::Fine => &[],
            Heard::Explain => &[&question.help, &ONCE_MORE],
            Heard::First => &[&FIRST],
            // What can be left out is easily mistyped: its help says what it looks like.
            Heard::NotUnderstood if question.kind.may_be_left_out() => &[&NOT_UNDERSTOOD, &question.help],
            Heard::NotUnderstood => &[&NOT_UNDERSTOOD],
        };
        for text in said {
            say(&wrap(INDENT, text.get(lang)).join("\n"));
        }
    }
    say("");
    Some(talk)
}

const INDENT: &str = "    ";
const FIRST: Text = Text::fixed("これが最初の質問です。", "This is the first question.");
const NOT_UNDERSTOOD: Text = Text::fixed(
    "答えとして読み取れませんでした(入力は保存していません)。",
    "That was not understood as an answer; it is not kept.",
);
const ONCE_MORE: Text = Text::fixed(
    "それでも分からなければ、もう一度 ? と答えてください。",
    "If you still can't tell, answer ? once more.",
);
const KEYS: Text = Text::fixed(
    "y = はい、n = いいえ、? = 分からない・見つからない、back (戻る) = 前の質問",
    "y = yes, n = no, ? = don't know or can't find it, back = the question before",
);
const NO_PASSWORD: Text = Text::fixed(
    "パスワードは聞きません。入力しないでください。中止は Ctrl+C です。",
    "You are never asked for a password: do not type one. Ctrl+C ends the dialogue.",
);

fn introduce(subject: &Subject, names_account: bool, lang: Lang) {
    let earlier = subject.earlier.as_ref().filter(|_| names_account);
    let name = earlier.map_or(subject.client.name, |earlier| &earlier.client_name);
    let account = earlier.map(|earlier| earlier.account.as_str());
    let what = account.map_or_else(|| clean(name), |account| clean(&format!("{name}: {account}")));
    let head = if subject.dialogue().is_of_screens {
        Text::new(
            format!("{what} の送信の設定を、画面の順に質問します。"),
            format!("Questions about how {what} sends, in the order of its screens."),
        )
    } else {
        Text::new(
            format!("{what} の送信の設定を質問します。項目の名前は、実際の画面では少し違うことがあります。"),
            format!("Questions about how {what} sends. Its screens may have other words for the same."),
        )
    };
    for text in [&head, &KEYS, &NO_PASSWORD] {
        say(&wrap("", text.get(lang)).join("\n"));
    }
}

fn show(talk: &Talk, question: &Question, lang: Lang) {
    let mut head = format!("{:>2}. ", talk.number());
    let mut lines = vec![String::new()];
    for text in question.screen.iter().chain([&question.text]) {
        lines.extend(wrap(&head, text.get(lang)));
        INDENT.clone_into(&mut head);
    }
    if let Answers::Choice(choices) = &question.kind {
        for (at, choice) in choices.iter().enumerate() {
            lines.extend(wrap(&format!("{INDENT}  {} = ", at + 1), choice.label.get(lang)));
        }
    }
    say(&lines.join("\n"));
}

/// What may be typed, in front of where it is typed.
fn hint(talk: &Talk, question: &Question, lang: Lang) -> String {
    let word = |ja: &'static str, en: &'static str| Text::fixed(ja, en).get(lang).to_owned();
    let mut words = match &question.kind {
        Answers::YesNo { .. } => vec![format!("y ({})", YES.get(lang)), format!("n ({})", NO.get(lang))],
        Answers::Choice(choices) => (1..=choices.len()).map(|number| number.to_string()).collect(),
        Answers::Port { .. } => vec![word("番号", "number")],
        Answers::Host => vec![word("サーバー名", "server"), word("Enter で省略", "Enter to leave out")],
        Answers::Label => vec![word("名前", "name"), word("Enter で省略", "Enter to leave out")],
        Answers::Address => vec![word("アドレス", "address"), word("Enter で省略", "Enter to leave out")],
    };
    words.push("?".to_owned());
    if !talk.given().is_empty() {
        words.push("back".to_owned());
    }
    format!("{INDENT}[{}] > ", words.join(" / "))
}
