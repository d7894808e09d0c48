//! Names of servers in sentences: a policy may name the account's own values in them.

use crate::model::Text;

/// A server's name, where a policy has the account's own values in it in words.
pub fn host_text(host: &str) -> Text {
    if host == "{incoming}" {
        return Text::fixed("受信サーバーと同じ名前", "the name of the incoming server");
    }
    spelled(host)
}

/// The same as a name that something is written behind.
pub(super) fn spelled(host: &str) -> Text {
    let put = |incoming: &str, domain: &str| host.replace("{incoming}", incoming).replace("{domain}", domain);
    Text::new(
        put("(受信サーバーの名前)", "(メールアドレスの @ より後ろ)"),
        put("(name of the incoming server)", "(what stands behind the @ of the address)"),
    )
}

/// Puts a server's name into a field; the label has its brackets.
pub(super) fn placed(label: &Text, host: &Text) -> Text {
    // A name in words is none to be typed in; one that has words in it is.
    let (open, close) = if host.ja.is_ascii() || host.ja.contains('.') { ("「", "」") } else { ("", "") };
    Text::new(
        format!("{}を{open}{}{close}に変更します。", spaced(&label.ja), host.ja),
        format!("Change {} to {}.", label.en, host.en),
    )
}

/// A Japanese label before a word: as between all labels and words.
pub(super) fn spaced(label: &str) -> String {
    let space = if label.is_ascii() || label.ends_with([']', ')']) { " " } else { "" };
    format!("{label}{space}")
}
