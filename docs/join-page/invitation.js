/*
 * What a fragment holds: the typed text of an invitation, as crates/protocol/src/invitation/text.rs writes it.
 *
 *   text = base32(bytes ‖ H("waymark/invitation-text/v1" ‖ LP(bytes))[..4])
 *
 * The page opens nothing of it. It finds out what is cut or mistyped, so that this is said here and not after somebody has
 * looked for the app; the app reads everything again.
 */
'use strict';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LABEL = new TextEncoder().encode('waymark/invitation-text/v1');
const CHECK = 4;
const MAX_TEXT = 1024;

/** The letters as the app writes them; null where one of them is no letter of an invitation. */
function lettersOf(fragment) {
  if (fragment.length > MAX_TEXT) return null;
  let text;
  try {
    text = decodeURIComponent(fragment);
  } catch {
    return null;
  }
  const letters = text.replace(/[\s-]/g, '').toUpperCase().replace(/[IL]/g, '1').replace(/O/g, '0');
  return [...letters].every((letter) => ALPHABET.includes(letter)) ? letters : null;
}

/** The bytes that the letters stand for; null where the last letter holds more than they do. */
function bytesOf(letters) {
  const bytes = [];
  let buffer = 0;
  let bits = 0;
  for (const letter of letters) {
    buffer = (buffer << 5) | ALPHABET.indexOf(letter);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push(buffer >> bits);
    }
    buffer &= (1 << bits) - 1;
  }
  return buffer === 0 && bits < 5 ? Uint8Array.from(bytes) : null;
}

/** Whether the last bytes are the checksum of those before. */
async function isWhole(all) {
  if (all.length <= CHECK) return false;
  // Browsers hash on pages that came by https. Elsewhere the app is the first to notice a mistake.
  if (!globalThis.crypto?.subtle) return true;
  const bytes = all.subarray(0, -CHECK);
  const message = new Uint8Array(LABEL.length + 4 + bytes.length);
  message.set(LABEL);
  new DataView(message.buffer).setUint32(LABEL.length, bytes.length);
  message.set(bytes, LABEL.length + 4);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', message));
  return all.subarray(-CHECK).every((byte, index) => byte === hash[index]);
}

/** `found` with the typed text without spaces, `none`, or `broken`. */
async function readInvitation(fragment) {
  if (fragment === '') return { state: 'none' };
  const letters = lettersOf(fragment);
  const bytes = letters && bytesOf(letters);
  return bytes && (await isWhole(bytes)) ? { state: 'found', text: letters } : { state: 'broken' };
}
