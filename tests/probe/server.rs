//! Servers on ports of their own that do what they like, and write down what they hear.

use rcgen::{CertificateParams, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// What a server has heard, and how many connections it had.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    lines: Mutex<Vec<String>>,
    pub(crate) connections: AtomicUsize,
    /// When they began.
    pub(crate) begun: Mutex<Vec<Instant>>,
}

impl Heard {
    pub(crate) fn lines(&self) -> Vec<String> {
        self.lines.lock().unwrap().clone()
    }

    fn note(&self, line: &str) {
        self.lines.lock().unwrap().push(line.trim_end().to_owned());
    }
}

/// A connection, as a script sees it.
pub(crate) struct Guest<S: Read + Write> {
    reader: BufReader<S>,
    heard: Arc<Heard>,
}

impl<S: Read + Write> Guest<S> {
    pub(crate) fn say(&mut self, text: &str) {
        self.say_bytes(text.replace('\n', "\r\n").as_bytes());
    }

    /// False: the guest has gone.
    pub(crate) fn say_bytes(&mut self, bytes: &[u8]) -> bool {
        let stream = self.reader.get_mut();
        stream.write_all(bytes).and_then(|()| stream.flush()).is_ok()
    }

    /// The next line; empty: the guest has gone.
    pub(crate) fn hear(&mut self) -> String {
        let mut line = String::new();
        let _ = self.reader.read_line(&mut line);
        if !line.is_empty() {
            self.heard.note(&line);
        }
        line.trim_end().to_owned()
    }

    /// Answers EHLO until the guest goes or wants TLS.
    pub(crate) fn smtp(&mut self, capabilities: &str) {
        loop {
            let line = self.hear();
            match line.split(' ').next().unwrap_or_default() {
                "EHLO" => self.say(capabilities),
                "STARTTLS" => {
                    self.say("220 go\n");
                    return;
                }
                "QUIT" | "" => return,
                _ => self.say("502 what?\n"),
            }
        }
    }
}

impl Guest<TcpStream> {
    pub(crate) fn tcp(&self) -> TcpStream {
        self.reader.get_ref().try_clone().unwrap()
    }

    /// Goes on within TLS.
    pub(crate) fn secure(self, keys: &Keys) -> Guest<StreamOwned<ServerConnection, TcpStream>> {
        let tls = ServerConnection::new(Arc::clone(&keys.config)).unwrap();
        let stream = StreamOwned::new(tls, self.reader.into_inner());
        Guest { reader: BufReader::new(stream), heard: self.heard }
    }
}

/// A certificate of its own making, for these names.
pub(crate) struct Keys {
    pub(crate) certificate: CertificateDer<'static>,
    config: Arc<ServerConfig>,
}

impl Keys {
    pub(crate) fn new(names: &[&str]) -> Self {
        let key = KeyPair::generate().unwrap();
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let certificate = CertificateParams::new(names).unwrap().self_signed(&key).unwrap().der().clone();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.clone()], key)
            .unwrap();
        Self { certificate, config: Arc::new(config) }
    }
}

/// A server that runs as long as the test.
pub(crate) struct Server {
    pub(crate) port: u16,
    pub(crate) heard: Arc<Heard>,
}

/// Starts a server whose guests each go through the script.
pub(crate) fn serve(script: impl Fn(Guest<TcpStream>) + Send + Sync + 'static) -> Server {
    serve_at("127.0.0.1", script)
}

/// The same on another address of this computer.
pub(crate) fn serve_at(address: &str, script: impl Fn(Guest<TcpStream>) + Send + Sync + 'static) -> Server {
    let listener = TcpListener::bind((address, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = Arc::new(Heard::default());
    let (script, shared) = (Arc::new(script), Arc::clone(&heard));
    thread::spawn(move || {
        for tcp in listener.incoming().map_while(Result::ok) {
            tcp.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
            let (script, heard) = (Arc::clone(&script), Arc::clone(&shared));
            heard.connections.fetch_add(1, Ordering::SeqCst);
            heard.begun.lock().unwrap().push(Instant::now());
            thread::spawn(move || script(Guest { reader: BufReader::new(tcp), heard }));
        }
    });
    Server { port, heard }
}
