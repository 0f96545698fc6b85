//! Where a server keeps things.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// The data folder, and the database if it is not the folder's own.
#[derive(Debug, Clone)]
pub struct Place {
    /// The folder of parts and, unless there is another, of the database.
    pub folder: PathBuf,
    /// A PostgreSQL database.
    pub database: Option<Database>,
    /// Where parts are, when not in the folder.
    pub parts: Option<Bucket>,
}

/// A bucket of an S3-compatible store, and what the names of its objects begin with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bucket {
    /// The bucket.
    pub name: String,
    /// Without slashes at its ends; may be empty.
    pub prefix: String,
}

/// A PostgreSQL database. Its address may hold a password, so it is never shown.
#[derive(Clone)]
pub struct Database {
    url: String,
    /// A file of certificates (PEM) that may vouch for the database's server, instead of the public ones.
    pub authorities: Option<PathBuf>,
}

impl Database {
    /// The address, with whatever secret is in it.
    pub fn dangerously_reveal(&self) -> &str {
        &self.url
    }
}

impl From<PathBuf> for Place {
    fn from(folder: PathBuf) -> Self {
        Self { folder, database: None, parts: None }
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Database(…)")
    }
}

impl FromStr for Database {
    type Err = String;

    fn from_str(url: &str) -> Result<Self, Self::Err> {
        // The parser's own words could quote the password.
        let usable = url.parse::<tokio_postgres::Config>().is_ok();
        if !usable || !(url.starts_with("postgres://") || url.starts_with("postgresql://")) {
            return Err("it is not of the form postgresql://USER:PASSWORD@HOST:PORT/NAME".to_owned());
        }
        Ok(Self { url: url.to_owned(), authorities: None })
    }
}

impl FromStr for Bucket {
    type Err = String;

    fn from_str(url: &str) -> Result<Self, Self::Err> {
        let path = url.strip_prefix("s3://").map(|path| path.split_once('/').unwrap_or((path, "")));
        match path {
            Some((name, prefix)) if !name.is_empty() => {
                Ok(Self { name: name.to_owned(), prefix: prefix.trim_matches('/').to_owned() })
            }
            _ => Err("it is not of the form s3://BUCKET/PREFIX".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_may_have_a_prefix() {
        let bucket = |name: &str, prefix: &str| Ok(Bucket { name: name.to_owned(), prefix: prefix.to_owned() });
        assert_eq!("s3://parts".parse(), bucket("parts", ""));
        assert_eq!("s3://parts/waymark/one/".parse(), bucket("parts", "waymark/one"));
        for wrong in ["s3://", "s3:///x", "https://parts", "parts", ""] {
            assert!(wrong.parse::<Bucket>().is_err(), "{wrong}");
        }
    }
}
