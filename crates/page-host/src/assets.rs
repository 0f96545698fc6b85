//! Where the page's files come from: a folder, or a function over files that are built into the program.

use std::borrow::Cow;
use std::fmt;
use std::path::{Component, Path, PathBuf};

/// The built page.
#[derive(Clone)]
pub enum Assets {
    /// A folder, read at each request.
    Folder(PathBuf),
    /// Files inside the program, by their path with `/`.
    Embedded(fn(&str) -> Option<Cow<'static, [u8]>>),
}

impl fmt::Debug for Assets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => f.debug_tuple("Folder").field(folder).finish(),
            Self::Embedded(_) => f.write_str("Embedded"),
        }
    }
}

impl Assets {
    /// The bytes of one file. `None` for anything that is not a plain file of the page.
    pub(crate) async fn read(&self, path: &str) -> Option<Cow<'static, [u8]>> {
        let path = plain(path)?;
        match self {
            Self::Embedded(find) => find(path.to_str()?),
            Self::Folder(folder) => {
                // A link inside the folder must not lead out of it either.
                let root = tokio::fs::canonicalize(folder).await.ok()?;
                let file = tokio::fs::canonicalize(root.join(path)).await.ok()?;
                if !file.starts_with(&root) || !tokio::fs::metadata(&file).await.ok()?.is_file() {
                    return None;
                }
                tokio::fs::read(file).await.ok().map(Cow::Owned)
            }
        }
    }
}

/// A relative path of ordinary names: no `..`, no root, no drive, no hidden files, no escapes.
fn plain(path: &str) -> Option<&Path> {
    if path.is_empty() || path.contains(['%', '\\', ':', '\0']) {
        return None;
    }
    let ordinary = |part: Component<'_>| match part {
        Component::Normal(name) => !name.to_string_lossy().starts_with('.'),
        _ => false,
    };
    let path = Path::new(path);
    path.components().all(ordinary).then_some(path)
}

/// The type of a file of a page, by its name.
pub(crate) fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, end)| end) {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "ftl" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{Assets, plain};

    #[test]
    fn only_paths_of_ordinary_names_are_plain() {
        for good in ["index.html", "assets/start-Ab_1.js"] {
            assert!(plain(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "..",
            "../secret",
            "assets/../../secret",
            "/etc/passwd",
            "%2e%2e/secret",
            "a\\b",
            "c:/x",
            ".git/config",
            "a\0b",
        ] {
            assert!(plain(bad).is_none(), "{bad}");
        }
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_link_out_of_the_folder_is_not_followed() {
        let outside = tempfile::tempdir().expect("a folder");
        std::fs::write(outside.path().join("secret.txt"), "secret").expect("a file");
        let page = tempfile::tempdir().expect("a folder");
        std::fs::write(page.path().join("page.js"), "1").expect("a file");
        std::os::unix::fs::symlink(outside.path().join("secret.txt"), page.path().join("link.txt")).expect("a link");
        let assets = Assets::Folder(page.path().to_path_buf());
        assert!(assets.read("page.js").await.is_some());
        assert!(assets.read("link.txt").await.is_none());
    }
}
