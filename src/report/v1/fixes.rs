//! Changes in JSON: what `fix` writes, as one object or a line each.

use super::texts::{TextV1, ToolV1};
use crate::model::{Change, Edit, Obstacle, Touched};
use crate::report::clean::clean_json;
use serde::{Deserialize, Serialize};

/// The name of this version of what `fix` writes.
const FIX_SCHEMA: &str = "smtp-auth-audit/fix/v1";

#[derive(Serialize)]
struct FixesV1<'a> {
    schema: &'static str,
    tool: ToolV1,
    changes: Vec<ChangeV1<'a>>,
}

#[derive(Serialize)]
struct LineV1<'a> {
    schema: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(flatten)]
    change: ChangeV1<'a>,
}

#[derive(Serialize)]
struct ChangeV1<'a> {
    id: &'a str,
    computer: Option<&'a str>,
    user: Option<&'a str>,
    client: &'a str,
    client_name: &'a str,
    account: &'a str,
    provider: Option<&'a str>,
    state: &'static str,
    settings: Vec<EditV1<'a>>,
    obstacles: Vec<ObstacleV1<'a>>,
    touches: Vec<TouchedV1<'a>>,
    password_needed: Option<&'static str>,
    remarks: Vec<TextV1<'a>>,
    change: Option<&'a str>,
}

#[derive(Serialize)]
struct EditV1<'a> {
    place: String,
    setting: &'a str,
    old: Option<&'a str>,
    new: Option<&'a str>,
}

#[derive(Serialize)]
struct ObstacleV1<'a> {
    code: &'static str,
    #[serde(flatten)]
    text: TextV1<'a>,
}

#[derive(Serialize)]
struct TouchedV1<'a> {
    id: &'a str,
    account: &'a str,
}

/// An indented object with a final line end.
pub fn render_fixes(changes: &[Change]) -> String {
    let tool = ToolV1 { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };
    let all = FixesV1 { schema: FIX_SCHEMA, tool, changes: changes.iter().map(map).collect() };
    clean_json(serde_json::to_string_pretty(&all).unwrap_or_default()) + "\n"
}

/// A line each.
pub fn render_fix_lines(changes: &[Change]) -> String {
    let line = |change| {
        let line = LineV1 { schema: FIX_SCHEMA, kind: "change", change: map(change) };
        clean_json(serde_json::to_string(&line).unwrap_or_default()) + "\n"
    };
    changes.iter().map(line).collect()
}

fn map(change: &Change) -> ChangeV1<'_> {
    ChangeV1 {
        id: &change.id,
        computer: change.computer.as_deref(),
        user: change.user.as_deref(),
        client: change.client,
        client_name: &change.client_name,
        account: &change.account,
        provider: change.policy.as_deref(),
        state: change.state.code(),
        settings: change.edits.iter().map(map_edit).collect(),
        obstacles: change.obstacles.iter().map(map_obstacle).collect(),
        touches: change.touches.iter().map(map_touched).collect(),
        password_needed: change.password_needed.map(crate::model::PasswordNeeded::code),
        remarks: change.remarks.iter().map(TextV1::from).collect(),
        change: change.journal.as_deref(),
    }
}

fn map_edit(edit: &Edit) -> EditV1<'_> {
    EditV1 {
        place: edit.place.to_string(),
        setting: &edit.setting,
        old: edit.old.as_deref(),
        new: edit.new.as_deref(),
    }
}

fn map_obstacle(obstacle: &Obstacle) -> ObstacleV1<'_> {
    ObstacleV1 { code: obstacle.code, text: TextV1::from(&obstacle.text) }
}

fn map_touched(touched: &Touched) -> TouchedV1<'_> {
    TouchedV1 { id: &touched.id, account: &touched.account }
}

/// A change as another computer wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ChangeIn {
    /// The computer.
    pub computer: Option<String>,
    /// The owner.
    pub user: Option<String>,
    /// Name of the program.
    pub client_name: String,
    /// The account's name.
    pub account: String,
    /// What became of it.
    pub state: String,
    /// What would be written.
    pub settings: Vec<EditIn>,
    /// Why it is not.
    pub obstacles: Vec<ObstacleIn>,
}

/// A setting's new value.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct EditIn {
    /// As the client spells it.
    pub setting: String,
    /// What is stored.
    pub old: Option<String>,
    /// What is to be stored.
    pub new: Option<String>,
}

/// Why something is not written.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ObstacleIn {
    /// Its code.
    pub code: String,
    /// Japanese.
    pub ja: String,
    /// English.
    pub en: String,
}

#[derive(Deserialize)]
struct FixesIn {
    schema: String,
    changes: Vec<ChangeIn>,
}

#[derive(Deserialize)]
struct LineIn {
    schema: String,
    #[serde(flatten)]
    change: ChangeIn,
}

/// True for the beginning of what `fix` writes.
pub fn is_of_fix(beginning: &[u8]) -> bool {
    memchr::memmem::find(beginning, FIX_SCHEMA.as_bytes()).is_some()
}

/// What `fix` wrote, as one object or a line each; the error is the line.
pub fn read_fixes(bytes: &[u8]) -> Result<Vec<ChangeIn>, usize> {
    if let Ok(all) = serde_json::from_slice::<FixesIn>(bytes) {
        return if all.schema == FIX_SCHEMA { Ok(all.changes) } else { Err(1) };
    }
    let lines = bytes.split(|byte| *byte == b'\n').enumerate();
    let lines = lines.filter(|(_, line)| !line.trim_ascii().is_empty());
    let read = |(index, line): (usize, &[u8])| match serde_json::from_slice::<LineIn>(line) {
        Ok(line) if line.schema == FIX_SCHEMA => Ok(line.change),
        _ => Err(index + 1),
    };
    lines.map(read).collect()
}
