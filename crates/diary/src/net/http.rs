//! Real HTTP: TLS by rustls with ring and Mozilla's roots; plain HTTP to this machine alone ([`ServerUrl`] sees to that).

use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use rustls::pki_types::CertificateDer;
use waymark_protocol::invitation::ServerUrl;
use waymark_protocol::record::wire;

use super::transport::PARTS;
use super::{Body, NetError, Reply, Request, Transport};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);
const TIMEOUT: Duration = Duration::from_secs(60);
/// A part is up to 1 MiB: so much goes through a connection of 4 kB/s in this time.
const PART_TIMEOUT: Duration = Duration::from_secs(5 * 60);

/// Carries requests to one server.
pub struct HttpTransport {
    client: reqwest::Client,
    server: ServerUrl,
}

impl HttpTransport {
    /// To `server`. [`crate::install_crypto`] must have been called.
    ///
    /// # Errors
    ///
    /// [`NetError::Unreachable`] when TLS cannot be set up.
    pub fn new(server: ServerUrl) -> Result<Self, NetError> {
        let roots = webpki_root_certs::TLS_SERVER_ROOT_CERTS
            .iter()
            .filter_map(|root: &CertificateDer<'_>| reqwest::Certificate::from_der(root).ok());
        let client = reqwest::Client::builder()
            .tls_certs_only(roots)
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(TIMEOUT)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .map_err(|_| NetError::Unreachable)?;
        Ok(Self { client, server })
    }
}

impl Transport for HttpTransport {
    async fn send(&self, request: Request) -> Result<Reply, NetError> {
        let url = format!("{}{}", self.server, request.path);
        let mut builder = match request.body {
            Body::None => self.client.get(url),
            Body::Json(body) => self.client.post(url).header(CONTENT_TYPE, "application/json").body(body),
            Body::Records(body) => self.client.post(url).header(CONTENT_TYPE, wire::CONTENT_TYPE).body(body),
            Body::Head => self.client.head(url),
            Body::Part(body) => self.client.put(url).header(CONTENT_TYPE, "application/octet-stream").body(body),
        };
        if request.path.starts_with(PARTS) {
            builder = builder.timeout(PART_TIMEOUT);
        }
        if let Some(token) = request.token {
            builder = builder.bearer_auth(token);
        }
        let mut response = builder.send().await.map_err(|_| NetError::Unreachable)?;
        let status = response.status().as_u16();
        let retry_after = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|_| NetError::Unreachable)? {
            if body.len() + chunk.len() > Reply::MAX_BYTES {
                return Err(NetError::Garbage);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Reply { status, retry_after, body })
    }
}
