//! What a server answered, port by port, in sentences. What is blocked from here, refused and offered are three answers.

use crate::model::{
    Answer, Certificate, Fault, Offer, Probe, ProbedPort, Service, Text, TlsFailure, Unasked,
};

/// All that is said of a server by itself.
pub(super) fn of_server(probe: &Probe) -> Text {
    if let Some(why) = probe.unasked {
        return unasked(why);
    }
    let mut texts: Vec<Text> = Vec::new();
    let open = probe.ports.iter().find(|found| found.answer == Answer::Offered).map(|found| found.port);
    for found in &probe.ports {
        texts.push(of_port(found, open));
        texts.extend(found.certificate().and_then(|certificate| of_certificate(found.port, certificate)));
    }
    join(&texts)
}

/// Sentences one after the other: Japanese needs no blanks between them.
pub(super) fn join(texts: &[Text]) -> Text {
    let ja: Vec<&str> = texts.iter().map(|text| &*text.ja).collect();
    let en: Vec<&str> = texts.iter().map(|text| &*text.en).collect();
    Text::new(ja.concat(), en.join(" "))
}

fn of_port(found: &ProbedPort, open: Option<u16>) -> Text {
    let (port, name) = (found.port, found.service.name());
    match found.answer {
        Answer::Offered => of_offer(found),
        Answer::Refused => Text::new(
            format!("ポート {port} は接続を拒否しました(待ち受けていません)。"),
            format!("Port {port} refuses: nothing listens there."),
        ),
        Answer::Blocked => match open {
            Some(open) => Text::new(
                format!(
                    "ポート {port} はこのネットワークから応答がなく(拒否ではありません)、途中で遮断されているようです。ポート {open} は使えます。"
                ),
                format!(
                    "Port {port} is blocked from this network (dropped, not refused: a box in between may do that); {open} is open."
                ),
            ),
            None => Text::new(
                format!(
                    "ポート {port} はここからは応答がありません(拒否ではありません)。途中で遮断されているか、サーバーが止まっています。"
                ),
                format!(
                    "Port {port} gives no answer from here (dropped, not refused): a box in between blocks it, or the server is away."
                ),
            ),
        },
        Answer::Silent if found.tls_first => Text::new(
            format!("ポート {port} は開いていますが、TLS の応答が時間内にありません。"),
            format!("Port {port} is open, but no TLS came in time."),
        ),
        Answer::Silent => Text::new(
            format!(
                "ポート {port} は開いていますが、時間内に応答がありません(最初から TLS を待っているか、応答が遅いサーバーです)。"
            ),
            format!(
                "Port {port} is open, but says nothing in time: it waits for TLS from the start, or is slow."
            ),
        ),
        Answer::Declined(code) => {
            let code = code.map(|code| format!(" ({code})")).unwrap_or_default();
            Text::new(
                format!("ポート {port} は、今はこの接続を受け付けません{code}。設定の誤りとは限りません。"),
                format!(
                    "Port {port} turns this connection away for now{code}; that says nothing of the settings."
                ),
            )
        }
        Answer::Broken => Text::new(
            format!("ポート {port} は接続を切ったか、{name} ではない応答をしました。"),
            format!("Port {port} ends the conversation or does not speak {name}."),
        ),
        Answer::NotAsked(why) => {
            let why = not_asked(why);
            Text::new(
                format!("ポート {port} は問い合わせていません({})。", why.ja),
                format!("Port {port} was not asked ({}).", why.en),
            )
        }
    }
}

/// What is offered without TLS and within.
fn of_offer(found: &ProbedPort) -> Text {
    let port = found.port;
    let log_on =
        if found.service == Service::Smtp { ("認証 (AUTH)", "AUTH") } else { ("ログイン", "log-on") };
    let (ja, en) = log_on;
    let empty = Offer::default();
    let (clear, secured) = (found.clear.as_ref().unwrap_or(&empty), found.secured.as_ref());
    let before = methods(clear, found.service);
    let within = secured.map(|offer| methods(offer, found.service)).unwrap_or_default();
    if let Some(failure) = found.tls_failure() {
        let why = of_failure(failure);
        let rest = if before.is_empty() {
            Text::fixed("", "")
        } else {
            Text::new(
                format!("暗号化なしの{ja}は提供しています({before})。"),
                format!(" Without encryption it offers {en} ({before})."),
            )
        };
        let what = if found.tls_first { "TLS" } else { "STARTTLS" };
        return Text::new(
            format!("ポート {port} の {what} は使えません: {}。{}", why.ja, rest.ja),
            format!("Port {port}: {what} does not work: {}.{}", why.en, rest.en),
        );
    }
    if clear.is_masked {
        return Text::new(
            format!("ポート {port} では、途中の機器(ファイアウォールなど)がサーバーの応答を消しています。"),
            format!("Port {port}: something on the way (a firewall) crosses out what the server offers."),
        );
    }
    match (found.tls_first, secured.is_some(), before.is_empty(), within.is_empty()) {
        (true, _, _, false) => Text::new(
            format!("ポート {port} は、最初から TLS の中で{ja}を提供しています({within})。"),
            format!("Port {port} offers {en} within TLS from the start ({within})."),
        ),
        (true, _, _, true) => Text::new(
            format!("ポート {port} は TLS ですが、{ja}を提供していません。"),
            format!("Port {port} has TLS from the start, but offers no {en}."),
        ),
        (false, true, true, false) => Text::new(
            format!("ポート {port} は、STARTTLS の後でだけ{ja}を提供しています({within})。"),
            format!("Port {port} offers {en} only after STARTTLS ({within})."),
        ),
        (false, true, false, false) if before == within => Text::new(
            format!("ポート {port} は、STARTTLS の前でも後でも{ja}を提供しています({within})。"),
            format!("Port {port} offers {en} with and without STARTTLS ({within})."),
        ),
        (false, true, false, false) => Text::new(
            format!(
                "ポート {port} は、暗号化なしで{ja} {before}、STARTTLS の後で {within} を提供しています。"
            ),
            format!("Port {port} offers {en} {before} without encryption, and {within} after STARTTLS."),
        ),
        (false, true, false, true) => Text::new(
            format!("ポート {port} は、STARTTLS の前でだけ{ja}を提供しています({before})。"),
            format!("Port {port} offers {en} only before STARTTLS ({before})."),
        ),
        (false, true, true, true) => Text::new(
            format!("ポート {port} は STARTTLS を提供していますが、{ja}を提供していません。"),
            format!("Port {port} offers STARTTLS, but no {en}."),
        ),
        (false, false, false, _) => Text::new(
            format!(
                "ポート {port} は、暗号化なしでだけ{ja}を提供しています({before})。STARTTLS がありません(サーバーにないか、途中の機器が消しています)。"
            ),
            format!(
                "Port {port} offers {en} only without encryption ({before}): STARTTLS is missing; the server lacks it, or something on the way takes it out."
            ),
        ),
        (false, false, true, _) => Text::new(
            format!("ポート {port} は、{ja}も STARTTLS も提供していません。"),
            format!("Port {port} offers neither {en} nor STARTTLS."),
        ),
    }
}

/// The ways to log on.
pub(super) fn methods(offer: &Offer, service: Service) -> String {
    let login = match service {
        Service::Pop3 if offer.login => Some("USER/PASS"),
        Service::Imap if offer.login => Some("LOGIN"),
        _ => None,
    };
    let apop = offer.apop.then_some("APOP");
    let names: Vec<&str> =
        login.into_iter().chain(apop).chain(offer.auth.iter().map(String::as_str)).collect();
    names.join(", ")
}

/// Why TLS did not come about, as the end of a sentence.
pub(super) fn of_failure(failure: TlsFailure) -> Text {
    match failure {
        TlsFailure::TooOld => Text::fixed(
            "サーバーの TLS が古すぎます(1.0/1.1 だけで、1.2 以降がありません)",
            "the server's TLS is too old (1.0/1.1 only, nothing from 1.2 on)",
        ),
        TlsFailure::NoTls => Text::fixed("TLS ではない応答が来ました", "what came is no TLS"),
        TlsFailure::Closed => Text::fixed("サーバーが接続を切りました", "the server closed the connection"),
        TlsFailure::Silent => Text::fixed("時間内に応答がありません", "nothing came in time"),
        TlsFailure::TurnedDown => Text::fixed(
            "サーバーは STARTTLS を示しますが、受け付けません",
            "the server names STARTTLS, but turns it down",
        ),
        TlsFailure::Failed => {
            Text::fixed("TLS の取り決めが合いません", "the two sides have no TLS in common")
        }
    }
}

fn of_certificate(port: u16, certificate: &Certificate) -> Option<Text> {
    let fault = certificate.faults.first()?;
    let what = of_fault(*fault);
    let known = match fault {
        Fault::Expired => certificate.until.clone(),
        Fault::NotYet => certificate.from.clone(),
        Fault::OtherName => Some(certificate.names.join(", ")),
        Fault::UnknownIssuer | Fault::MissingIntermediate => certificate.issuer.clone(),
        _ => None,
    };
    let known = known.filter(|text| !text.is_empty()).map(|text| format!(" ({text})")).unwrap_or_default();
    Some(Text::new(
        format!("ポート {port} の証明書: {}{known}。", what.ja),
        format!("The certificate of port {port} {}{known}.", what.en),
    ))
}

/// What is wrong, behind "the certificate".
pub(super) fn of_fault(fault: Fault) -> Text {
    match fault {
        Fault::Expired => Text::fixed("期限が切れています", "has expired"),
        Fault::NotYet => Text::fixed("まだ有効になっていません", "is not valid yet"),
        Fault::OtherName => Text::fixed("別の名前のものです", "is for another name"),
        Fault::SelfSigned => Text::fixed("自己署名です", "vouches for itself (self-signed)"),
        Fault::MissingIntermediate => Text::fixed(
            "サーバーが中間証明書を送っていません",
            "comes without the intermediate one that the server has to send",
        ),
        Fault::UnknownIssuer => Text::fixed(
            "このシステムが信頼していない発行者のものです",
            "is of an issuer whom this system does not trust",
        ),
        Fault::Invalid => Text::fixed("正しくありません", "is not in order"),
        Fault::NoRoots => Text::fixed(
            "このシステムに信頼する発行者がなく、確かめられません",
            "can't be judged: this system has no trusted issuers",
        ),
    }
}

/// Why a server was not asked.
pub(super) fn unasked(why: Unasked) -> Text {
    let why = not_asked(why);
    Text::new(format!("問い合わせていません: {}。", why.ja), format!("Not asked: {}.", why.en))
}

pub(super) fn not_asked(why: Unasked) -> Text {
    match why {
        Unasked::NoHost => {
            Text::fixed("調べられるサーバー名ではありません", "it is no name that can be looked up")
        }
        Unasked::Literal => Text::fixed(
            "設定にある IP アドレスは問い合わせません(probe に直接指定してください)",
            "addresses from settings are not asked; give it to probe by itself",
        ),
        Unasked::SingleLabel => Text::fixed(
            "設定にある、点のない名前は問い合わせません(probe に直接指定してください)",
            "names of one label from settings are not asked; give it to probe by itself",
        ),
        Unasked::Unresolved => Text::fixed(
            "名前からアドレスが分かりません(名前の誤りか、ここの DNS の問題です)",
            "the name has no address here: it is wrong, or this network's DNS is",
        ),
        Unasked::Special => Text::fixed(
            "アドレスがこのコンピューター自身などの特別なものです",
            "its address is this computer's own or otherwise special",
        ),
        Unasked::Private => Text::fixed(
            "社内などのプライベートアドレスです(--internal で問い合わせます)",
            "its address is of a private network; --internal asks those, too",
        ),
        Unasked::Port => Text::fixed("メールのポートではありません", "it is no port of mail"),
        Unasked::Limit => Text::fixed("1回の問い合わせの上限を超えています", "more than is asked in one run"),
        Unasked::Stopped => Text::fixed("時間切れか中止です", "the time was over, or it was ended"),
    }
}
