//! Ed25519 keys as Multikey text and as did:key.

/// What stands before the 32 bytes of an Ed25519 public key.
const ED25519: [u8; 2] = [0xed, 0x01];
/// No key of this kind is longer; a longer text is not decoded.
const LONGEST: usize = 100;

/// The key as `z6Mk…`: base58 of its kind and its bytes.
pub fn multibase(key: &[u8; 32]) -> String {
    let mut bytes = ED25519.to_vec();
    bytes.extend(key);
    format!("z{}", bs58::encode(bytes).into_string())
}

/// Reads what [`multibase`] wrote; none for a key of another kind or another text.
pub fn read_multibase(text: &str) -> Option<[u8; 32]> {
    if text.len() > LONGEST {
        return None;
    }
    let bytes = bs58::decode(text.strip_prefix('z')?).into_vec().ok()?;
    bytes.strip_prefix(&ED25519)?.try_into().ok()
}

/// The issuer that is its own key: `did:key:z6Mk…`.
pub fn did_key(key: &[u8; 32]) -> String {
    format!("did:key:{}", multibase(key))
}

/// The key of a verification method of did:key, `did:key:z6Mk…#z6Mk…`; none for another method, or when the two halves differ.
pub fn key_of_method(method: &str) -> Option<[u8; 32]> {
    let (issuer, fragment) = method.strip_prefix("did:key:")?.split_once('#')?;
    if issuer == fragment {
        read_multibase(issuer)
    } else {
        None
    }
}
