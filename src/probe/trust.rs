//! What is wrong with a chain of certificates, judged apart from the connection: a bad one is a result and no error. The
//! roots are the platform's; nothing is fetched on a certificate's word.

use super::certificate::{self, Written};
use crate::model::{Certificate, Fault, iso};
use rustls::pki_types::{CertificateDer, ServerName, TrustAnchor, UnixTime};
use std::time::Duration;
use time::OffsetDateTime;
use webpki::{ALL_VERIFICATION_ALGS, EndEntityCert, KeyUsage, anchor_from_trusted_cert};

/// Certificates of a chain that are looked at.
const CHAIN: usize = 10;

/// The roots that this system trusts.
#[derive(Debug, Clone, Default)]
pub struct Roots(Vec<TrustAnchor<'static>>);

impl Roots {
    /// Those of the platform; what can't be read of them is left out.
    pub fn of_platform() -> Self {
        Self::of(&rustls_native_certs::load_native_certs().certs)
    }

    /// These.
    pub fn of(certificates: &[CertificateDer<'_>]) -> Self {
        let anchor = |certificate| anchor_from_trusted_cert(certificate).ok().map(|anchor| anchor.to_owned());
        Self(certificates.iter().filter_map(anchor).collect())
    }
}

/// What a chain says and what is wrong with it; a server by address is not looked for among the names.
pub(super) fn judge(
    chain: &[CertificateDer<'_>],
    host: Option<&ServerName<'_>>,
    roots: &Roots,
    now: OffsetDateTime,
) -> Option<Certificate> {
    let first = chain.first()?;
    let Ok(written) = certificate::read(first) else {
        return Some(Certificate {
            sent: chain.len(),
            faults: vec![Fault::Invalid],
            ..Certificate::default()
        });
    };
    let mut faults = Vec::new();
    let is_expired = written.until.is_none_or(|until| until < now);
    faults.extend(is_expired.then_some(Fault::Expired));
    faults.extend(written.from.is_none_or(|from| from > now).then_some(Fault::NotYet));
    let of_chain = chain_fault(chain, host, roots, now, &written);
    faults.extend(of_chain.into_iter().filter(|fault| *fault != Fault::Expired || !is_expired));
    let day = |moment: Option<OffsetDateTime>| moment.map(|moment| iso(moment.date()));
    Some(Certificate {
        from: day(written.from),
        until: day(written.until),
        names: written.names,
        issuer: written.issuer,
        sent: chain.len(),
        faults,
    })
}

/// Name and signatures. Days are told already: the signatures are looked at as of a day on which the certificate held.
fn chain_fault(
    chain: &[CertificateDer<'_>],
    host: Option<&ServerName<'_>>,
    roots: &Roots,
    now: OffsetDateTime,
    written: &Written,
) -> Vec<Fault> {
    let mut faults = Vec::new();
    let Some(Ok(first)) = chain.first().map(EndEntityCert::try_from) else { return vec![Fault::Invalid] };
    if host.is_some_and(|host| first.verify_is_valid_for_subject_name(host).is_err()) {
        faults.push(Fault::OtherName);
    }
    let between = chain.get(1..chain.len().min(CHAIN)).unwrap_or_default();
    let moment = match (written.from, written.until) {
        (Some(from), Some(until)) if from <= until => now.clamp(from, until),
        _ => now,
    };
    let seconds = u64::try_from(moment.unix_timestamp()).unwrap_or_default();
    let moment = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
    let usage = KeyUsage::server_auth();
    let verified =
        first.verify_for_usage(ALL_VERIFICATION_ALGS, &roots.0, between, moment, usage, None, None);
    faults.extend(match verified {
        Ok(_) => None,
        Err(_) if written.is_own_issuer => Some(Fault::SelfSigned),
        Err(_) if roots.0.is_empty() => Some(Fault::NoRoots),
        // A root of the same name, and another key.
        Err(webpki::Error::UnknownIssuer | webpki::Error::InvalidSignatureForPublicKey) => {
            Some(unknown(between, written))
        }
        Err(webpki::Error::CertExpired { .. } | webpki::Error::InvalidCertValidity) => Some(Fault::Expired),
        Err(_) => Some(Fault::Invalid),
    });
    faults
}

/// A public authority's certificate says where that of its issuer is; servers that send theirs alone make clients that don't
/// look there fail.
fn unknown(between: &[CertificateDer<'_>], first: &Written) -> Fault {
    let others: Vec<Written> = between.iter().filter_map(|one| certificate::read(one).ok()).collect();
    let mut last = first;
    for _ in 0..CHAIN {
        let next = others.iter().find(|other| last.may_be_signed_by(other) && !other.is_own_issuer);
        match next {
            Some(next) if next != last => last = next,
            _ => break,
        }
    }
    let has_root = others.iter().any(|other| last.may_be_signed_by(other));
    if last.names_place_of_issuer && !has_root { Fault::MissingIntermediate } else { Fault::UnknownIssuer }
}

#[cfg(test)]
#[path = "trust_tests.rs"]
mod tests;
