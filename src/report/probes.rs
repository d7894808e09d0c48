//! What servers answered, for people: as text and as Markdown.

use super::blocks::{Look, wrap};
use super::clean::clean;
use super::markdown::escape;
use crate::model::{Answer, Finding, Lang, Offer, Probe, ProbedAccount, ProbedPort, Report, Text, Wanted};

/// For a terminal.
pub fn text(probes: &[Probe], lang: Lang) -> String {
    let mut parts: Vec<String> = Vec::new();
    for (number, probe) in (1..).zip(probes) {
        let mut lines = wrap(&format!("[{number}] "), &heading(probe, lang));
        lines.extend(wrap("    ", &clean(probe.text.get(lang))));
        for line in probe.ports.iter().filter_map(|port| details(port, lang)) {
            lines.extend(wrap("      ", &clean(&line)));
        }
        for account in &probe.accounts {
            let head = format!("{} ({})", account.account, account.client_name);
            lines.extend(wrap("    - ", &clean(&format!("{head}: {}", account.text.get(lang)))));
        }
        parts.push(lines.join("\n") + "\n");
    }
    parts.extend(asked(probes).map(|text| wrap("", text.get(lang)).join("\n") + "\n"));
    parts.push(sum(probes).get(lang).to_owned() + "\n");
    parts.join("\n")
}

/// What a scan's servers answered about the accounts that have no block of their own, where the sentence is a note.
pub(super) fn beside(report: &Report, told: &[&Finding], look: Look) -> Option<String> {
    let is_told = |account: &ProbedAccount| {
        told.iter().any(|finding| finding.id == account.id && finding.computer == account.computer)
    };
    let when = asked(&report.probes)?;
    let head = Text::fixed("サーバーの応答:", "What the servers answer:");
    let mut lines = vec![head.get(look.lang).to_owned()];
    let accounts = report.probes.iter().flat_map(|probe| &probe.accounts);
    for account in accounts.filter(|account| !is_told(account)) {
        let text = account.text.get(look.lang);
        lines.extend(
            look.wrap("  - ", &clean(&format!("{} ({}): {text}", account.account, account.client_name))),
        );
    }
    lines.extend(look.wrap("  ", when.get(look.lang)));
    Some(lines.join("\n") + "\n")
}

/// For a ticket.
pub fn markdown(probes: &[Probe], lang: Lang) -> String {
    let head = Text::fixed("サーバーへの問い合わせ", "What the servers answer");
    let mut parts = vec![format!("## {}", head.get(lang)), sum(probes).get(lang).to_owned()];
    parts.extend(asked(probes).map(|text| escape(text.get(lang))));
    for probe in probes {
        parts.push(format!("### {}", escape(&heading(probe, lang))));
        parts.push(escape(probe.text.get(lang)));
        let details = probe.ports.iter().filter_map(|port| details(port, lang));
        let accounts = probe.accounts.iter().map(|account| {
            format!("{} ({}): {}", account.account, account.client_name, account.text.get(lang))
        });
        let lines: Vec<String> = details.chain(accounts).map(|line| format!("- {}", escape(&line))).collect();
        if !lines.is_empty() {
            parts.push(lines.join("\n"));
        }
    }
    parts.join("\n\n") + "\n"
}

/// The column 判定 / result.
fn result(wanted: Wanted) -> Text {
    match wanted {
        Wanted::Yes => Text::fixed("OK", "as wanted"),
        Wanted::No => Text::fixed("要確認", "not as wanted"),
        Wanted::Unreachable => Text::fixed("ここからは不明", "can't be told from here"),
    }
}

fn heading(probe: &Probe, lang: Lang) -> String {
    let address = probe.address.map(|address| address.to_string()).filter(|address| *address != probe.host);
    let address = address.map(|address| format!(" ({address})")).unwrap_or_default();
    let policy = probe.provider.as_deref().map(|id| format!(" [{id}]")).unwrap_or_default();
    clean(&format!("{}{address}{policy}: {}", probe.host, result(probe.wanted).get(lang)))
}

/// What a port showed of itself; `None`: nothing.
fn details(port: &ProbedPort, lang: Lang) -> Option<String> {
    if port.answer != Answer::Offered && port.greeting.is_none() {
        return None;
    }
    let word = |ja: &'static str, en: &'static str| Text::fixed(ja, en).get(lang).to_owned();
    let mut parts = vec![format!("{} {}", port.port, port.service.name())];
    let offer = |offer: &Offer| {
        let login = offer.login.then_some("USER/LOGIN");
        let names: Vec<&str> = login.into_iter().chain(offer.auth.iter().map(String::as_str)).collect();
        if names.is_empty() { "-".to_owned() } else { names.join(" ") }
    };
    parts.extend(
        port.clear.as_ref().map(|clear| format!("{}: {}", word("暗号化なし", "in clear"), offer(clear))),
    );
    if let Some(tls) = &port.tls {
        let version = tls.version.map_or_else(|| "-".to_owned(), |version| format!("TLS {version}"));
        let within = port.secured.as_ref().map(|secured| format!(": {}", offer(secured))).unwrap_or_default();
        parts.push(format!("{version}{within}"));
        if let Some(certificate) = &tls.certificate {
            let from = certificate.from.as_deref().unwrap_or("?");
            let until = certificate.until.as_deref().unwrap_or("?");
            let issuer = certificate.issuer.as_deref().unwrap_or("?");
            let names = certificate.names.join(" ");
            parts.push(format!("{} {names}, {from}/{until}, {issuer}", word("証明書", "certificate")));
        }
    }
    parts.extend(port.greeting.as_ref().map(|greeting| format!("\"{greeting}\"")));
    Some(parts.join("; "))
}

/// When, and from where: another network may get other answers.
fn asked(probes: &[Probe]) -> Option<Text> {
    let first = probes.first()?;
    let mut from: Vec<String> =
        probes.iter().filter_map(|probe| probe.from).map(|own| own.to_string()).collect();
    from.sort();
    from.dedup();
    let (at, from) = (&first.asked_at, if from.is_empty() { "-".to_owned() } else { from.join(", ") });
    Some(Text::new(
        format!(
            "{at} に、このコンピューターのネットワーク({from})から問い合わせた結果です。別のネットワークでは違うことがあります。ログインも送信もしていません。"
        ),
        format!(
            "Asked at {at} from this computer's network ({from}); from another one the answers may differ. Nobody logged on, and nothing was sent."
        ),
    ))
}

fn sum(probes: &[Probe]) -> Text {
    let count = |wanted| probes.iter().filter(|probe| probe.wanted == wanted).count();
    let [yes, no, unknown] = [Wanted::Yes, Wanted::No, Wanted::Unreachable].map(count);
    Text::new(
        format!("サーバー {}: OK {yes}、要確認 {no}、ここからは不明 {unknown}", probes.len()),
        format!("Servers {}: {yes} as wanted, {no} not, {unknown} can't be told from here", probes.len()),
    )
}
