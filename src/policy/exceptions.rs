//! Accounts that may stay as they are for a while: `--exceptions`, one row each. Text → rows, or what is wrong with it.

use super::claim::HostPattern;
use super::mistake::{Mistake, sorted};
use crate::formats::shapes::is_address;
use crate::model::{Text, day};
use time::Date;

/// An account, or several, that may stay as they are. What is empty fits every account.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exception {
    /// One of its addresses.
    pub address: Option<String>,
    /// The computer that it is on.
    pub computer: Option<String>,
    /// The id of its client.
    pub client: Option<String>,
    /// Its outgoing server.
    pub server: Option<String>,
    /// The last day of the exception; `None`: it has no end.
    pub until: Option<Date>,
    /// Why.
    pub reason: Option<String>,
    /// The ticket that says so.
    pub ticket: Option<String>,
}

/// What is known of an account for exceptions.
#[derive(Debug, Clone, Copy)]
pub struct Excepted<'a> {
    /// Its addresses.
    pub addresses: &'a [String],
    /// The computer that it is on.
    pub computer: Option<&'a str>,
    /// The id of its client.
    pub client: &'a str,
    /// Its outgoing server.
    pub server: Option<&'a str>,
}

impl Exception {
    /// True if all that the row names is so of the account; whether it is over is another question.
    pub fn fits(&self, account: Excepted<'_>) -> bool {
        let is = |wanted: &Option<String>, found: Option<&str>| {
            wanted.as_ref().is_none_or(|wanted| found.is_some_and(|found| same(wanted, found)))
        };
        let address = self.address.as_ref();
        address.is_none_or(|wanted| account.addresses.iter().any(|found| same(wanted, found)))
            && is(&self.computer, account.computer)
            && is(&self.client, Some(account.client))
            && is(&self.server, account.server)
    }

    /// True if it holds on this day.
    pub fn holds(&self, today: Date) -> bool {
        self.until.is_none_or(|until| today <= until)
    }
}

fn same(one: &str, other: &str) -> bool {
    one.trim_end_matches('.').to_lowercase() == other.trim_end_matches('.').to_lowercase()
}

/// The columns, in any order; what is not there is empty.
pub const COLUMNS: [&str; 7] = ["address", "computer", "client", "server", "until", "reason", "ticket"];
/// Those that say which account is meant.
const NAMING: [&str; 4] = ["address", "computer", "client", "server"];
/// Texts may be this long, in characters.
const LONGEST: usize = 1000;

const HEADER: Text = Text::fixed(
    "1行目に、address,computer,client,server,until,reason,ticket の見出し(順序は自由、使わない列は省略可)",
    "in the first line the headings address,computer,client,server,until,reason,ticket, in any order, without those that you don't use",
);
const NAMELESS: Text = Text::fixed(
    "address、computer、client、server のどれか1つ以上(空の行はすべてのアカウントに当てはまってしまいます)",
    "at least one of address, computer, client, server: an empty row would fit every account",
);
const UNTIL: Text = Text::fixed(
    "例外が終わる最後の日(例: 2027-03-31)。期限がなければ空",
    "the last day of the exception, such as 2027-03-31; empty if it has no end",
);
const TOO_LONG: Text = Text::fixed(
    "1000 文字以内の文字列(改行や制御文字は不可)",
    "a text of 1,000 characters at most, without line breaks or control characters",
);
const CELLS: Text = Text::fixed(
    "見出しと同じ数の列(空の列にもコンマが必要)。コンマを含む値は引用符(\")で囲み、引用符は閉じてください",
    "as many columns as there are headings, commas of empty ones too: put a value with a comma in quotation marks (\"), and close them",
);
const ADDRESS: Text = Text::fixed(
    "メールアドレス1つ(例: taro@example.jp)。指定しなければ空",
    "one mail address, such as taro@example.jp; empty for any",
);
const CLIENT: Text = Text::fixed(
    "メールソフトの id(smtp-auth-audit clients で一覧)。指定しなければ空",
    "the id of a mail client (smtp-auth-audit clients lists them); empty for any",
);

const SERVER: Text = Text::fixed(
    "送信サーバーの名前または IP アドレス(例: smtp.example.jp。* やポートは使えません)。指定しなければ空",
    "the name or IP address of the outgoing server, such as smtp.example.jp, without * and port; empty for any",
);

/// Reads the rows; every row that is wrong is told. `clients` are the ids that there are: a row of another one would never fit.
pub fn read(text: &str, clients: &[&str]) -> Result<Vec<Exception>, Vec<Mistake>> {
    let mistake = |line: usize, column: usize, field: &str, message: &Text| Mistake {
        line,
        column,
        field: field.to_owned(),
        message: Text::new(format!("ここに書けるもの: {}", message.ja), format!("expected: {}", message.en)),
    };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut rows = reader.records();
    let names: Vec<String> = match rows.next() {
        Some(Ok(header)) => header.iter().map(str::to_lowercase).collect(),
        _ => Vec::new(),
    };
    let is_once = |name: &String| names.iter().filter(|other| *other == name).count() == 1;
    let has_name = names.iter().any(|name| NAMING.contains(&name.as_str()));
    if !has_name || !names.iter().all(|name| COLUMNS.contains(&name.as_str()) && is_once(name)) {
        return Err(vec![mistake(1, 1, "", &HEADER)]);
    }
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    for row in rows {
        let Ok(row) = row else {
            wrong.push(mistake(1, 1, "", &CELLS));
            break;
        };
        let line = row.position().map_or(0, |place| usize::try_from(place.line()).unwrap_or_default());
        // A row with a column too few would say something else than was meant: "PC-2" in the place of the address.
        if row.len() != names.len() {
            wrong.push(mistake(line, 1, "", &CELLS));
            continue;
        }
        let cell = |wanted: &str| {
            let at = names.iter().position(|name| name == wanted)?;
            row.get(at).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let before = wrong.len();
        for (at, (name, text)) in names.iter().zip(row.iter()).enumerate() {
            if text.chars().count() > LONGEST || text.contains(char::is_control) {
                wrong.push(mistake(line, at + 1, name, &TOO_LONG));
            }
        }
        let until = cell("until").map(|text| day(&text));
        let [address, computer, client, server] = NAMING.map(cell);
        let mut refuse = |name: &str, message: &Text| {
            let at = names.iter().position(|known| known == name).unwrap_or_default();
            wrong.push(mistake(line, at + 1, name, message));
        };
        if until == Some(None) {
            refuse("until", &UNTIL);
        }
        if address.as_ref().is_some_and(|text| !is_address(text)) {
            refuse("address", &ADDRESS);
        }
        if client.as_ref().is_some_and(|text| !clients.iter().any(|id| id.eq_ignore_ascii_case(text))) {
            refuse("client", &CLIENT);
        }
        if server.as_ref().is_some_and(|text| !is_one_server(text)) {
            refuse("server", &SERVER);
        }
        if [&address, &computer, &client, &server].iter().all(|cell| cell.is_none()) {
            wrong.push(mistake(line, 1, "", &NAMELESS));
        }
        if wrong.len() == before {
            let (reason, ticket) = (cell("reason"), cell("ticket"));
            found.push(Exception {
                address,
                computer,
                client,
                server,
                until: until.flatten(),
                reason,
                ticket,
            });
        }
    }
    if wrong.is_empty() { Ok(found) } else { Err(sorted(wrong)) }
}

/// A server is compared as it is: a pattern or a network would fit none.
fn is_one_server(text: &str) -> bool {
    HostPattern::new(text).is_some() && !text.contains(['*', '/'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::iso;

    const CLIENTS: [&str; 2] = ["becky", "outlook"];

    #[test]
    fn rows_name_accounts() {
        let text = "Ticket,until,address,Computer,client,server,reason\r\n\
                    T-1,2027-03-31,taro@example.jp,,,,\"printer, old\"\r\n\
                    ,,,PC-2,becky,mail.example.jp,\r\n";
        let rows = read(text, &CLIENTS).unwrap();
        let [first, second] = &rows[..] else { panic!("{rows:?}") };
        assert_eq!(
            (first.address.as_deref(), first.ticket.as_deref()),
            (Some("taro@example.jp"), Some("T-1"))
        );
        assert_eq!(
            (first.until.map(iso).as_deref(), first.reason.as_deref()),
            (Some("2027-03-31"), Some("printer, old"))
        );
        assert_eq!((second.computer.as_deref(), second.until), (Some("PC-2"), None));
        let addresses = ["TARO@example.jp".to_owned()];
        let of = |computer, client, server| {
            let account = Excepted { addresses: &addresses, computer, client, server };
            [first.fits(account), second.fits(account)]
        };
        assert_eq!(of(None, "outlook", None), [true, false]);
        assert_eq!(of(Some("pc-2"), "becky", Some("MAIL.example.jp.")), [true, true]);
        assert_eq!(of(Some("pc-2"), "becky", None), [true, false]);
        let days = ["2027-03-31", "2027-04-01"].map(|text| day(text).unwrap());
        assert_eq!(days.map(|day| first.holds(day)), [true, false]);
        assert_eq!(days.map(|day| second.holds(day)), [true, true]);
        assert_eq!(read("address\ntaro@example.jp\n", &CLIENTS).unwrap().len(), 1);
    }

    #[test]
    fn a_wrong_row_is_told_without_its_content() {
        for (text, expected) in [
            ("", "1:1 "),
            ("address,himitsu\nx,y\n", "1:1 "),
            ("address,address\nx,y\n", "1:1 "),
            ("until,reason\n2027-01-01,x\n", "1:1 "),
            ("address,until\na@b.c,himitsu\n", "2:2 until"),
            ("address,until\na@b.c,2027-03\n", "2:2 until"),
            ("address,until\n,2027-03-01\n", "2:1 "),
            ("address,until\na@b.c,2027-03-01,himitsu\n", "2:1 "),
            ("address,computer\nhimitsu\n", "2:1 "),
            ("address,computer\nhimitsu,PC-2\n", "2:1 address"),
            ("computer,client\nPC-2,himitsu\n", "2:2 client"),
            ("server\nhimitsu himitsu\n", "2:1 server"),
            ("server\n*.himitsu\n", "2:1 server"),
            ("server\n192.0.2.0/24\n", "2:1 server"),
            ("server\nhimitsu:587\n", "2:1 server"),
            ("computer,server\nPC-2,exa himitsu\n", "2:2 server"),
            ("computer,server\nPC-2,*.himitsu.jp\n", "2:2 server"),
            ("address\na@b.c\n\"himitsu\nhimitsu\n", "3:1 address"),
        ] {
            let found = read(text, &CLIENTS).expect_err(text);
            let place = format!("{}:{} {}", found[0].line, found[0].column, found[0].field);
            assert_eq!(place, expected, "{text}");
            assert!(!format!("{found:?}").contains("himitsu"), "{found:?}");
        }
        let header = &read("himitsu\nx\n", &CLIENTS).expect_err("a mistake")[0].message;
        assert!(header.ja.starts_with("ここに書けるもの: 1行目に、address,"), "{header:?}");
        assert!(header.en.starts_with("expected: in the first line the headings"), "{header:?}");
        assert_eq!(read("server\n[2001:db8::1]\nmail_1.example.jp\n", &CLIENTS).unwrap().len(), 2);
        let all = read("address,until\na@b.c,x\na@b.c,y\na@b.c,\n", &CLIENTS).expect_err("mistakes");
        assert_eq!(all.iter().map(|mistake| mistake.line).collect::<Vec<_>>(), [2, 3]);
    }
}
