//! Expected values were computed from the formula at [`Secret`] by another implementation (Python's `cryptography` and
//! `argon2-cffi`).

use super::*;

const VAULT: VaultId = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
const PIN: Secret<'_> = Secret::Pin { pin: "1234", keystore: b"keystore" };

fn slot(secret: &Secret<'_>) -> Slot {
    let key = VaultKey::from_slice(&[0x42; 32]).unwrap();
    Slot::wrap_with_salt(&key, &VAULT, secret, &ArgonParams::FLOOR, [7; 32]).unwrap()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn slots_are_wrapped_as_the_formula_says() {
    for (secret, wrapped, digest) in [
        (
            Secret::Passphrase("correct horse"),
            "e19ca6dde747d2fa76bc3389e6dc17b0ca38d1c5d85d2712357efe1518848a2eed6028e928f2152dc867eaa6ecd1424f",
            "fdd7aa2a8bdab9befd711e9241dcf8cff83762dd5baa96640625a7175d01d2e0",
        ),
        (
            PIN,
            "07f9fea48f74cadf42346b30eaacabaec40f9be955e5bc6ac3fbe07a9db7e9d5514bdad4e763137d23ed194384e8ff10",
            "0d3de60cd49fb63100daa4c73d15b7c146458e50a9e8647afb5f74de117664cc",
        ),
        (
            Secret::Words(&[9; 32]),
            "e5332fc29dc1b3a44d2444193beee42f2fbedea47fcaa255757477947688de911775eba1ac39e991524d34f30be3a9db",
            "e3c7424540ba7e66e440bb99e012d27d4ca153cc7b45c49af09570d121f87ee8",
        ),
    ] {
        let slot = slot(&secret);
        assert_eq!((hex(&slot.wrapped).as_str(), hex(&slot.digest(&VAULT)).as_str()), (wrapped, digest));
        assert_eq!(slot.unwrap(&VAULT, &secret).unwrap().dangerously_as_bytes(), &[0x42; 32]);
    }
}

#[test]
fn a_slot_opens_with_nothing_but_its_own_secret() {
    let wrong = [Secret::Pin { pin: "1235", keystore: b"keystore" }, Secret::Pin { pin: "1234", keystore: b"" }];
    for secret in wrong {
        assert!(matches!(slot(&PIN).unwrap(&VAULT, &secret), Err(Error::WrongSecret)));
    }
    assert!(matches!(slot(&PIN).unwrap(&VAULT, &Secret::Passphrase("1234")), Err(Error::NoSlot(SlotKind::Passphrase))));
}

#[test]
fn a_slot_of_another_vault_kind_cost_or_salt_does_not_open() {
    let words = Secret::Words(&[9; 32]);
    assert!(matches!(slot(&words).unwrap(&[1; 16], &words), Err(Error::WrongSecret)));
    let passphrase = Secret::Passphrase("1234");
    let renamed = Slot { kind: SlotKind::Passphrase, ..slot(&Secret::Pin { pin: "1234", keystore: b"" }) };
    assert!(matches!(renamed.unwrap(&VAULT, &passphrase), Err(Error::WrongSecret)));
    let costlier = Slot { costs: Some(ArgonParams { passes: 3, ..ArgonParams::FLOOR }), ..slot(&PIN) };
    assert!(matches!(costlier.unwrap(&VAULT, &PIN), Err(Error::WrongSecret)));
    let salted = Slot { salt: [8; 32], ..slot(&PIN) };
    assert!(matches!(salted.unwrap(&VAULT, &PIN), Err(Error::WrongSecret)));
}

#[test]
fn costs_out_of_range_in_a_file_are_refused_before_any_work() {
    for memory_kib in [1024, u32::MAX] {
        let slot = Slot { costs: Some(ArgonParams { memory_kib, ..ArgonParams::FLOOR }), ..slot(&PIN) };
        assert!(matches!(slot.unwrap(&VAULT, &PIN), Err(Error::ArgonOutOfRange)));
    }
}
