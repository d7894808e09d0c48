//! The texts of the help that are written as a whole: the usage, and the short help, which is one screen.

use crate::model::{Lang, Text};

/// The commands of this build.
pub(super) const COMMANDS: &[&str] = &[
    "scan",
    "ask",
    "steps",
    "clients",
    "policies",
    "collect",
    "fleet",
    "explain-error",
    #[cfg(feature = "fix")]
    "fix",
    #[cfg(feature = "fix")]
    "undo",
    #[cfg(feature = "probe")]
    "probe",
    "schema",
    "completions",
    "man",
];
/// What stands in a text for the command that not every build has.
const PROBE: &str = "{probe}";
/// Likewise, for changing settings.
const FIX: &str = "{fix}";
const USAGE_EN: &str = "smtp-auth-audit [scan] [OPTIONS] [PATH]...
       smtp-auth-audit ask CLIENT [--finding ID --report FILE]
       smtp-auth-audit steps [CLIENT...] [--policy FILE]
       smtp-auth-audit clients [--policy FILE]
       smtp-auth-audit policies [check FILE...]
       smtp-auth-audit collect DIR [PATH]... [--all-users]
       smtp-auth-audit fleet REPORT... [OPTIONS]
{probe}{fix}       smtp-auth-audit explain-error TEXT
       smtp-auth-audit schema | completions SHELL | man";
const USAGE_JA: &str = "smtp-auth-audit [scan] [オプション] [PATH]...
        smtp-auth-audit ask CLIENT [--finding ID --report FILE]
        smtp-auth-audit steps [CLIENT...] [--policy FILE]
        smtp-auth-audit clients [--policy FILE]
        smtp-auth-audit policies [check FILE...]
        smtp-auth-audit collect DIR [PATH]... [--all-users]
        smtp-auth-audit fleet REPORT... [オプション]
{probe}{fix}        smtp-auth-audit explain-error TEXT
        smtp-auth-audit schema | completions SHELL | man";
/// What the program does.
pub(super) const ABOUT_JA: &str = "すべてのメールソフトのアカウントを探し、送信時の認証方法(POP before SMTP なら要変更、または SMTP 認証)を報告します。パスワードを読み出したり、保存・表示したりすることはありません。";
/// Below the help.
pub(super) const EXIT_CODES_JA: &str = "終了コード: 0 変更不要、1 要変更のアカウントあり、2 使い方の誤りまたは結果を書けない、3 要確認のアカウントまたは読み取れないものあり";

/// What most people need, on one screen.
const SHORT_HELP: Text = Text::fixed(
    "\
メールアカウントを探し、送信時の認証方法を報告します(POP before SMTP は要変更)。
パスワードを読み出したり、保存・表示したりすることはありません。

使い方: smtp-auth-audit [オプション] [PATH]...   このコンピューター、または PATH
        smtp-auth-audit コマンド ...

  scan           アカウントを探す(コマンド省略時)
  ask CLIENT     読み取れないもの(スマートフォン、複合機など)を質問で確認
  steps CLIENT   そのメールソフトの変更手順を表示
  clients        対応しているメールソフトの一覧
  explain-error  エラーの文の意味と、次にすること
{probe}{fix}  collect, fleet, policies  別の PC で調べる、報告をまとめる、プロバイダーの設定

  --all-users      このコンピューターのすべてのユーザー
  --format html --output FILE   ブラウザーで見るページ(印刷用の手順書つき)
  --explain        読み取った値と、判定の理由も表示
  --lang ja|en     表示する言語

例: smtp-auth-audit                 自分のアカウントを調べる
    smtp-auth-audit E:\\Users       取り出したディスクのユーザーを調べる

すべてのオプション: smtp-auth-audit --help、コマンドごとの説明: コマンド -h
",
    "\
Finds the mail accounts and says how each one sends (POP-before-SMTP has to
change). It never decrypts, keeps, prints or stores a password.

Usage: smtp-auth-audit [OPTIONS] [PATH]...   this computer, or PATH
       smtp-auth-audit COMMAND ...

  scan           find the accounts (also without a command)
  ask CLIENT     check by questions what can't be read: phones, printers
  steps CLIENT   the steps to change this mail client
  clients        which mail clients are supported
  explain-error  what an error text means, and what to do next
{probe}{fix}  collect, fleet, policies   scan elsewhere, many reports, what providers want

  --all-users      all users of this computer
  --format html --output FILE   a page for the browser, with sheets to print
  --explain        every value that was read, and why it is judged so
  --lang ja|en     language

Examples: smtp-auth-audit                look at your own accounts
          smtp-auth-audit E:\\Users      at those of a disk from another PC

All options: smtp-auth-audit --help; of a command: COMMAND -h
",
);

/// The short help, with the commands that not every build has.
pub(super) fn short_help(lang: Lang) -> String {
    let probe = Text::fixed(
        "  probe HOST     サーバーが何を提供しているかを問い合わせる\n",
        "  probe HOST     ask a server what it offers, without logging on\n",
    );
    let fix = Text::fixed(
        "  fix, undo      自分のアカウントの設定を変更する、元に戻す\n",
        "  fix, undo      make the change for your own accounts, take it back\n",
    );
    filled(SHORT_HELP.get(lang), probe.get(lang), fix.get(lang))
}

/// The usage of all commands.
pub(super) fn usage_of_all(lang: Lang) -> String {
    let (usage, indent) = match lang {
        Lang::Ja => (USAGE_JA, "        "),
        Lang::En => (USAGE_EN, "       "),
    };
    let probe = format!("{indent}smtp-auth-audit probe HOST[:PORT]... | --report FILE\n");
    let fix = format!("{indent}smtp-auth-audit fix [PATH...] [--apply] | undo [CHANGE] [--list]\n");
    filled(usage, &probe, &fix)
}

fn filled(text: &str, probe: &str, fix: &str) -> String {
    let text = text.replace(PROBE, if cfg!(feature = "probe") { probe } else { "" });
    text.replace(FIX, if cfg!(feature = "fix") { fix } else { "" })
}
