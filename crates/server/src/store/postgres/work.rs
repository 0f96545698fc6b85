//! Work in transactions.

/// Does work in a transaction that writes, and commits it. What the database has certainly not kept is tried again while the
/// error is one that passes; a commit whose outcome is not known is not: the caller hears that it was given up.
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

/// Reads one consistent state, again while the error is one that passes.
macro_rules! read {
    ($store:expr, |$tx:ident| $work:expr) => {{
        let mut tries = $crate::store::postgres::errors::Tries::default();
        loop {
            let done = async {
                let mut client = $store.client().await?;
                let level = tokio_postgres::IsolationLevel::RepeatableRead;
                let $tx = client
                    .build_transaction()
                    .isolation_level(level)
                    .read_only(true)
                    .start()
                    .await
                    .map_err($crate::store::StoreError::from)?;
                $work.await
            };
            match done.await {
                Err(error) if tries.again(&error).await => {}
                done => break done,
            }
        }
    }};
}

/// Reads with one statement, again while the error is one that passes.
macro_rules! ask {
    ($store:expr, |$client:ident| $work:expr) => {{
        let mut tries = $crate::store::postgres::errors::Tries::default();
        loop {
            let done = async {
                let $client = $store.client().await?;
                $work.await
            };
            match done.await {
                Err(error) if tries.again(&error).await => {}
                done => break done,
            }
        }
    }};
}

pub(super) use {ask, read, transact};
