//! 10,000 sealed entries pushed, beside the same bytes POSTed to a server that only reads them.

use std::time::Instant;

use waymark_diary::net::HttpTransport;
use waymark_diary::{Now, Readers, sync};

use crate::Result;
use crate::stand::{Stand, entry};

pub const ENTRIES: usize = 13_000;
/// A sealed entry of that length: 2 KiB of padded body, header, and a slot.
const RECORD_BYTES: usize = 2048 + 16 + 190 + 70;
/// As many as fit into 1 MiB.
const PER_PUSH: usize = 1024 * 1024 / RECORD_BYTES;

pub async fn run(stand: &Stand) -> Result<()> {
    let diary = stand.diary("push").await?;
    let started = Instant::now();
    for number in 0..ENTRIES {
        diary.with(|diary| diary.finish(entry(number), Readers::OnlyMe, Now::from_clock()))?;
    }
    let written = started.elapsed().as_secs_f64();

    let transport = HttpTransport::new(stand.url.clone())?;
    let started = Instant::now();
    let outcome = sync::run(&diary, &transport, Now::from_clock()).await?;
    let pushed = started.elapsed().as_secs_f64();
    if outcome.stopped.is_some() {
        return Err("the push did not go through".into());
    }
    println!("{ENTRIES} sealed entries, {RECORD_BYTES} bytes each");
    println!("  written one by one       {written:8.2} s");
    println!("  pushed and receipted     {pushed:8.2} s      (promise: at most 2)");
    println!("  floor: bare HTTP         {:8.2} s", bare_http().await?);

    // The study's hold is over at once, so sharing grants them all at the next sync.
    diary.with(|diary| diary.entry_ids().iter().try_for_each(|id| diary.share(id, Now::from_clock())))?;
    let started = Instant::now();
    let outcome = sync::run(&diary, &transport, Now::from_clock()).await?;
    if outcome.stopped.is_some() {
        return Err("the grants did not go through".into());
    }
    println!("  granted and receipted    {:8.2} s", started.elapsed().as_secs_f64());
    Ok(())
}

async fn bare_http() -> Result<f64> {
    let router = axum::Router::new()
        .route("/", axum::routing::post(async |body: axum::body::Bytes| body.len().to_string()))
        .layer(axum::extract::DefaultBodyLimit::disable());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/", listener.local_addr()?);
    let serving = tokio::spawn(axum::serve(listener, router).into_future());
    let client = reqwest::Client::builder().no_proxy().tls_certs_only([]).build()?;
    let started = Instant::now();
    let mut left = ENTRIES;
    while left > 0 {
        let now = left.min(PER_PUSH);
        client.post(&url).body(vec![7u8; now * RECORD_BYTES]).send().await?.bytes().await?;
        left -= now;
    }
    let taken = started.elapsed().as_secs_f64();
    serving.abort();
    Ok(taken)
}
