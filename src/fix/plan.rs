//! What would be written for each finding that has to change, and why not.

use super::obstacles;
use crate::clients::changing::{Changing, Written};
use crate::clients::{CLIENTS, Client};
use crate::model::{
    Action, Answer, Aspect, Auth, Change, ChangeState, Edit, Finding, Fixing, Note, Obstacle, Partial,
    PasswordNeeded, Port, Report, Security, Text, Touched,
};

/// What is wanted, and by whom.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wish<'a> {
    /// These are the settings of the user who runs the program, where he runs it.
    pub is_live: bool,
    /// Names of servers may be written.
    pub change_server: bool,
    /// Also where the real program was not seen to use it.
    pub unverified: bool,
    /// Nobody is at the screen; whether an administrator has allowed that.
    pub unattended: Option<bool>,
    /// Ids of the policies whose day has not come: until then nothing is written while nobody is at the screen.
    pub not_yet: &'a [String],
}

/// The changes, in the order of the findings.
pub fn plan(report: &Report, wish: Wish<'_>) -> Vec<Change> {
    let findings = report.findings.iter().filter(|finding| finding.action == Action::Change);
    findings.map(|finding| change(finding, report, wish)).collect()
}

/// How the settings of a client are written.
pub(super) fn written(client: &str) -> Option<&'static Written> {
    match CLIENTS.iter().find(|row| row.id == client).map(|row: &Client| row.changing) {
        Some(Changing::Written(written)) => Some(written),
        _ => None,
    }
}

fn change(finding: &Finding, report: &Report, wish: Wish<'_>) -> Change {
    let account = &finding.account;
    let mut change = Change {
        id: finding.id.clone(),
        computer: finding.computer.clone(),
        user: finding.user.clone(),
        client: account.client,
        client_name: account.client_name.clone(),
        account: account.name.clone(),
        policy: finding.provider.clone(),
        edits: Vec::new(),
        password_needed: finding.password_needed,
        touches: Vec::new(),
        obstacles: Vec::new(),
        remarks: remarks(finding),
        steps: finding.steps.clone(),
        state: ChangeState::Planned,
        journal: None,
    };
    let writing = written(account.client);
    match (finding.is_change_of_sending(), writing) {
        (false, _) => change.obstacles.push(obstacles::RECEIVING),
        (true, None) => change.obstacles.push(obstacles::STEPS_ONLY),
        (true, Some(writing)) if wish.is_live && !writing.is_here() => {
            change.obstacles.push(obstacles::STEPS_ONLY);
        }
        (true, Some(writing)) => match (writing.edits)(account, &finding.to_set) {
            Err(why) => change.obstacles.push(obstacles::by_hand(why)),
            Ok(edits) if edits.is_empty() => change.obstacles.push(obstacles::NOTHING),
            Ok(edits) => change.edits = edits,
        },
    }
    if finding.is_change_of_sending() {
        change.obstacles.extend(of_target(finding, wish));
        change.obstacles.extend(of_probes(finding, report));
    }
    if writing.is_some_and(|writing| !writing.is_tried()) && !wish.unverified {
        change.obstacles.push(obstacles::NOT_TRIED);
    }
    touch(&mut change, finding, report);
    if !wish.is_live {
        change.obstacles.push(obstacles::NOT_LIVE);
    }
    match wish.unattended {
        Some(_) if change.password_needed.is_some_and(|needed| needed != PasswordNeeded::No) => {
            change.obstacles.push(obstacles::PASSWORD);
        }
        Some(false) => change.obstacles.push(obstacles::NOT_ALLOWED),
        _ => {}
    }
    let is_not_yet = finding.provider.as_ref().is_some_and(|policy| wish.not_yet.contains(policy));
    if wish.unattended.is_some() && is_not_yet {
        change.obstacles.push(obstacles::NOT_YET);
    }
    if !change.obstacles.is_empty() {
        change.state = ChangeState::Refused;
    }
    change
}

/// What stands against the target itself.
fn of_target(finding: &Finding, wish: Wish<'_>) -> Vec<Obstacle> {
    let account = &finding.account;
    let now = account.outgoing.seen().unwrap_or_default();
    let then = |aspect: Aspect| {
        let set = finding.to_set.iter().find(|set| set.setting == aspect);
        set.and_then(|set| set.then.as_deref())
    };
    let mut found = Vec::new();
    if finding.provider.is_none() {
        found.push(obstacles::NO_POLICY);
    }
    let is_set = |aspect: Aspect| finding.to_set.iter().any(|set| set.setting == aspect);
    let elsewhere = account.fixed.iter().filter(|fixed| is_set(fixed.aspect));
    found.extend(elsewhere.map(|fixed| match fixed.how {
        Fixing::Locked | Fixing::EveryStart => obstacles::set_elsewhere(&fixed.place),
    }));
    let host = then(Aspect::Host).or(now.host.as_deref()).unwrap_or_default();
    if let Some(new) = then(Aspect::Host) {
        let old = now.host.as_deref().unwrap_or_default();
        let domains = account.addresses.iter().filter_map(|address| address.rsplit_once('@'));
        let is_known = share_domain(new, old)
            || domains.map(|(_, domain)| domain).any(|domain| share_domain(new, domain));
        if !wish.change_server || wish.unattended.is_some() {
            found.push(obstacles::SERVER);
        } else if !is_known {
            found.push(obstacles::STRANGE_SERVER);
        }
    }
    let port = then(Aspect::Port).map(str::to_owned).or_else(|| port_of(&now));
    let security = then(Aspect::Security).map(str::to_owned);
    let security = security.or_else(|| now.security.map(|now| now.code().to_owned())).unwrap_or_default();
    if port.as_deref() == Some("587") && security == Security::Tls.code() {
        found.push(obstacles::TLS_ON_587);
    }
    let is_turned_on = is_set(Aspect::Auth) && account.outgoing.is_without_auth();
    let incoming = account.incoming.as_ref();
    if is_turned_on {
        let receives_at = incoming.and_then(|incoming| incoming.host.as_deref()).unwrap_or_default();
        let is_of_one_policy = finding.provider.is_some() && finding.provider == finding.receiving.provider;
        if !share_domain(host, receives_at) && !is_of_one_policy {
            found.push(obstacles::OTHER_DOMAIN);
        }
    }
    let is_encrypted = [Security::StartTls, Security::Tls].iter().any(|kind| kind.code() == security);
    let logs_on_in_clear = incoming.is_some_and(|incoming| {
        incoming.security == Some(Security::Plain) && incoming.auth.is_none_or(|auth| auth == Auth::Password)
    });
    let auth = then(Aspect::Auth).map(str::to_owned).or_else(|| now.auth.map(|auth| auth.code().to_owned()));
    let is_password = auth.as_deref() == Some(Auth::Password.code());
    // So it goes out already: nothing of that gets worse.
    let is_so_now = now.security == Some(Security::Plain) && now.auth == Some(Auth::Password);
    if !is_encrypted && !logs_on_in_clear && (is_turned_on || is_password && !is_so_now) {
        found.push(obstacles::IN_CLEAR);
    }
    found
}

fn port_of(now: &Partial) -> Option<String> {
    now.port.and_then(Port::number).map(|port| port.to_string())
}

/// Never to a port that was asked in this run and gave no answer.
fn of_probes(finding: &Finding, report: &Report) -> Option<Obstacle> {
    let now = finding.account.outgoing.seen().unwrap_or_default();
    let then =
        |aspect| finding.to_set.iter().find(|set| set.setting == aspect).and_then(|set| set.then.clone());
    let host = then(Aspect::Host).or(now.host.clone())?;
    let port = then(Aspect::Port).or_else(|| port_of(&now))?;
    let probe = report.probes.iter().find(|probe| probe.host.eq_ignore_ascii_case(&host))?;
    let asked = probe.ports.iter().find(|asked| asked.port.to_string() == port)?;
    matches!(asked.answer, Answer::Blocked | Answer::Refused).then(|| obstacles::blocked(&port))
}

/// Other accounts whose settings are the same ones: they are named, and want the same or nothing is written.
fn touch(change: &mut Change, finding: &Finding, report: &Report) {
    let is_written = |edit: &Edit, other: &Finding| {
        other.account.evidence.iter().any(|seen| {
            seen.place.path == edit.place.path && seen.setting == edit.setting && seen.place == edit.place
        })
    };
    let others = report.findings.iter().filter(|other| other.id != finding.id);
    for other in others.filter(|other| change.edits.iter().any(|edit| is_written(edit, other))) {
        let account = &other.account.name;
        let is_excepted = other.notes.iter().any(|note| note.code() == Note::EXCEPTION);
        if is_excepted || other.to_set != finding.to_set || other.provider != finding.provider {
            change.obstacles.push(obstacles::others(account));
        }
        change.touches.push(Touched { id: other.id.clone(), account: account.clone() });
    }
}

/// What it comes with.
fn remarks(finding: &Finding) -> Vec<Text> {
    let mut remarks = Vec::new();
    remarks.extend(match finding.password_needed {
        Some(PasswordNeeded::Once) => Some(Text::fixed(
            "次に送信するとき、パスワードを聞かれます。",
            "At the next sending the mail client asks for the password.",
        )),
        Some(PasswordNeeded::Unknown) => Some(Text::fixed(
            "次に送信するとき、パスワードを聞かれることがあります。",
            "At the next sending the mail client may ask for the password.",
        )),
        Some(PasswordNeeded::No) | None => None,
    });
    if finding.receiving.is_to_change {
        remarks.push(Text::fixed(
            "受信の設定も変更が必要ですが、こちらは手順に従って画面で変更してください。",
            "How it receives has to change as well: that is done in the dialog, by the steps.",
        ));
    }
    if finding.notes.contains(&Note::AuthWithoutTls) {
        remarks.push(Text::fixed(
            "現在は暗号化なしで認証しています (この変更で暗号化されるかどうかは、上の値で分かります)。",
            "It authenticates without encryption now; whether it still will, the values above say.",
        ));
    }
    remarks
}

/// True for hosts of one registrable domain, by the list of public suffixes. An address stands for itself alone.
pub(super) fn share_domain(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_ascii_lowercase(), other.to_ascii_lowercase());
    if one.is_empty() || other.is_empty() {
        return false;
    }
    let is_address = |host: &str| host.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok();
    if is_address(&one) || is_address(&other) {
        return one == other;
    }
    let domain = |host: &str| psl::domain_str(host).map(str::to_owned);
    match (domain(&one), domain(&other)) {
        (Some(one), Some(other)) => one == other,
        _ => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hosts_of_one_owner_share_a_domain() {
        for (one, other, expected) in [
            ("smtp.example.jp", "POP.example.jp", true),
            ("mail.example.co.jp", "pop.example.co.jp", true),
            ("mail.example.co.jp", "mail.other.co.jp", false),
            ("smtp.example.jp", "smtp.example.com", false),
            ("192.0.2.1", "192.0.2.1", true),
            ("192.0.2.1", "192.0.2.2", false),
            ("mail", "mail", true),
            ("mail", "", false),
            ("a.github.io", "b.github.io", false),
        ] {
            assert_eq!(share_domain(one, other), expected, "{one} {other}");
        }
    }
}
