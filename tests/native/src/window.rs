//! The demo for someone in front of a screen: the app's window on an invitation, and what to try.

use std::path::Path;
use std::process::Command;

use waymark_native::{Trouble, programs};

use crate::begin;

/// Opens the app on an invitation to the example study, and waits until its window is closed.
pub fn show(folder: &Path) -> Result<(), Trouble> {
    let (folder, study) = begin(folder)?;
    let invitation = study.invite("P01")?;
    let desk = programs::path("WAYMARK_DESK")?.display().to_string();
    let collection = study.folder().join("desk").display().to_string();
    println!(
        "\
A study server listens on http://{address}. The diary's window opens on an invitation to the study “Transitions”.
(The study as it ships holds what is shared for 48 hours. Here it goes at once.)

Try this: join, write an entry, and share it or keep it private. Then, in another terminal, be the researcher
(the desk's passphrase is “{passphrase}”):

  {desk} pull   --desk {collection}
  {desk} verify --desk {collection}
  {desk} export --desk {collection} --format md --out {export}

Should you close the invitation, it can be typed as well:

  {text}

Everything ends when you close the window.
",
        address = study.address(),
        passphrase = programs::DESK_PASSPHRASE,
        export = folder.join("export.md").display(),
        text = invitation.text,
    );
    let status = Command::new(programs::path("WAYMARK_APP")?)
        .arg(&invitation.link)
        .env("WAYMARK_DIR", folder.join("phone"))
        .status()
        .map_err(Trouble::system("the app"))?;
    if status.success() {
        println!("The window is closed and the server stopped. `cargo xtask demo` begins anew.");
        Ok(())
    } else {
        Err(Trouble::Failed { program: "the app".to_owned(), said: status.to_string() })
    }
}
