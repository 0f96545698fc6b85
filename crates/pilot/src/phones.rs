//! The person's phones, and stopping one.

use std::path::Path;

use serde::Serialize;
use waymark_diary::net::HttpTransport;
use waymark_diary::{DiaryHandle, Error, Now, stop_phone};
use zeroize::Zeroizing;

use crate::cli::Output;
use crate::commands::{print, stdin};
use crate::open::{Failure, open};

/// A phone as it is printed.
#[derive(Serialize)]
struct Listed {
    device: String,
    this: bool,
    new: bool,
    stopped: bool,
}

/// Lists the phones of the diary in `dir`, after stopping one of them.
pub async fn run(dir: &Path, stop: Option<&str>, output: Output, now: Now) -> Result<u8, Failure> {
    let diary = DiaryHandle::new(open(dir)?);
    if let Some(device) = stop {
        let device = device
            .parse()
            .map_err(|_| Failure::Io("a phone's id is 32 letters and digits, as `phones` shows it".to_owned()))?;
        let (confirmed, server) = diary.with(|diary| Ok((diary.words_confirmed(), diary.server()?)))?;
        let words = if confirmed { Some(Zeroizing::new(stdin()?)) } else { None };
        let transport = HttpTransport::new(server).map_err(Error::from)?;
        stop_phone(&diary, &device, words.as_ref().map(|words| words.as_str()), now, &transport).await?;
    }
    let phones = diary.with(|diary| Ok(diary.phones()))?;
    let phones: Vec<Listed> = phones
        .into_iter()
        .map(|phone| Listed {
            device: phone.device.to_string(),
            this: phone.this,
            new: phone.new,
            stopped: phone.stopped,
        })
        .collect();
    print(output, &phones, |phones| phones.iter().map(line).collect::<Vec<_>>().join("\n"))
}

fn line(phone: &Listed) -> String {
    let state = match (phone.stopped, phone.this, phone.new) {
        (true, _, _) => "stopped",
        (_, true, _) => "this phone",
        (_, _, true) => "new",
        _ => "known",
    };
    format!("{}  {state}", phone.device)
}
