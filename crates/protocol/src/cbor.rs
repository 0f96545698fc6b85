//! CBOR (RFC 8949), read strictly: arrays with fixed positions, definite lengths, shortest forms, nothing left over.
//!
//! A value is read once and then encoded again; if the bytes differ, it was not in canonical form and is refused. So two
//! byte strings never stand for one value.

use minicbor::decode::{Decode, Decoder};
use minicbor::encode::Encode;

/// Why bytes from outside are not what they claim to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Cut off, of the wrong type or length, or followed by more.
    #[error("the bytes are not {0}")]
    Malformed(&'static str),
    /// Not the shortest form, or something that is never written.
    #[error("{0} is not in canonical form")]
    NotCanonical(&'static str),
    /// Written by a newer Waymark.
    #[error("{0} has a version that this Waymark does not know")]
    NewerVersion(&'static str),
    /// Longer than the protocol allows.
    #[error("{0} is longer than the protocol allows")]
    TooLong(&'static str),
}

/// Decodes exactly one canonical value from all of `bytes`.
pub(crate) fn decode_canonical<'b, T>(bytes: &'b [u8], what: &'static str) -> Result<T, DecodeError>
where
    T: Decode<'b, ()> + Encode<()>,
{
    let mut decoder = Decoder::new(bytes);
    let value: T = decoder.decode().map_err(|_| DecodeError::Malformed(what))?;
    if decoder.position() != bytes.len() {
        return Err(DecodeError::Malformed(what));
    }
    let mut again = Expected(bytes);
    if minicbor::encode(&value, &mut again).is_err() || !again.0.is_empty() {
        return Err(DecodeError::NotCanonical(what));
    }
    Ok(value)
}

/// A writer that takes nothing but these bytes: what is encoded is compared as it comes, and never stands in memory.
struct Expected<'b>(&'b [u8]);

impl minicbor::encode::Write for Expected<'_> {
    type Error = OtherBytes;

    fn write_all(&mut self, written: &[u8]) -> Result<(), OtherBytes> {
        self.0 = self.0.strip_prefix(written).ok_or(OtherBytes)?;
        Ok(())
    }
}

/// Something else was expected.
#[derive(Debug, thiserror::Error)]
#[error("other bytes were expected")]
struct OtherBytes;

/// Encodes into memory.
pub(crate) fn encode<T: Encode<()>>(value: &T) -> Vec<u8> {
    minicbor::to_vec(value).expect("writing to memory succeeds")
}

/// The version at the head of a versioned array, so that newer content is told from garbage.
pub(crate) fn version_of(bytes: &[u8]) -> Option<u64> {
    let mut decoder = Decoder::new(bytes);
    decoder.array().ok()??;
    decoder.u64().ok()
}

/// minicbor for our fixed-width byte types: a CBOR byte string of exactly that length.
macro_rules! cbor_bytes {
    ($($name:ty),* $(,)?) => {$(
        impl<C> minicbor::Encode<C> for $name {
            fn encode<W: minicbor::encode::Write>(
                &self,
                e: &mut minicbor::Encoder<W>,
                _: &mut C,
            ) -> Result<(), minicbor::encode::Error<W::Error>> {
                e.bytes(&self.0)?.ok()
            }
        }
        impl<'b, C> minicbor::Decode<'b, C> for $name {
            fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
                Self::from_slice(d.bytes()?).ok_or_else(|| minicbor::decode::Error::message("wrong length"))
            }
        }
    )*};
}

use crate::keys::{Commitment, SealingKey, Signature, VerifyingKey};
cbor_bytes!(
    crate::Hash,
    crate::StudyId,
    crate::ParticipantId,
    crate::DeviceId,
    crate::EntryId,
    crate::RevisionId,
    crate::AttachmentId,
    crate::KeyId,
    VerifyingKey,
    SealingKey,
    Signature,
    Commitment,
);

/// A byte string of any length, as a field of a derived array.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct ByteString(pub Vec<u8>);

impl<C> Encode<C> for ByteString {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.bytes(&self.0)?.ok()
    }
}

impl<'b, C> Decode<'b, C> for ByteString {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        Ok(Self(d.bytes()?.to_vec()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // An option stands before what is always there, as in headers and entries: minicbor would leave out a last one.
    #[derive(Debug, PartialEq, minicbor::Encode, minicbor::Decode)]
    #[cbor(array)]
    struct Triple {
        #[n(0)]
        number: u64,
        #[n(1)]
        name: Option<ByteString>,
        #[n(2)]
        list: Vec<u8>,
    }

    fn read(bytes: &[u8]) -> Result<Triple, DecodeError> {
        decode_canonical(bytes, "a triple")
    }

    /// Two ones are read, and another number of them may be written.
    struct Ones<const WRITTEN: usize>;

    impl<'b, const WRITTEN: usize> Decode<'b, ()> for Ones<WRITTEN> {
        fn decode(decoder: &mut Decoder<'b>, (): &mut ()) -> Result<Self, minicbor::decode::Error> {
            decoder.u8()?;
            decoder.u8()?;
            Ok(Self)
        }
    }

    impl<const WRITTEN: usize> Encode<()> for Ones<WRITTEN> {
        fn encode<W: minicbor::encode::Write>(
            &self,
            encoder: &mut minicbor::Encoder<W>,
            (): &mut (),
        ) -> Result<(), minicbor::encode::Error<W::Error>> {
            (0..WRITTEN).try_for_each(|_| encoder.u8(1).map(drop))
        }
    }

    #[test]
    fn what_would_be_written_with_fewer_bytes_or_with_more_is_not_canonical() {
        assert!(decode_canonical::<Ones<2>>(&[1, 1], "ones").is_ok());
        let not_canonical = DecodeError::NotCanonical("ones");
        assert_eq!(decode_canonical::<Ones<1>>(&[1, 1], "ones").err(), Some(not_canonical));
        assert_eq!(decode_canonical::<Ones<3>>(&[1, 1], "ones").err(), Some(not_canonical));
    }

    #[test]
    fn the_shortest_form_is_read() {
        let triple = Triple { number: 1, name: Some(ByteString(vec![9])), list: vec![7] };
        let bytes = [0x83, 0x01, 0x41, 0x09, 0x81, 0x07];
        assert_eq!(encode(&triple), bytes);
        assert_eq!(read(&bytes), Ok(triple));
        assert_eq!(read(&[0x83, 0x01, 0xf6, 0x81, 0x07]), Ok(Triple { number: 1, name: None, list: vec![7] }));
    }

    #[test]
    fn every_other_form_is_refused() {
        let others: [(&str, &[u8]); 15] = [
            ("an integer in two bytes that fits one", &[0x83, 0x18, 0x01, 0x41, 0x09, 0x81, 0x07]),
            ("an integer in nine bytes", &[0x83, 0x1b, 0, 0, 0, 0, 0, 0, 0, 1, 0x41, 0x09, 0x81, 0x07]),
            ("an array's length in two bytes", &[0x98, 0x03, 0x01, 0x41, 0x09, 0x81, 0x07]),
            ("a list's length in two bytes", &[0x83, 0x01, 0x41, 0x09, 0x98, 0x01, 0x07]),
            ("a byte string's length in two bytes", &[0x83, 0x01, 0x58, 0x01, 0x09, 0x81, 0x07]),
            ("an array of indefinite length", &[0x9f, 0x01, 0x41, 0x09, 0x81, 0x07, 0xff]),
            ("a list of indefinite length", &[0x83, 0x01, 0x41, 0x09, 0x9f, 0x07, 0xff]),
            ("a byte string of indefinite length", &[0x83, 0x01, 0x5f, 0x41, 0x09, 0xff, 0x81, 0x07]),
            ("something after the end", &[0x83, 0x01, 0x41, 0x09, 0x81, 0x07, 0x00]),
            ("an element too many", &[0x84, 0x01, 0x41, 0x09, 0x81, 0x07, 0x00]),
            ("an element too few", &[0x82, 0x01, 0x41, 0x09]),
            ("a text instead of bytes", &[0x83, 0x01, 0x61, 0x09, 0x81, 0x07]),
            ("a negative integer", &[0x83, 0x20, 0x41, 0x09, 0x81, 0x07]),
            ("a tag", &[0xc1, 0x83, 0x01, 0x41, 0x09, 0x81, 0x07]),
            ("undefined instead of null", &[0x83, 0x01, 0xf7, 0x81, 0x07]),
        ];
        for (what, bytes) in others {
            assert!(read(bytes).is_err(), "{what}");
        }
    }

    #[test]
    fn a_huge_declared_length_is_refused_at_once() {
        let list = [&[0x83, 0x01, 0x41, 0x09, 0x9b][..], &[0xff; 8], &[0x07]].concat();
        let bytes = [&[0x83, 0x01, 0x5b][..], &[0xff; 8], &[0x09]].concat();
        for huge in [list, bytes] {
            assert_eq!(read(&huge), Err(DecodeError::Malformed("a triple")));
        }
    }
}
