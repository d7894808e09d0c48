//! A finding's verdict with the reason for what there is to do: the day, the exception, receiving.

use super::words::{deviation, verdict};
use crate::model::{Action, Finding, InUse, Lang, Note, Stop, Text, Verdict, day_text};

/// That its provider accepts an account that does not authenticate.
pub const ACCEPTED: Text = Text::fixed("ポリシーで認められています", "accepted by the policy");
/// That it is an exception; its note says until when.
pub const EXCEPTED: Text = Text::fixed("例外として、今は変更しません", "an exception, not to change for now");
/// That only how it receives has to be changed.
pub const RECEIVING: Text = Text::fixed("受信の設定は要変更", "receiving to change");
/// That only how it receives has to be looked at.
pub const CHECK_RECEIVING: Text = Text::fixed("受信の設定は要確認", "receiving to check");

/// A finding's full wording: by a provider's policy with the reason and the day.
pub fn verdict_of(finding: &Finding) -> Text {
    reason(finding)
        .map_or_else(|| verdict(finding.verdict, finding.action), |why| finding.verdict.because(&why))
}

/// The same for programs' logs: without a policy and a reason the contract's wording, which does not depend on the action.
pub fn json_verdict(finding: &Finding) -> Text {
    match reason(finding) {
        Some(why) => finding.verdict.because(&why),
        None if finding.provider.is_some() => verdict(finding.verdict, finding.action),
        None => finding.verdict.text(),
    }
}

/// Why there is something to do or not, where the verdict alone doesn't say it.
fn reason(finding: &Finding) -> Option<Text> {
    let is_accepted = finding.notes.contains(&Note::AcceptedByPolicy);
    let sends_well = is_accepted
        || finding.waits_for.is_some()
        || matches!(finding.verdict, Verdict::SmtpAuth | Verdict::Managed | Verdict::NoOutgoingServer);
    match (finding.action, finding.verdict) {
        (Action::None, _) if finding.account.in_use == InUse::No => None,
        (Action::None, _) if finding.notes.iter().any(|note| note.code() == Note::EXCEPTION) => {
            Some(EXCEPTED)
        }
        (Action::Change, _) if sends_well => Some(of_receiving(finding)),
        (Action::Change, Verdict::Unreadable) => Some(Text::fixed(
            "送信の設定は要確認、受信の設定は要変更",
            "sending to check, receiving to change",
        )),
        (Action::CheckByHand, _) if sends_well => Some(CHECK_RECEIVING),
        (Action::None, _) if is_accepted => Some(ACCEPTED),
        (Action::None, _) => waiting(finding),
        (_, Verdict::PopBeforeSmtp | Verdict::NoSmtpAuth | Verdict::SmtpAuthOffPolicy) => {
            finding.provider.as_ref().map(|_| of_policy(finding))
        }
        _ => None,
    }
}

/// Of how it receives: the day, where there is one.
fn of_receiving(finding: &Finding) -> Text {
    finding.receiving.stops.as_ref().map_or(RECEIVING, |stop| {
        let text = stop.text();
        Text::new(format!("受信: {}", text.ja), format!("receiving: {}", text.en))
    })
}

/// From when it is to be changed, where that is not yet.
fn waiting(finding: &Finding) -> Option<Text> {
    let (of_ja, of_en, from) = match (finding.waits_for, finding.receiving.waits_for) {
        (Some(from), _) => ("変更", "", from),
        (None, Some(from)) => ("受信の変更", "receiving ", from),
        (None, None) => return None,
    };
    let from = day_text(from);
    let (ja, en) = (format!("{of_ja}は{}から", from.ja), format!("{of_en}to change from {}", from.en));
    // Of what can't be told its note names the day.
    let stops = finding.stops.as_ref().filter(|_| finding.verdict != Verdict::Unreadable);
    Some(match stops.map(|stop| ends(finding, stop)) {
        Some(ends) => Text::new(format!("{}、{ja}", ends.ja), format!("{}, {en}", ends.en)),
        None => Text::new(ja, en),
    })
}

/// What ends when; of an account that does not authenticate its verdict says what.
fn ends(finding: &Finding, stop: &Stop) -> Text {
    if matches!(finding.verdict, Verdict::PopBeforeSmtp | Verdict::NoSmtpAuth) {
        stop.when()
    } else {
        stop.text()
    }
}

/// Why it has to be changed by its provider's policy.
fn of_policy(finding: &Finding) -> Text {
    match &finding.stops {
        Some(stop) => ends(finding, stop),
        None if finding.deviations.is_empty() => {
            Text::fixed("プロバイダーは認めていません", "not what the provider accepts")
        }
        None => {
            let names = |lang| {
                finding.deviations.iter().map(move |d| deviation(*d).get(lang).to_owned()).collect::<Vec<_>>()
            };
            Text::new(
                format!("プロバイダーの条件と違うもの: {}", names(Lang::Ja).join("、")),
                format!("not what the provider wants: {}", names(Lang::En).join(", ")),
            )
        }
    }
}
