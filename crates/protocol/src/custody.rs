//! The study's private keys in the hands of several custodians: so many of them together have the keys, and fewer know nothing of them.
//!
//! ```text
//! secret = signing seed[32] ‖ opening key[32] ‖ each older opening key[32], the newest of them first
//! shares = Shamir (1979) over GF(2^8), x^8 + x^4 + x^3 + x^2 + 1, each byte of the secret apart: a random polynomial of degree
//!          threshold − 1 with the byte as its constant term, at x = 1, 2, …, of
//! card   = u8 1 ‖ study[16] ‖ set[4] ‖ u8 threshold ‖ u8 of ‖ u8 x ‖ y[64]                              of the keys that name the study
//!        | u8 2 ‖ study[16] ‖ set[4] ‖ u8 threshold ‖ u8 of ‖ u8 x ‖ keys[16] ‖ y[64 + 32 × older keys]   of later ones
//! keys   = H("waymark/custody-keys/v1" ‖ signing key ‖ sealing key ‖ each older sealing key)[..16]
//! text   = base32(card ‖ H("waymark/custody-text/v1" ‖ LP(card))[..4])
//! ```
//!
//! What comes together is believed only when it fits: the first keys are what the study's name is the fingerprint of, later ones what the cards
//! themselves name. So a card that was forged, or is of another set, gives no keys at all; it can keep its holders from them, and then another one is
//! needed. That later keys are the study's, its signed document says, which names them all.
//!
//! All sets that were made between two changes of keys hold the same keys: a later one does not make an earlier one useless. A set from before a
//! change has what was the newest then, and so opens what was sealed until the change, and nothing that is sealed to newer keys.

use std::fmt;

use blahaj::{Share, Sharks};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::keys::{OpeningKey, SigningKey};
use crate::study::limits;
use crate::typed::{self, TypedError};
use crate::{Hash, Message, StudyId, kdf};

/// Of the keys that the study is named by.
const FIRST: u8 = 1;
/// Of keys that came after a change, with those before.
const LATER: u8 = 2;
const TEXT: &str = "waymark/custody-text/v1";
const SECRET: usize = 64;
const OLDER: usize = 32;
const ABOUT: usize = 1 + 16 + 4 + 3;
/// Among how many custodians the keys can be split.
pub const MOST_CUSTODIANS: u8 = 20;
/// How many custodians have to come together, at least: one alone would hold the keys.
pub const LOWEST_THRESHOLD: u8 = 2;

/// What one custodian holds. It is as secret as the keys while the others are near.
#[derive(Clone)]
pub struct CustodyShare {
    study: StudyId,
    set: [u8; 4],
    threshold: u8,
    of: u8,
    x: u8,
    /// The fingerprint of keys that came after a change.
    keys: Option<[u8; 16]>,
    y: Zeroizing<Vec<u8>>,
}

/// The share itself stays out of logs.
impl fmt::Debug for CustodyShare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CustodyShare({} of {}, …)", self.x, self.of)
    }
}

/// A study's keys, from its custodians.
#[derive(Debug, Clone)]
pub struct Joined {
    /// The study.
    pub study: StudyId,
    /// Signs documents, invitations, orders, sightings.
    pub signing: SigningKey,
    /// Opens what was shared.
    pub opening: OpeningKey,
    /// Open what was shared before the keys were changed: the newest of them first.
    pub older: Vec<OpeningKey>,
}

/// Why keys cannot be split like this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SplitError {
    /// The numbers make no sense.
    #[error("{LOWEST_THRESHOLD} or more have to come together, of at most {MOST_CUSTODIANS} custodians")]
    Numbers,
    /// The keys are not those that the study is named by.
    #[error("these are not the keys that the study is named by")]
    NotTheStudys,
}

/// Why a text is no share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ShareError {
    /// Not a share's letters.
    #[error("this is not a custodian's share: it is letters and digits in groups of five")]
    NotOne,
    /// A typing mistake, or part of it is missing.
    #[error("the share has a typing mistake, or part of it is missing")]
    Checksum,
    /// It was made by a newer Waymark.
    #[error("the share was made by a newer Waymark: update this one")]
    Newer,
}

/// Why shares give no keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JoinError {
    /// There is none.
    #[error("there is no share")]
    None,
    /// They are of different studies or sets.
    #[error("share {0} was made at another time or for another study than the one before: they do not go together")]
    OtherSet(usize),
    /// One is there twice.
    #[error("share {0} is the same one once more")]
    Twice(usize),
    /// More are needed.
    #[error("{have} of the {need} shares that are needed are here")]
    TooFew {
        /// So many are here.
        have: usize,
        /// So many are needed.
        need: u8,
    },
    /// What comes together is not the study's.
    #[error("these shares give no keys of the study: at least one was changed")]
    NotTheStudys,
}

impl From<TypedError> for ShareError {
    fn from(error: TypedError) -> Self {
        match error {
            TypedError::NotOne => Self::NotOne,
            TypedError::Checksum => Self::Checksum,
        }
    }
}

/// Splits a study's keys among `of` custodians, of whom `threshold` have to come together. `older` are the opening keys from before each change of
/// keys, the newest first. That later keys are the study's, the caller knows.
///
/// # Errors
///
/// Numbers that make no sense, or, where the keys were never changed, keys that are not those that the study is named by.
pub fn split(
    study: StudyId,
    signing: &SigningKey,
    opening: &OpeningKey,
    older: &[OpeningKey],
    threshold: u8,
    of: u8,
    mut rng: &mut dyn CryptoRng,
) -> Result<Vec<CustodyShare>, SplitError> {
    if !(LOWEST_THRESHOLD..=of).contains(&threshold) || of > MOST_CUSTODIANS {
        return Err(SplitError::Numbers);
    }
    if older.is_empty() && StudyId::of(&signing.verifying_key(), &opening.sealing_key()) != study {
        return Err(SplitError::NotTheStudys);
    }
    let keys = (!older.is_empty()).then(|| fingerprint(signing, opening, older));
    let mut secret = Zeroizing::new(Vec::with_capacity(SECRET + OLDER * older.len()));
    secret.extend_from_slice(signing.dangerously_seed());
    secret.extend_from_slice(opening.dangerously_bytes());
    older.iter().for_each(|older| secret.extend_from_slice(older.dangerously_bytes()));
    let mut set = [0; 4];
    rng.fill_bytes(&mut set);
    let shares = Sharks(threshold).dealer_rng(&secret[..], &mut rng).take(usize::from(of));
    let shares = shares.map(|share| {
        let mut y = Zeroizing::new(Vec::from(&share));
        let x = y.remove(0);
        CustodyShare { study, set, threshold, of, x, keys, y }
    });
    Ok(shares.collect())
}

/// Names keys that came after a change: `H("waymark/custody-keys/v1" ‖ signing key ‖ sealing key ‖ each older sealing key)[..16]`.
fn fingerprint(signing: &SigningKey, opening: &OpeningKey, older: &[OpeningKey]) -> [u8; 16] {
    let message = Message::new("waymark/custody-keys/v1").bytes(&signing.verifying_key().0);
    let sealing = [opening].into_iter().chain(older).map(OpeningKey::sealing_key);
    let hash = Hash::of(sealing.fold(message, |message, key| message.bytes(&key.0)).as_bytes());
    hash.0[..16].try_into().expect("a hash is longer than its first bytes")
}

/// The keys, from as many shares as are needed or more.
///
/// # Errors
///
/// Too few, the same one twice, shares of different sets, or what gives no keys of the study. Shares are counted from 1.
pub fn join(shares: &[CustodyShare]) -> Result<Joined, JoinError> {
    let first = shares.first().ok_or(JoinError::None)?;
    for (place, share) in shares.iter().enumerate() {
        if share.about() != first.about() {
            return Err(JoinError::OtherSet(place + 1));
        }
        if shares[..place].iter().any(|before| before.x == share.x) {
            return Err(JoinError::Twice(place + 1));
        }
    }
    if shares.len() < usize::from(first.threshold) {
        return Err(JoinError::TooFew { have: shares.len(), need: first.threshold });
    }
    let points: Vec<Share> = shares.iter().filter_map(CustodyShare::point).collect();
    let secret = Sharks(first.threshold).recover(&points).map_err(|_| JoinError::NotTheStudys)?;
    let secret = Zeroizing::new(secret);
    let (keys, rest) = secret.as_chunks::<32>();
    let ([seed, opening, older @ ..], []) = (keys, rest) else { return Err(JoinError::NotTheStudys) };
    let (signing, opening) = (SigningKey::from_seed(seed), OpeningKey::from_bytes(opening));
    let older: Vec<OpeningKey> = older.iter().map(OpeningKey::from_bytes).collect();
    let fits = match first.keys {
        None => StudyId::of(&signing.verifying_key(), &opening.sealing_key()) == first.study && older.is_empty(),
        Some(keys) => fingerprint(&signing, &opening, &older) == keys,
    };
    if fits { Ok(Joined { study: first.study, signing, opening, older }) } else { Err(JoinError::NotTheStudys) }
}

impl Joined {
    /// What opens a desk's file in the place of its passphrase: see [`slot_secret`].
    pub fn slot_secret(&self) -> Zeroizing<[u8; 32]> {
        slot_secret(&self.signing)
    }
}

/// What opens a desk's file for whoever has the study's keys: `HKDF(signing seed, "waymark/custody-slot/v1")`. Not of the opening key, of
/// which X25519 leaves five bits out: a share that was changed in these gives the same keys.
pub fn slot_secret(signing: &SigningKey) -> Zeroizing<[u8; 32]> {
    kdf::derive(signing.dangerously_seed(), &[b"waymark/custody-slot/v1"])
}

impl CustodyShare {
    /// The study whose keys it is of.
    pub fn study(&self) -> StudyId {
        self.study
    }

    /// How many have to come together.
    pub fn threshold(&self) -> u8 {
        self.threshold
    }

    /// How many there are.
    pub fn of(&self) -> u8 {
        self.of
    }

    /// Which one it is, counted from 1.
    pub fn number(&self) -> u8 {
        self.x
    }

    /// How often the study's keys had been changed when it was made.
    pub fn changes(&self) -> usize {
        self.y.len().saturating_sub(SECRET) / OLDER
    }

    /// What all shares of a set have in common.
    fn about(&self) -> (StudyId, [u8; 4], u8, u8, Option<[u8; 16]>, usize) {
        (self.study, self.set, self.threshold, self.of, self.keys, self.y.len())
    }

    fn point(&self) -> Option<Share> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(1 + self.y.len()));
        bytes.push(self.x);
        bytes.extend_from_slice(&self.y[..]);
        Share::try_from(bytes.as_slice()).ok()
    }

    /// The way out, onto a custodian's paper and nowhere else: groups of five letters and digits; the last letters are a checksum.
    pub fn dangerously_text(&self) -> Zeroizing<String> {
        let mut card = Zeroizing::new(Vec::with_capacity(ABOUT + 16 + self.y.len()));
        card.push(if self.keys.is_some() { LATER } else { FIRST });
        card.extend_from_slice(&self.study.0);
        card.extend_from_slice(&self.set);
        card.extend_from_slice(&[self.threshold, self.of, self.x]);
        card.extend(self.keys.iter().flatten());
        card.extend_from_slice(&self.y[..]);
        let text = Zeroizing::new(typed::encode(TEXT, &card));
        Zeroizing::new(typed::grouped(&text))
    }

    /// Reads what was typed, in any case, with or without spaces and dashes.
    ///
    /// # Errors
    ///
    /// Other letters, a typing mistake, or a newer Waymark's.
    pub fn parse(text: &str) -> Result<Self, ShareError> {
        let card = Zeroizing::new(typed::decode(TEXT, text.trim())?);
        let (about, rest) = card.split_at_checked(ABOUT).ok_or(ShareError::NotOne)?;
        let (keys, y) = match about[0] {
            FIRST => (None, rest),
            LATER => {
                let (keys, y) = rest.split_first_chunk().ok_or(ShareError::NotOne)?;
                (Some(*keys), y)
            }
            0 => return Err(ShareError::NotOne),
            _ => return Err(ShareError::Newer),
        };
        let older = y.len().checked_sub(SECRET).filter(|older| older % OLDER == 0).map(|older| older / OLDER);
        if !older.is_some_and(|older| (older > 0) == keys.is_some() && older <= limits::KEY_CHANGES) {
            return Err(ShareError::NotOne);
        }
        let study = StudyId::from_slice(&about[1..17]).ok_or(ShareError::NotOne)?;
        let set = about[17..21].try_into().map_err(|_| ShareError::NotOne)?;
        let (threshold, of, x) = (about[21], about[22], about[23]);
        let fits = (LOWEST_THRESHOLD..=of).contains(&threshold) && of <= MOST_CUSTODIANS && (1..=of).contains(&x);
        let y = Zeroizing::new(y.to_vec());
        if fits { Ok(Self { study, set, threshold, of, x, keys, y }) } else { Err(ShareError::NotOne) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::hex;
    use crate::testing::CountingRng;

    struct Study {
        id: StudyId,
        signing: SigningKey,
        opening: OpeningKey,
    }

    fn study(seed: u8) -> Study {
        let (signing, opening) = (SigningKey::from_seed(&[seed; 32]), OpeningKey::from_bytes(&[seed + 1; 32]));
        Study { id: StudyId::of(&signing.verifying_key(), &opening.sealing_key()), signing, opening }
    }

    fn split_of(study: &Study, threshold: u8, of: u8) -> Vec<CustodyShare> {
        split(study.id, &study.signing, &study.opening, &[], threshold, of, &mut CountingRng::new("custody")).unwrap()
    }

    /// Of keys that came after two changes.
    fn split_later(seed: u8, threshold: u8, of: u8) -> Vec<CustodyShare> {
        let (first, older) = (study(seed), [study(seed + 2).opening, study(seed).opening]);
        let now = study(seed + 4);
        split(first.id, &now.signing, &now.opening, &older, threshold, of, &mut CountingRng::new("custody")).unwrap()
    }

    /// In the field by its definition, bit by bit.
    fn times(mut a: u8, mut b: u8) -> u8 {
        let mut product = 0;
        while b > 0 {
            if b & 1 == 1 {
                product ^= a;
            }
            a = (a << 1) ^ if a & 0x80 == 0 { 0 } else { 0x1d };
            b >>= 1;
        }
        product
    }

    fn inverse(a: u8) -> u8 {
        (1..=u8::MAX).find(|b| times(a, *b) == 1).unwrap()
    }

    /// Lagrange's formula at 0.
    fn interpolated(shares: &[CustodyShare]) -> Vec<u8> {
        let at_zero = |place: usize| {
            shares.iter().fold(0, |sum, share| {
                let others = shares.iter().filter(|other| other.x != share.x);
                let weight =
                    others.fold(1, |product, other| times(product, times(other.x, inverse(other.x ^ share.x))));
                sum ^ times(weight, share.y[place])
            })
        };
        (0..SECRET).map(at_zero).collect()
    }

    #[test]
    fn shares_are_points_of_a_polynomial_through_the_secret() {
        let study = study(7);
        let shares = split_of(&study, 3, 5);
        assert_eq!(shares.iter().map(CustodyShare::number).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
        let secret = [[7; 32], [8; 32]].concat();
        for three in [[0, 1, 2], [4, 2, 0], [1, 3, 4]] {
            assert_eq!(interpolated(&three.map(|place| shares[place].clone())), secret);
        }
        assert_eq!(interpolated(&shares), secret);
        assert_ne!(interpolated(&shares[..2]), secret);
    }

    #[test]
    fn enough_shares_give_the_keys_and_a_file_opens_with_what_is_made_of_them() {
        let study = study(7);
        let shares = split_of(&study, 2, 3);
        for some in [&shares[..2], &shares[1..], &shares[..]] {
            let joined = join(some).unwrap();
            assert_eq!(joined.study, study.id);
            assert_eq!(joined.signing.dangerously_seed(), study.signing.dangerously_seed());
            assert_eq!(joined.opening.dangerously_bytes(), study.opening.dangerously_bytes());
            assert_eq!(joined.slot_secret(), slot_secret(&study.signing));
        }
        let slot = hex::encode(&slot_secret(&study.signing)[..]);
        assert_eq!(slot, "9329e90935f973e0a7b6e23633f700e81e5cbfe18c8b46ca13f47e637319f6d1");
    }

    #[test]
    fn shares_of_later_keys_give_these_and_all_before() {
        let shares = split_later(7, 2, 3);
        let joined = join(&shares[1..]).unwrap();
        assert_eq!((joined.study, shares[0].changes()), (study(7).id, 2));
        assert_eq!(joined.signing.dangerously_seed(), &[11; 32]);
        let opening: Vec<u8> =
            [&joined.opening].into_iter().chain(&joined.older).map(|key| key.dangerously_bytes()[0]).collect();
        assert_eq!(opening, [12, 10, 8], "the newest first");
        let text = shares[2].dangerously_text();
        let read = CustodyShare::parse(&text.to_lowercase()).unwrap();
        assert_eq!((read.about(), &read.y), (shares[2].about(), &shares[2].y));
        assert_eq!(
            text.as_str(),
            "098A6 83BBF 2CCH0 Y91JH QN1AV 4QY63 YA881 060XZ EBRNW A7THC KZ8E8 G3Q2Z XAP8Q CHACM 67BWK Z3CTP RT8B5 VBBNV 0DAJJ \
             FGT6V WQCVV 2ZXCE Z52EM 5ZE2C X53F2 SVCYD D66R0 WF9AX R2X01 YET9Y 7KDYH 52H94 E6FDP 1RZVN 4FXTH 9TRC8 YYF6Q 365DN \
             A84VS VGNM7 X2ETP 4J7YJ 6C3V8 VXQFZ 16JMR RDA1W 2TQJ6 QZAPG BGEHT CE9H0 X317S KRZ14 9Y73Q 5V50E 6943N G"
        );
        for place in [0, 31, 33, 62, 65, 94, 97, 126] {
            let mut forged = shares.clone();
            forged[1].y[place] ^= 1;
            assert_eq!(join(&forged[..2]).unwrap_err(), JoinError::NotTheStudys, "{place}");
        }
        // A card says which keys it is of; who changes that on all of them has other keys.
        let mut renamed = shares.clone();
        renamed.iter_mut().for_each(|share| share.keys = Some([0; 16]));
        assert_eq!(join(&renamed).unwrap_err(), JoinError::NotTheStudys);
        assert_eq!(join(&[shares[0].clone(), renamed[1].clone()]).unwrap_err(), JoinError::OtherSet(2));
        // One from before the change does not go with one from after it.
        let before = split_of(&study(7), 2, 3);
        assert_eq!(join(&[shares[0].clone(), before[1].clone()]).unwrap_err(), JoinError::OtherSet(2));
    }

    #[test]
    fn what_is_no_share_of_later_keys_is_refused() {
        let card = |change: fn(&mut Vec<u8>)| {
            let mut card = typed::decode(TEXT, &split_later(7, 2, 3)[2].dangerously_text()).unwrap();
            change(&mut card);
            CustodyShare::parse(&typed::encode(TEXT, &card)).map(|share| share.number())
        };
        assert_eq!(card(|_| ()), Ok(3));
        type Change = fn(&mut Vec<u8>);
        let wrong: [(Change, ShareError); 6] = [
            (|card| card[0] = 3, ShareError::Newer),
            (|card| card[0] = 1, ShareError::NotOne),
            (|card| card.truncate(24 + 16 + 64), ShareError::NotOne),
            (|card| card.truncate(24 + 15), ShareError::NotOne),
            (|card| card.push(0), ShareError::NotOne),
            (|card| card.extend([0; 32 * limits::KEY_CHANGES]), ShareError::NotOne),
        ];
        for (change, error) in wrong {
            assert_eq!(card(change), Err(error));
        }
        // As many changes as a document can name.
        let older = vec![study(1).opening; limits::KEY_CHANGES];
        let (first, now) = (study(7), study(9));
        let shares =
            split(first.id, &now.signing, &now.opening, &older, 2, 2, &mut CountingRng::new("custody")).unwrap();
        let typed: Vec<_> =
            shares.iter().map(|share| CustodyShare::parse(&share.dangerously_text()).unwrap()).collect();
        assert_eq!(join(&typed).unwrap().older.len(), limits::KEY_CHANGES);
    }

    #[test]
    fn shares_that_do_not_go_together_give_nothing_and_say_why() {
        let (one, other) = (study(7), study(40));
        let shares = split_of(&one, 3, 4);
        let refused = |shares: &[&CustodyShare]| {
            join(&shares.iter().map(|share| (*share).clone()).collect::<Vec<_>>()).unwrap_err()
        };
        assert_eq!(refused(&[]), JoinError::None);
        assert_eq!(refused(&[&shares[0], &shares[1]]), JoinError::TooFew { have: 2, need: 3 });
        assert_eq!(refused(&[&shares[0], &shares[1], &shares[0]]), JoinError::Twice(3));
        let of_another = &split_of(&other, 3, 4)[1];
        assert_eq!(refused(&[&shares[0], of_another, &shares[2]]), JoinError::OtherSet(2));
        let mut rng = CountingRng::new("later");
        let later = split(one.id, &one.signing, &one.opening, &[], 3, 4, &mut rng).unwrap();
        assert_eq!(refused(&[&shares[0], &later[1], &shares[2]]), JoinError::OtherSet(2));
        for place in [0, 31, 33, 62] {
            let mut forged = shares.clone();
            forged[1].y[place] ^= 1;
            assert_eq!(refused(&[&forged[0], &forged[1], &forged[2]]), JoinError::NotTheStudys, "{place}");
            assert!(join(&[forged[0].clone(), forged[2].clone(), forged[3].clone()]).is_ok());
        }
        let mut renamed = shares.clone();
        renamed.iter_mut().for_each(|share| share.study = other.id);
        assert_eq!(join(&renamed).unwrap_err(), JoinError::NotTheStudys);
    }

    #[test]
    fn only_numbers_that_make_sense_are_split_by_and_only_the_studys_own_keys() {
        let study = study(7);
        let mut rng = CountingRng::new("custody");
        for (threshold, of) in [(0, 0), (0, 3), (1, 1), (1, 3), (4, 3), (2, 21)] {
            let refused = split(study.id, &study.signing, &study.opening, &[], threshold, of, &mut rng).unwrap_err();
            assert_eq!(refused, SplitError::Numbers, "{threshold} of {of}");
        }
        for (threshold, of) in [(2, 2), (2, 20), (20, 20)] {
            assert_eq!(split_of(&study, threshold, of).len(), usize::from(of));
        }
        let other = SigningKey::from_seed(&[9; 32]);
        let refused = split(study.id, &other, &study.opening, &[], 2, 3, &mut rng).unwrap_err();
        assert_eq!(refused, SplitError::NotTheStudys);
    }

    #[test]
    fn a_share_is_read_as_it_was_written_and_typed() {
        let share = &split_of(&study(7), 2, 3)[2];
        let text = share.dangerously_text();
        assert_eq!(
            text.as_str(),
            "058A6 83BBF 2CCH0 Y91JH QN1AV 4QY63 YA881 060XQ 5TN5S JTK5F YVYPP AKJZE 2SX2S KCMCG WAG6S 535YM PFD3F T8ZMH \
             DVRJ7 D8BTP 6T7QB SKP86 3YA7C 0Z90B K6GFS XVBMS AM283 NKBFG 68Y55 SPG"
        );
        for typed in [
            text.to_lowercase(),
            text.replace(' ', "-"),
            text.replace(' ', ""),
            text.replace('0', "o"),
            format!(" {} ", *text),
        ] {
            let read = CustodyShare::parse(&typed).unwrap();
            assert_eq!((read.study(), read.threshold(), read.of(), read.number()), (share.study, 2, 3, 3));
            assert_eq!(read.y, share.y);
        }
        assert_eq!(format!("{share:?}"), "CustodyShare(3 of 3, …)");
    }

    #[test]
    fn what_is_no_share_is_refused() {
        let card = |change: fn(&mut Vec<u8>)| {
            let text = split_of(&study(7), 2, 3)[2].dangerously_text();
            let mut card = typed::decode(TEXT, &text).unwrap();
            change(&mut card);
            CustodyShare::parse(&typed::encode(TEXT, &card)).map(|share| share.number())
        };
        assert_eq!(card(|_| ()), Ok(3));
        type Change = fn(&mut Vec<u8>);
        let wrong: [(Change, ShareError); 9] = [
            (|card| card[0] = 3, ShareError::Newer),
            (|card| card[0] = 0, ShareError::NotOne),
            (|card| card.truncate(87), ShareError::NotOne),
            (|card| card.push(0), ShareError::NotOne),
            (|card| card.clear(), ShareError::NotOne),
            (|card| card[21] = 1, ShareError::NotOne),
            (|card| card[21] = 4, ShareError::NotOne),
            (|card| card[22] = 21, ShareError::NotOne),
            (|card| card[23] = 0, ShareError::NotOne),
        ];
        for (change, error) in wrong {
            assert_eq!(card(change), Err(error));
        }
        assert_eq!(card(|card| card[23] = 4), Err(ShareError::NotOne));
        let mut text = split_of(&study(7), 2, 3)[2].dangerously_text().to_string();
        text.replace_range(..1, if text.starts_with('0') { "1" } else { "0" });
        assert_eq!(CustodyShare::parse(&text).unwrap_err(), ShareError::Checksum);
        for no in ["", "?", "waymark://join/0", &"0".repeat(2000)] {
            assert_ne!(CustodyShare::parse(no).map(drop), Ok(()));
        }
    }

    proptest! {
        /// Any that are enough, in any order.
        #[test]
        fn any_that_are_enough_give_the_keys(
            of in 2..=MOST_CUSTODIANS, threshold in 2..=MOST_CUSTODIANS, chosen in any::<prop::sample::Index>(), seed in 0u8..200,
        ) {
            prop_assume!(threshold <= of);
            let study = study(seed);
            let mut shares = split_of(&study, threshold, of);
            let first = chosen.index(shares.len());
            shares.rotate_left(first);
            let enough = usize::from(threshold);
            prop_assert!(join(&shares[..enough]).is_ok());
            prop_assert_eq!(
                join(&shares[..enough - 1]).unwrap_err(),
                JoinError::TooFew { have: enough - 1, need: threshold }
            );
        }
    }
}
