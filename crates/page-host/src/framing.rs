//! Which page may show which in a frame. By default none.

/// What a page has to do with frames.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Framing {
    /// It shows no page, and none shows it.
    #[default]
    None,
    /// It may show the pages of these origins, and none shows it.
    Shows(Vec<String>),
    /// It shows no page, and the page of this origin alone may show it.
    ShownBy(String),
}

impl Framing {
    /// Its part of the content security policy.
    pub(crate) fn policy(&self) -> String {
        match self {
            Self::None => "; frame-ancestors 'none'".to_owned(),
            Self::Shows(origins) => format!("; frame-src {}; frame-ancestors 'none'", origins.join(" ")),
            Self::ShownBy(origin) => format!("; frame-ancestors {origin}"),
        }
    }
}
