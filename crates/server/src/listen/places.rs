//! How many connections there may be, in all and from one address.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};

use super::caller::Caller;

/// The places.
pub struct Places {
    in_all: u32,
    per_address: u32,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    in_all: u32,
    by_address: HashMap<Caller, u32>,
}

/// Why a connection gets none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoPlace {
    /// All are taken.
    Full,
    /// Its address has as many as one may have.
    Address,
}

impl Places {
    /// So many in all, and so many for one address.
    pub fn new(in_all: NonZeroU32, per_address: NonZeroU32) -> Arc<Self> {
        Arc::new(Self { in_all: in_all.get(), per_address: per_address.get(), taken: Mutex::default() })
    }

    /// A place, until it is dropped. `caller` is none for those who may have all places.
    pub fn take(self: &Arc<Self>, caller: Option<Caller>) -> Result<Place, NoPlace> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.in_all >= self.in_all {
            return Err(NoPlace::Full);
        }
        if let Some(caller) = caller {
            let theirs = taken.by_address.get(&caller).copied().unwrap_or(0);
            if theirs >= self.per_address {
                return Err(NoPlace::Address);
            }
            taken.by_address.insert(caller, theirs + 1);
        }
        taken.in_all += 1;
        Ok(Place { places: self.clone(), caller })
    }
}

/// One connection's place.
pub struct Place {
    places: Arc<Places>,
    caller: Option<Caller>,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.in_all -= 1;
        if let Some(caller) = &self.caller
            && let Some(theirs) = taken.by_address.get_mut(caller)
        {
            *theirs -= 1;
            if *theirs == 0 {
                taken.by_address.remove(caller);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(last: u8) -> Option<Caller> {
        Some(Caller::at([192, 0, 2, last].into()))
    }

    #[test]
    fn one_address_gets_its_share_and_a_place_that_is_left_is_free_again() {
        let places = Places::new(NonZeroU32::new(3).unwrap(), NonZeroU32::new(2).unwrap());
        let (first, second) = (places.take(at(1)).unwrap(), places.take(at(1)).unwrap());
        assert_eq!(places.take(at(1)).err(), Some(NoPlace::Address));
        let other = places.take(at(2)).unwrap();
        assert_eq!(places.take(at(3)).err(), Some(NoPlace::Full));
        drop(first);
        assert!(places.take(at(1)).is_ok());
        drop((second, other));
        assert!(places.taken.lock().unwrap().by_address.is_empty(), "no address is remembered");
    }

    #[test]
    fn a_proxy_may_have_all_places() {
        let places = Places::new(NonZeroU32::new(3).unwrap(), NonZeroU32::MIN);
        let all: Vec<_> = (0..3).map(|_| places.take(None).unwrap()).collect();
        assert_eq!(places.take(None).err(), Some(NoPlace::Full));
        drop(all);
    }
}
