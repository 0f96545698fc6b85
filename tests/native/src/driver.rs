//! The app, started by tauri-driver and WebKitWebDriver.
//!
//! No `WEBKIT_DISABLE_*` variable is set (screenshots hang with them), and the driver gets a message bus from whoever
//! runs this.

use std::fs::{self, File};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

use crate::{Trouble, programs};

const APP: &str = "WAYMARK_APP";

/// The app's window in a session of its own.
pub struct App {
    pub(crate) client: Client,
    driver: Child,
    diary: PathBuf,
}

impl App {
    /// Starts the app on the diary in a folder. All that the app and its webview keep lies below that folder.
    pub async fn open(folder: &Path) -> Result<Self, Trouble> {
        Self::open_with(folder, &[]).await
    }

    /// As [`open`](Self::open), the way a system does it when somebody taps an invitation's link.
    pub async fn open_link(folder: &Path, link: &str) -> Result<Self, Trouble> {
        Self::open_with(folder, &[link]).await
    }

    async fn open_with(folder: &Path, arguments: &[&str]) -> Result<Self, Trouble> {
        let diary = folder.join("diary");
        fs::create_dir_all(&diary).map_err(Trouble::system(diary.display().to_string()))?;
        let log = folder.join("app.log");
        let log = File::options().create(true).append(true).open(&log).map_err(Trouble::system("app.log"))?;
        let ports = (programs::free_port(), programs::free_port());
        let (Ok(port), Ok(native)) = ports else {
            return Err(Trouble::Answer { program: "free ports".into(), answer: format!("{ports:?}") });
        };
        let mut driver = Command::new(programs::path("WAYMARK_TAURI_DRIVER")?)
            .args(["--port", &port.to_string(), "--native-port", &native.to_string()])
            .env("WAYMARK_DIR", &diary)
            .env("XDG_DATA_HOME", folder.join("data"))
            .env("XDG_CACHE_HOME", folder.join("cache"))
            .env("XDG_CONFIG_HOME", folder.join("config"))
            .stdin(Stdio::null())
            .stdout(log.try_clone().map_err(Trouble::system("app.log"))?)
            .stderr(log)
            .spawn()
            .map_err(Trouble::system("tauri-driver"))?;
        match session(port, native, arguments).await {
            Ok(client) => Ok(Self { client, driver, diary }),
            Err(trouble) => {
                programs::end(&mut driver);
                Err(trouble)
            }
        }
    }

    /// Closes the window as a person does.
    pub async fn close(self) -> Result<(), Trouble> {
        // The driver is ended by the drop, when the session is gone.
        Ok(self.client.clone().close().await?)
    }

    /// Takes the app away in the middle of whatever it does, as a flat battery would.
    pub fn kill(self) -> Result<(), Trouble> {
        let diary = self.diary.display().to_string();
        match programs::kill_hard(APP, ("WAYMARK_DIR", &diary))? {
            0 => Err(Trouble::Answer { program: "the app".into(), answer: "it was not running".into() }),
            _ => Ok(()),
        }
    }
}

impl Drop for App {
    fn drop(&mut self) {
        programs::end(&mut self.driver);
    }
}

/// Waits for both drivers and asks them for the app.
async fn session(port: u16, native: u16, arguments: &[&str]) -> Result<Client, Trouble> {
    for port in [native, port] {
        let patience = Instant::now() + Duration::from_secs(20);
        while let Err(error) = TcpStream::connect(("127.0.0.1", port)) {
            if Instant::now() > patience {
                return Err(Trouble::system("the driver does not listen")(error));
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
    let app = programs::path(APP)?;
    let capabilities = json!({ "tauri:options": { "application": app, "args": arguments } });
    let capabilities = capabilities.as_object().cloned().expect("capabilities are an object");
    let client = ClientBuilder::new(HttpConnector::new())
        .capabilities(capabilities)
        .connect(&format!("http://127.0.0.1:{port}"))
        .await?;
    Ok(client)
}
