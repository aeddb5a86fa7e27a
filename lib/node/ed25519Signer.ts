import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { check } from '../errors/checks.js';
import { InvalidArgumentError } from '../errors/invalidArgumentError.js';

/** A private key that stays where it is: what it signs is all that leaves. */
export interface Ed25519Signer {
  /** 64 hex digits in lower case. */
  readonly publicKey: string;
  /**
   * Signs a message.
   *
   * @returns One signature of 64 bytes, as a list of one.
   */
  readonly sign: (message: Uint8Array) => readonly [Uint8Array];
}

/** What stands before the seed in the PKCS#8 form of an Ed25519 key (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const KEY_BYTES = 32;

/**
 * Ed25519 with Node's own `crypto`.
 *
 * @param seed The private key: 32 bytes, or 64 hex digits.
 * @throws InvalidArgumentError for any other length.
 */
export function ed25519Signer(seed: Uint8Array | string): Ed25519Signer {
  const isSeed = typeof seed === 'string' || seed instanceof Uint8Array;
  check('seed', isSeed, `${KEY_BYTES} bytes, or as many in hex digits`, typeof seed);
  const bytes = typeof seed === 'string' ? Buffer.from(seed, 'hex') : Buffer.from(seed);
  if (bytes.length !== KEY_BYTES) throw new InvalidArgumentError('seed', `${KEY_BYTES} bytes`, bytes.length);
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, bytes]), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return {
    publicKey: spki.subarray(-KEY_BYTES).toString('hex'),
    sign: (message) => [sign(null, message, key)],
  };
}
