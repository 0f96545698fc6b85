//! The study's own orders: kept here before they are sent, carried out here whatever the connection does, and given to the server by
//! every pull for as long as it does not show them. So an order survives a lost connection and a server that was restored from a
//! backup. So does what people have stopped themselves: their phones say it once, and the collection keeps it.

use std::collections::HashSet;

use waymark_protocol::api::Orders;
use waymark_protocol::order::Revocation;

use crate::collection::Collection;
use crate::desk::Identity;
use crate::judged::judge_all;
use crate::transport::{Server, TransportError};

/// How many orders one call holds: with the longest reasons they stay well below what a server reads.
const AT_ONCE: usize = 250;

/// What `shown` lacks: erasures and revocations that the study has signed, and of what people have stopped themselves the
/// revocations that hold. What anybody else has signed, a server may have made up.
pub(crate) fn missing(identity: &Identity, collection: &Collection, shown: &Orders) -> Orders {
    let keys = &identity.document.signing_keys;
    let known: HashSet<_> = shown.erasures.iter().collect();
    let erasures = collection.erasures().iter().filter(|order| !known.contains(order));
    let erasures = erasures.filter(|order| order.verify(&identity.study, keys).is_ok()).cloned().collect();
    // The server keeps one for each place, whoever has signed it.
    let place = |revocation: &Revocation| (revocation.device, revocation.seq, revocation.link);
    let known: HashSet<_> = shown.revocations.iter().map(place).collect();
    let lacking = collection.revocations().iter().filter(|revocation| !known.contains(&place(revocation)));
    let (mut revocations, others): (Vec<_>, Vec<_>) =
        lacking.cloned().partition(|revocation| revocation.verify(&identity.study, keys).is_ok());
    if !others.is_empty() {
        let held = judge_all(identity, collection).into_iter().flat_map(|person| person.revoked);
        revocations.extend(held.filter(|held| others.contains(held)));
    }
    Orders { erasures, revocations }
}

/// Gives orders to the server. What they erase is gone there when this returns.
pub(crate) async fn give(server: &Server, identity: &Identity, orders: Orders) -> Result<(), TransportError> {
    for erasures in orders.erasures.chunks(AT_ONCE) {
        let some = Orders { erasures: erasures.to_vec(), revocations: Vec::new() };
        server.give_orders(identity.study, &some).await?;
    }
    let keys = &identity.document.signing_keys;
    let (own, theirs): (Vec<_>, Vec<_>) =
        orders.revocations.into_iter().partition(|revocation| revocation.verify(&identity.study, keys).is_ok());
    for revocations in own.chunks(AT_ONCE) {
        let some = Orders { erasures: Vec::new(), revocations: revocations.to_vec() };
        server.give_orders(identity.study, &some).await?;
    }
    for revocation in theirs {
        let one = Orders { erasures: Vec::new(), revocations: vec![revocation] };
        match server.give_orders(identity.study, &one).await {
            // A server that does not know the phone, or not yet again, cannot tell whose word this is: a later pull says it again.
            Ok(()) | Err(TransportError::Refused { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
