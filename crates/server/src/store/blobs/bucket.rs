//! Objects in a bucket of an S3-compatible store. Its address, keys and the like come from the environment, as its own tools read
//! them: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`, `AWS_ENDPOINT`, …

use object_store::ObjectStore;
use object_store::aws::AmazonS3Builder;
use object_store::prefix::PrefixStore;

use super::super::error::OpenError;
use super::super::place::Bucket;

/// The bucket; asks nothing of it yet.
pub fn open(bucket: &Bucket) -> Result<Box<dyn ObjectStore>, OpenError> {
    // One is there already when a bucket was opened before.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let store = AmazonS3Builder::from_env().with_bucket_name(&bucket.name).build().map_err(|_| OpenError::Bucket)?;
    if bucket.prefix.is_empty() {
        return Ok(Box::new(store));
    }
    Ok(Box::new(PrefixStore::new(store, bucket.prefix.as_str())))
}
