//! Work in transactions.

/// Does what may be done again, again while the error is one that passes.
macro_rules! again {
    ($work:expr) => {{
        let mut tries = $crate::store::postgres::errors::Tries::default();
        loop {
            match $work.await {
                Err(error) if tries.again(&error).await => {}
                done => break done,
            }
        }
    }};
}

/// Does work in a transaction that writes, and commits it. What the database has certainly not kept is tried again while the
/// error is one that passes; a commit whose outcome is not known is not: the caller hears of it.
macro_rules! transact {
    ($store:expr, |$tx:ident| $work:expr) => {{
        let mut tries = $crate::store::postgres::errors::Tries::default();
        loop {
            let mut committing = false;
            let done = async {
                let mut client = $store.client().await?;
                let $tx = client.transaction().await.map_err($crate::store::StoreError::from)?;
                let done = match $work.await {
                    Ok(done) => done,
                    Err(error) => return Err(error),
                };
                committing = true;
                $tx.commit().await.map_err($crate::store::StoreError::from)?;
                Ok(done)
            };
            match done.await {
                Err(error) if !committing && tries.again(&error).await => {}
                done => break done,
            }
        }
    }};
}

/// Reads one consistent state.
macro_rules! read {
    ($store:expr, |$tx:ident| $work:expr) => {
        $crate::store::postgres::work::again!(async {
            let mut client = $store.client().await?;
            let level = tokio_postgres::IsolationLevel::RepeatableRead;
            let $tx = client.build_transaction().isolation_level(level).read_only(true).start().await?;
            $work.await
        })
    };
}

/// Reads with one statement.
macro_rules! ask {
    ($store:expr, |$client:ident| $work:expr) => {
        $crate::store::postgres::work::again!(async {
            let $client = $store.client().await?;
            $work.await
        })
    };
}

pub(super) use {again, ask, read, transact};
