//! The file that tells which department a computer belongs to: two columns, from a spreadsheet or by hand.

use crate::formats::encodings::decode;
use crate::model::Text;
use crate::source::Problem;
use crate::source::system::{MAX_FILE, read_file};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

/// Departments by computer, in lower case.
#[derive(Debug, Default)]
pub(super) struct Departments {
    path: PathBuf,
    /// Each computer of the file once, as it stands there.
    listed: Vec<Listed>,
    /// As the file has them, and under the names by which the fleet knows the computers.
    pub(super) by_computer: HashMap<String, String>,
}

/// A computer that the file of departments names, and no report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Absent<'a> {
    /// Its name as it stands in the file.
    pub computer: &'a str,
    /// Its department.
    pub department: &'a str,
}

/// A computer of the file.
#[derive(Debug)]
struct Listed {
    name: String,
    department: String,
    has_reported: bool,
}

impl Departments {
    /// Commas, tabs or semicolons: Excel saves "CSV" with the list separator of the country, "Unicode text" with tabs.
    /// A first line that is a heading does no harm. A file of which nothing can be used is an error.
    pub(super) fn read(path: &Path) -> Result<Self, Problem> {
        let text = decode(&read_file(path, MAX_FILE)?);
        let malformed =
            |ja: String, en: String| Problem::malformed(path.display().to_string(), &Text::new(ja, en));
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .trim(csv::Trim::All)
            .delimiter(separator(&text))
            .from_reader(text.as_bytes());
        let (mut by_computer, mut listed, mut known) = (HashMap::new(), Vec::new(), HashSet::new());
        for (at, row) in reader.records().enumerate() {
            let row = row.map_err(|error| {
                let line = error.position().map_or(0, csv::Position::line);
                malformed(format!("{line} 行目: CSV として読み取れません"), format!("line {line}: not CSV"))
            })?;
            if row.iter().any(|cell| cell.contains(['\n', '\r'])) {
                // Nobody writes a department on two lines, but a lone quotation mark takes in all lines below it.
                let line = row.position().map_or(0, csv::Position::line);
                return Err(malformed(
                    format!("{line} 行目: 引用符(\")が閉じられていないか、セルに改行があります"),
                    format!("line {line}: a quotation mark is not closed, or a cell holds a line break"),
                ));
            }
            let (Some(computer), Some(department)) = (row.get(0), row.get(1)) else { continue };
            if computer.is_empty() {
                continue;
            }
            let key = computer.to_lowercase();
            if !(at == 0 && is_heading(computer, department)) && known.insert(key.clone()) {
                let (name, department) = (computer.to_owned(), department.to_owned());
                listed.push(Listed { name, department, has_reported: false });
            }
            if !department.is_empty() {
                by_computer.insert(key, department.to_owned());
            }
        }
        if by_computer.is_empty() {
            return Err(malformed(
                "コンピューター名と部署の2列がある行がありません".to_owned(),
                "no line has two columns, a computer and its department".to_owned(),
            ));
        }
        Ok(Self { path: path.to_path_buf(), listed, by_computer })
    }

    /// Looks for each computer of the fleet: by its whole name, else by the part before the first dot where only one side
    /// has a domain. Returns what has to be said if most have no department: then the file is hardly the right one.
    pub(super) fn assign<'a>(&mut self, computers: impl Iterator<Item = &'a str>) -> Option<Text> {
        let (whose, mut met) = (Whose::of_file(&self.listed), HashSet::new());
        let mut by_label: HashMap<&str, Option<&str>> = HashMap::new();
        for (computer, department) in &self.by_computer {
            if let Some((label, _)) = computer.split_once('.') {
                // Computers of one label in two domains can't be told apart by it.
                let known = by_label.entry(label).or_insert(Some(department));
                *known = known.filter(|known| known == department);
            }
        }
        let (mut all, mut without, mut found) = (0, 0, Vec::new());
        for computer in computers.map(str::to_lowercase) {
            all += 1;
            if let Some(listed) = whose.of(&computer) {
                met.insert(listed);
            }
            if self.by_computer.contains_key(&computer) {
                continue;
            }
            let department = match computer.split_once('.') {
                Some((label, _)) => self.by_computer.get(label).map(String::as_str),
                None => by_label.get(&*computer).copied().flatten(),
            };
            match department.map(str::to_owned) {
                Some(department) => found.push((computer, department)),
                None => without += 1,
            }
        }
        self.by_computer.extend(found);
        for (at, listed) in self.listed.iter_mut().enumerate() {
            listed.has_reported = met.contains(&at);
        }
        let path = self.path.display();
        (without * 2 > all).then(|| {
            Text::new(
                format!("{path}: 部署の分からないコンピューターが {all} 台のうち {without} 台あります(1列目はコンピューター名、2列目は部署です)"),
                format!("{path}: {without} of {all} computers have no department (column 1 is the computer's name, column 2 the department)"),
            )
        })
    }
}

impl Departments {
    /// The computers of the file that no report names.
    pub(super) fn absent(&self) -> impl Iterator<Item = Absent<'_>> {
        let absent = self.listed.iter().filter(|listed| !listed.has_reported);
        absent.map(|listed| Absent { computer: &listed.name, department: &listed.department })
    }
}

/// Which computer of the file one of the fleet is, by their places in the file.
struct Whose {
    by_name: HashMap<String, usize>,
    /// By the part before the first dot of those with a domain; `None`: there are several.
    by_label: HashMap<String, Option<usize>>,
}

impl Whose {
    fn of_file(listed: &[Listed]) -> Self {
        let (mut by_name, mut by_label) = (HashMap::new(), HashMap::new());
        for (at, listed) in listed.iter().enumerate() {
            let name = listed.name.to_lowercase();
            if let Some((label, _)) = name.split_once('.') {
                by_label.entry(label.to_owned()).and_modify(|known| *known = None).or_insert(Some(at));
            }
            by_name.insert(name, at);
        }
        Self { by_name, by_label }
    }

    /// By its whole name, else by the part before the first dot where only one side has a domain.
    fn of(&self, computer: &str) -> Option<usize> {
        self.by_name.get(computer).copied().or_else(|| match computer.split_once('.') {
            Some((label, _)) => self.by_name.get(label).copied(),
            None => self.by_label.get(computer).copied().flatten(),
        })
    }
}

/// True for the names of columns, as people write them above these two.
fn is_heading(computer: &str, department: &str) -> bool {
    const COMPUTER: [&str; 17] = [
        "computer",
        "computername",
        "hostname",
        "host",
        "device",
        "devicename",
        "machine",
        "name",
        "pc",
        "pcname",
        "コンピューター",
        "コンピューター名",
        "コンピュータ",
        "コンピュータ名",
        "端末",
        "端末名",
        "pc名",
    ];
    const DEPARTMENT: [&str; 9] =
        ["department", "dept", "division", "section", "部署", "部署名", "部門", "所属", "部課"];
    let plain = |text: &str| -> String {
        text.to_lowercase().chars().filter(|letter| !matches!(letter, ' ' | '_' | '-' | '.')).collect()
    };
    COMPUTER.contains(&&*plain(computer)) || DEPARTMENT.contains(&&*plain(department))
}

/// What stands between the columns: the first comma, tab or semicolon of the first line that is not inside quotation marks.
fn separator(text: &str) -> u8 {
    let mut is_quoted = false;
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let found = first.bytes().find(|byte| {
        is_quoted ^= *byte == b'"';
        !is_quoted && matches!(byte, b',' | b'\t' | b';')
    });
    found.unwrap_or(b',')
}
