//! Changes as tasks of Ansible, for who rolls them out by that: each sets a value that the plan names, and nothing where it is
//! not planned. What `fix --apply` does beside that (lock, old value, all or nothing, journal) no module does: the tasks say so.

use super::plan::written;
use crate::clients::changing::Form;
use crate::formats::edit::{Coding, Format};
use crate::model::{Change, ChangeState, Edit, Lang, Locator, Text};
use crate::report::clean::clean;

const BEWARE: Text = Text::fixed(
    "# メールソフトを終了させてから、計画を作った直後に実行してください。値は1つずつ設定され、動いているかどうかや元の値は確かめません。\n\
     # 実行後に scan で確かめてください。安全に変更するには、本人の権限で fix --apply を実行してください。",
    "# End the mail client first, and run this soon after the plan was made: each value is set by itself, and neither a running\n\
     # client nor the old value is looked at. Check with `scan` afterwards. The safe way is `fix --apply` as the user.",
);

/// The tasks; what is not planned stands as a comment with its reason.
pub fn tasks(changes: &[Change], lang: Lang) -> String {
    let mut text = format!("---\n{}\n", BEWARE.get(lang));
    for change in changes {
        let head = clean(&format!("{} ({})", change.account, change.client_name));
        if change.state != ChangeState::Planned {
            let reasons: Vec<&str> =
                change.obstacles.iter().map(|obstacle| obstacle.text.get(lang)).collect();
            text += &clean(&format!("# {head}: {} {}", change.state.text().get(lang), reasons.join(" ")));
            text.push('\n');
            continue;
        }
        let Some(written) = written(change.client) else { continue };
        if matches!(written.form, Form::Text(Format { coding: Coding::Unicode, .. })) {
            text += &clean(&format!("# {head}: {}", NO_MODULE.get(lang)));
            text.push('\n');
            continue;
        }
        for edit in &change.edits {
            let name =
                quoted(&format!("{head}: {} = {}", edit.setting, edit.new.as_deref().unwrap_or_default()));
            text.extend(["- name: ", &name, "\n"]);
            for line in task(edit, &written.form) {
                text.extend(["  ", &line, "\n"]);
            }
        }
    }
    text
}

const NO_MODULE: Text = Text::fixed(
    "このファイルを書き換える Ansible のモジュールはありません (UTF-16)。fix --apply を使ってください。",
    "no module of Ansible edits this file, which is UTF-16: use fix --apply",
);

/// The module and its arguments.
fn task(edit: &Edit, form: &Form) -> Vec<String> {
    let line = |name: &str, value: &str| match form {
        Form::Text(format) => (format.line)(name, value),
        Form::Registry => String::new(),
    };
    let Edit { place, setting, old, new } = edit;
    let value = new.as_deref().unwrap_or_default();
    let (module, arguments) = match (&place.locator, old) {
        _ if place.path.starts_with("HK") => (
            "ansible.windows.win_regedit",
            vec![
                ("path", quoted(&place.path.replacen('\\', ":\\", 1))),
                ("name", quoted(setting)),
                ("data", value.to_owned()),
                ("type", "dword".to_owned()),
            ],
        ),
        (Locator::Section(section), _) => (
            "community.general.ini_file",
            vec![
                ("path", quoted(&place.path)),
                ("section", quoted(section)),
                ("option", quoted(setting)),
                ("value", quoted(value)),
                ("no_extra_spaces", "true".to_owned()),
                ("create", "false".to_owned()),
            ],
        ),
        (_, Some(old)) => (
            "ansible.builtin.replace",
            vec![
                ("path", quoted(&place.path)),
                ("regexp", quoted(&format!("(?m)^{}", escaped(&line(setting, old))))),
                ("replace", quoted(&line(setting, value))),
            ],
        ),
        (_, None) => (
            "ansible.builtin.lineinfile",
            vec![
                ("path", quoted(&place.path)),
                ("line", quoted(&line(setting, value))),
                ("create", "false".to_owned()),
            ],
        ),
    };
    let arguments = arguments.into_iter().map(|(name, value)| format!("  {name}: {value}"));
    std::iter::once(format!("{module}:")).chain(arguments).collect()
}

/// For Python's regular expressions.
fn escaped(text: &str) -> String {
    let is_plain = |sign: char| sign.is_alphanumeric() || matches!(sign, ' ' | '"' | ',' | ';' | '_' | '=');
    text.chars().flat_map(|sign| (!is_plain(sign)).then_some('\\').into_iter().chain([sign])).collect()
}

/// A JSON string is a string of YAML, too. What looks like a template is none: it may stand in somebody's settings.
fn quoted(text: &str) -> String {
    let quoted = serde_json::to_string(text).unwrap_or_default();
    if quoted.contains('{') { format!("!unsafe {quoted}") } else { quoted }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Place;

    #[test]
    fn what_settings_say_is_neither_pattern_nor_template() {
        assert_eq!(escaped("a.b(1)\\d"), r"a\.b\(1\)\\d");
        let edit = Edit {
            place: Place::from("/home/{{ x }}/prefs.js"),
            setting: "a.b".to_owned(),
            old: Some("1".to_owned()),
            new: Some("2".to_owned()),
        };
        let form = Form::Text(Format {
            coding: Coding::Bytes,
            find: |_, _, _| Ok(crate::formats::edit::Spot::Missing(0)),
            line: |name, value| format!("{name}:{value}"),
        });
        let found = task(&edit, &form);
        assert_eq!(
            found,
            [
                "ansible.builtin.replace:",
                "  path: !unsafe \"/home/{{ x }}/prefs.js\"",
                r#"  regexp: "(?m)^a\\.b\\:1""#,
                "  replace: \"a.b:2\"",
            ]
        );
    }
}
