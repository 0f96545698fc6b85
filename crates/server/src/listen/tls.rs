//! TLS of the server's own: a certificate and its key, read again when their files change.
//!
//! A connection keeps what it began with. A new pair that is not one is logged and the old one goes on; the files are looked at
//! by their bytes, so that neither a copied date nor a moved link hides a change.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::{InconsistentKeys, ServerConfig};
use tokio::sync::Notify;
use tokio_rustls::TlsAcceptor;
use waymark_protocol::Hash;

const LOOK_EVERY: Duration = Duration::from_secs(5);
/// HTTP/2, as ALPN names it.
pub const H2: &[u8] = b"h2";
const HTTP_1_1: &[u8] = b"http/1.1";

/// Why there is no TLS.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read.
    #[error("{} cannot be read: {error}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// No certificate.
    #[error("{} holds no certificate: it must be PEM, with BEGIN CERTIFICATE, the server's own first", .0.display())]
    NoCertificate(PathBuf),
    /// No key.
    #[error("{} holds no private key: it must be PEM, with BEGIN PRIVATE KEY, without a passphrase", .0.display())]
    NoKey(PathBuf),
    /// The two do not belong together.
    #[error("the key in {} is not the one of the certificate in {}: give the two files that were made together", key.display(), certificate.display())]
    Mismatch {
        /// The certificate's file.
        certificate: PathBuf,
        /// The key's file.
        key: PathBuf,
    },
    /// Something else about them.
    #[error("the certificate or its key cannot be used: {0}")]
    Unusable(rustls::Error),
}

/// The two files.
#[derive(Debug, Clone)]
pub struct Files {
    /// The certificate and those that vouch for it.
    pub certificate: PathBuf,
    /// Its key.
    pub key: PathBuf,
}

/// What was in the files.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Fingerprint(Hash, Hash);

impl Files {
    /// Reads the pair, and whether it is one.
    pub fn load(&self) -> Result<CertifiedKey, TlsError> {
        self.parse(&self.read()?)
    }

    fn read(&self) -> Result<(Vec<u8>, Vec<u8>), TlsError> {
        let read =
            |path: &Path| std::fs::read(path).map_err(|error| TlsError::Unreadable { path: path.to_owned(), error });
        Ok((read(&self.certificate)?, read(&self.key)?))
    }

    fn parse(&self, (certificate, key): &(Vec<u8>, Vec<u8>)) -> Result<CertifiedKey, TlsError> {
        let no_certificate = || TlsError::NoCertificate(self.certificate.clone());
        let chain = CertificateDer::pem_slice_iter(certificate).collect::<Result<Vec<_>, _>>();
        let chain = chain.ok().filter(|chain| !chain.is_empty()).ok_or_else(no_certificate)?;
        let key = PrivateKeyDer::from_pem_slice(key).map_err(|_| TlsError::NoKey(self.key.clone()))?;
        CertifiedKey::from_der(chain, key, &provider()).map_err(|error| match error {
            rustls::Error::InconsistentKeys(InconsistentKeys::KeyMismatch) => {
                TlsError::Mismatch { certificate: self.certificate.clone(), key: self.key.clone() }
            }
            error => TlsError::Unusable(error),
        })
    }
}

fn provider() -> CryptoProvider {
    rustls::crypto::ring::default_provider()
}

/// The pair in use.
pub struct Certificate {
    files: Files,
    used: RwLock<Arc<CertifiedKey>>,
    /// What the files held when they were last looked at; none when they could not be read.
    seen: RwLock<Option<Fingerprint>>,
}

impl Certificate {
    /// Reads the pair.
    pub fn load(files: Files) -> Result<Arc<Self>, TlsError> {
        let bytes = files.read()?;
        let used = RwLock::new(Arc::new(files.parse(&bytes)?));
        Ok(Arc::new(Self { files, used, seen: RwLock::new(Some(Fingerprint::of(&bytes))) }))
    }

    /// TLS 1.2 and 1.3 with this certificate, for HTTP/2 and HTTP/1.1.
    pub fn acceptor(self: &Arc<Self>) -> Result<TlsAcceptor, TlsError> {
        let builder = ServerConfig::builder_with_provider(Arc::new(provider()));
        let builder = builder.with_safe_default_protocol_versions().map_err(TlsError::Unusable)?;
        let mut config = builder.with_no_client_auth().with_cert_resolver(self.clone());
        config.alpn_protocols = vec![H2.to_vec(), HTTP_1_1.to_vec()];
        Ok(TlsAcceptor::from(Arc::new(config)))
    }

    /// Looks at the files now and then, and whenever `look_now` says so, for ever.
    pub async fn follow_files(self: Arc<Self>, look_now: &Notify) {
        loop {
            tokio::select! {
                () = tokio::time::sleep(LOOK_EVERY) => {}
                () = look_now.notified() => {}
            }
            let certificate = self.clone();
            if let Err(error) = tokio::task::spawn_blocking(move || certificate.look()).await {
                tracing::error!(%error, "looking at the certificate's files failed");
            }
        }
    }

    /// Takes what is in the files, when it has changed and is a pair.
    fn look(&self) {
        let bytes = self.files.read();
        let found = bytes.as_ref().ok().map(Fingerprint::of);
        let before = std::mem::replace(&mut *self.seen.write().unwrap_or_else(PoisonError::into_inner), found);
        if found == before {
            return;
        }
        match bytes.and_then(|bytes| self.files.parse(&bytes)) {
            Ok(pair) => {
                *self.used.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(pair);
                tracing::info!("the TLS certificate was read again and is in use for new connections");
            }
            Err(error) => tracing::error!(%error, "the new TLS certificate is not used; the old one stays"),
        }
    }
}

impl Fingerprint {
    fn of((certificate, key): &(Vec<u8>, Vec<u8>)) -> Self {
        Self(Hash::of(certificate), Hash::of(key))
    }
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.used.read().unwrap_or_else(PoisonError::into_inner).clone())
    }
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificate").field("files", &self.files).finish_non_exhaustive()
    }
}
