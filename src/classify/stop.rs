//! Until when a side of an account works: the latest day among the settings that it fits.

use super::fit::{Fit, Fitting, Limit, Seen, fit, tls_limit};
use crate::model::{Deviation, Port, Security, Stop, Text, Until};
use crate::policy::{Origin, Policy, Setting};
use time::Date;

/// How a side stands to all settings of a policy.
#[derive(Debug)]
pub(super) struct Standing<'p> {
    /// To the lasting ones.
    pub(super) lasting: Fit,
    /// It may be one that ends: some setting with a last day is met, or may be.
    pub(super) may_end: bool,
    /// The first lasting one that it fits.
    pub(super) fitted: Option<&'p Setting>,
    /// The last day among the settings that end and that it fits, with the setting.
    pub(super) until: Option<(Until, &'p Setting)>,
}

/// Compares with each setting.
pub(super) fn standing<'p>(settings: &'p [Setting], seen: &Seen<'_>) -> Standing<'p> {
    let mut standing = Standing { lasting: Fit::No, may_end: false, fitted: None, until: None };
    for setting in settings {
        let fitting = fit(setting, seen);
        standing.may_end |= setting.until.is_some() && fitting.all() != Fit::No;
        match (setting.until, fitting.all()) {
            (None, Fit::Yes) => {
                standing.lasting = Fit::Yes;
                standing.fitted = standing.fitted.or(Some(setting));
            }
            (None, Fit::Unknown) if standing.lasting == Fit::No => standing.lasting = Fit::Unknown,
            _ => {}
        }
        if let Some(until) = last_day(setting, fitting, seen) {
            let is_later = standing.until.is_none_or(|(known, _)| until.last_day() > known.last_day());
            if is_later {
                standing.until = Some((until, setting));
            }
        }
    }
    standing
}

impl<'p> Standing<'p> {
    /// The last day, where it fits only settings that end, with the setting.
    fn ends(&self) -> Option<(Until, &'p Setting)> {
        self.until.filter(|_| self.lasting == Fit::No)
    }

    /// The day from which it is to be changed, where that has not come. Till then it stays as it is, if it works: what has
    /// ended fits nothing any more.
    pub(super) fn waits_for(&self, policy: &Policy, day: Date) -> Option<Date> {
        let works = self.until.is_some_and(|(until, _)| until.last_day().is_some_and(|last| last >= day));
        policy.from.filter(|from| *from > day && self.lasting != Fit::Yes && works)
    }
}

/// The last day on which a setting is met; `None`: it isn't met, or it has no end.
fn last_day(setting: &Setting, fitting: Fitting, seen: &Seen<'_>) -> Option<Until> {
    match (tls_limit(setting, seen.can), Fitting { can: Fit::Yes, ..fitting }.all()) {
        (Limit::None, Fit::Yes) => setting.until,
        (_, Fit::Yes) if fitting.can == Fit::Yes => setting.until,
        (Limit::From(day), Fit::Yes) => {
            let before = Until::Day(day.previous_day()?);
            Some(setting.until.filter(|until| until.last_day() < before.last_day()).unwrap_or(before))
        }
        _ => None,
    }
}

/// What stops on that day, and until when.
pub(super) fn stop(
    standing: &Standing<'_>,
    deviations: &[Deviation],
    seen: &Seen<'_>,
    policy: &Policy,
    on: Date,
) -> Option<Stop> {
    let (until, setting) = standing.ends()?;
    Some(Stop {
        until,
        is_inexact: setting.inexact,
        reversible: setting.reversible.clone(),
        what: what(&named(setting, deviations), seen),
        on,
        checked: policy.checked.filter(|_| policy.origin == Origin::BuiltIn),
        source: policy.source.clone().filter(|_| policy.origin == Origin::BuiltIn),
    })
}

/// Of what deviates from the target that which the ending setting speaks of: the rest differs, but does not end, as the
/// encryption of a new port does not. All of it where the setting speaks of nothing that differs.
fn named(setting: &Setting, deviations: &[Deviation]) -> Vec<Deviation> {
    let speaks = |deviation: &Deviation| match deviation {
        Deviation::Auth => !setting.auth.is_empty(),
        // A lasting one that asks for a later version of TLS ends for a client that is too old.
        Deviation::Tls => !setting.security.is_empty() || setting.tls_min.is_some(),
        Deviation::Server => !setting.host.is_empty(),
        Deviation::Port => !setting.port.is_empty(),
        Deviation::Protocol => setting.protocol.is_some(),
    };
    let named: Vec<Deviation> = deviations.iter().copied().filter(speaks).collect();
    if named.is_empty() { deviations.to_vec() } else { named }
}

/// What of an account ends: the first of what deviates, as people know it.
fn what(deviations: &[Deviation], seen: &Seen<'_>) -> Text {
    use crate::model::Auth;
    let has = |deviation| deviations.contains(&deviation);
    match seen.auth {
        Some(Auth::None) if seen.logs_on_first => Text::fixed("POP before SMTP", "POP-before-SMTP"),
        Some(Auth::None) => Text::fixed("SMTP認証なしの送信", "sending without SMTP-AUTH"),
        Some(Auth::Apop) if has(Deviation::Auth) => Text::fixed("APOP", "APOP"),
        Some(Auth::Password) if has(Deviation::Auth) => Text::fixed("パスワード認証", "password"),
        _ if has(Deviation::Auth) => Text::fixed("今の認証方式", "this authentication method"),
        _ if has(Deviation::Tls) && seen.security == Some(Security::Plain) => {
            Text::fixed("暗号化なしの接続", "clear text")
        }
        _ if has(Deviation::Protocol) => Text::fixed("今の受信方式", "this protocol"),
        _ if has(Deviation::Server) => Text::fixed("今のサーバー", "this server"),
        _ if has(Deviation::Tls) => Text::fixed("今の暗号化", "this encryption"),
        _ => match seen.port.and_then(Port::number) {
            Some(port) if has(Deviation::Port) => Text::new(format!("ポート {port}"), format!("port {port}")),
            _ => Text::fixed("今の設定", "this setting"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::Can;
    use crate::model::Auth;
    use crate::policy::{Method, Side};

    #[test]
    fn what_ends_is_what_the_ending_setting_speaks_of() {
        let seen = |security, auth| Seen {
            side: Side::Sending,
            host: Some("smtp.example.jp"),
            port: Some(Port::Stored(587)),
            security: Some(security),
            auth: Some(auth),
            logs_on_first: false,
            protocol: None,
            incoming: None,
            addresses: &[],
            can: Can::default(),
        };
        let on_587 = Setting { port: vec![587], ..Setting::default() };
        let in_clear = Setting { security: vec![Security::Plain], ..on_587.clone() };
        let by_password = Setting { auth: vec![Method::By(Auth::Password)], ..on_587.clone() };
        let (port, tls, auth) = (Deviation::Port, Deviation::Tls, Deviation::Auth);
        let all: &[Deviation] = &[port, tls, auth];
        for (setting, deviations, seen, expected) in [
            (&on_587, &[port, tls][..], seen(Security::StartTls, Auth::Password), "port 587"),
            (&in_clear, all, seen(Security::Plain, Auth::OAuth2), "clear text"),
            (&by_password, all, seen(Security::StartTls, Auth::Password), "password"),
            (&Setting::default(), &[tls], seen(Security::StartTls, Auth::Password), "this encryption"),
            (&on_587, &[port], seen(Security::StartTls, Auth::None), "sending without SMTP-AUTH"),
        ] {
            assert_eq!(what(&named(setting, deviations), &seen).en, expected, "{setting:?}");
        }
    }
}
