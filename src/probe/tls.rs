//! TLS over a connection: it comes about whatever the certificate is like, which is judged apart.

use super::wire::Wire;
use crate::model::TlsFailure;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    AlertDescription, ClientConfig, ClientConnection, DigitallySignedStruct, Error, PeerIncompatible,
    ProtocolVersion, SignatureScheme, StreamOwned,
};
use std::io::{self, ErrorKind};
use std::sync::Arc;

/// A connection within TLS.
pub(super) type Secured = StreamOwned<ClientConnection, Wire>;

/// TLS as it came about.
pub(super) struct Handshake {
    pub(super) stream: Secured,
    pub(super) version: Option<&'static str>,
    pub(super) chain: Vec<CertificateDer<'static>>,
}

/// What a client says first; the same for all servers.
pub(super) fn config() -> Option<Arc<ClientConfig>> {
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider));
    let mut config = builder
        .with_safe_default_protocol_versions()
        .ok()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Anybody(provider)))
        .with_no_client_auth();
    // Nothing of a server is kept, not even for the next connection.
    config.resumption = rustls::client::Resumption::disabled();
    Some(Arc::new(config))
}

/// Begins TLS. The time to wait is that of the connection.
pub(super) fn begin(
    wire: Wire,
    name: ServerName<'static>,
    config: &Arc<ClientConfig>,
) -> Result<Handshake, TlsFailure> {
    let mut stream = wire;
    let Ok(mut tls) = ClientConnection::new(Arc::clone(config), name) else { return Err(TlsFailure::Failed) };
    while tls.is_handshaking() {
        match tls.complete_io(&mut stream) {
            Ok((0, 0)) => return Err(TlsFailure::Closed),
            Ok(_) => {}
            Err(error) => return Err(failure(&error)),
        }
    }
    let version = match tls.protocol_version() {
        Some(ProtocolVersion::TLSv1_2) => Some("1.2"),
        Some(ProtocolVersion::TLSv1_3) => Some("1.3"),
        _ => None,
    };
    let chain = tls.peer_certificates().unwrap_or_default().to_vec();
    Ok(Handshake { stream: StreamOwned::new(tls, stream), version, chain })
}

/// What ended it. A server that knows only TLS 1.0 or 1.1 answers with these, or with the alert `protocol_version` (RFC 8446,
/// 6.2, and RFC 5246, E.1).
fn failure(error: &io::Error) -> TlsFailure {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<Error>()) {
        Some(
            Error::AlertReceived(AlertDescription::ProtocolVersion)
            | Error::PeerIncompatible(
                PeerIncompatible::ServerDoesNotSupportTls12Or13
                | PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig,
            ),
        ) => TlsFailure::TooOld,
        // The first bytes are no record of TLS.
        Some(Error::InvalidMessage(_)) => TlsFailure::NoTls,
        Some(_) => TlsFailure::Failed,
        None if matches!(error.kind(), ErrorKind::TimedOut | ErrorKind::WouldBlock) => TlsFailure::Silent,
        None => TlsFailure::Closed,
    }
}

/// Takes any certificate, but not a signature that does not fit it.
#[derive(Debug)]
struct Anybody(Arc<CryptoProvider>);

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
