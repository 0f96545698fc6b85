//! A server that speaks S3, on loopback, over a folder.

use std::path::{Path, PathBuf};
use std::thread::JoinHandle;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use tempfile::TempDir;
use tokio::sync::oneshot;

use super::random;

// Short: this server keeps what it knows of an object in a file whose name is the object's, written longer.
const NAME: &str = "parts";
const PREFIX: &str = "one";

/// A running server with one bucket.
pub struct S3 {
    folder: TempDir,
    address: String,
    secret: String,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl S3 {
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join(NAME)).unwrap();
        let secret = waymark_protocol::hex::encode(&random::<16>());
        let mut service = S3ServiceBuilder::new(s3s_fs::FileSystem::new(folder.path()).unwrap());
        service.set_auth(SimpleAuth::from_single("waymark", secret.as_str()));
        let service = service.build();
        let routes = Router::new().fallback(async move |request: Request| {
            service.call(request.map(s3s::Body::http_body_unsync)).await.unwrap().map(Body::new)
        });
        let (stop, stopped) = oneshot::channel::<()>();
        let (ready, address) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
                ready.send(format!("http://{}", listener.local_addr().unwrap())).unwrap();
                tokio::select! {
                    served = async { axum::serve(listener, routes).await } => served.unwrap(),
                    _ = stopped => {}
                }
            });
        });
        Self { folder, address: address.recv().unwrap(), secret, stop: Some(stop), thread: Some(thread) }
    }

    /// What tells a program of it.
    pub fn environment(&self) -> Vec<(String, String)> {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        vec![
            pair("WAYMARK_PARTS_URL", &format!("s3://{NAME}/{PREFIX}/")),
            pair("AWS_ENDPOINT", &self.address),
            pair("AWS_ALLOW_HTTP", "true"),
            pair("AWS_REGION", "eu-central-1"),
            pair("AWS_ACCESS_KEY_ID", "waymark"),
            pair("AWS_SECRET_ACCESS_KEY", &self.secret),
        ]
    }

    /// Where the objects lie.
    pub fn objects(&self) -> PathBuf {
        Path::new(self.folder.path()).join(NAME).join(PREFIX)
    }
}

impl Drop for S3 {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            assert!(ended.is_ok() || std::thread::panicking(), "the bucket's server has panicked");
        }
    }
}
