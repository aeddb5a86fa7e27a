import { checkText } from '../../errors/optionRules.js';

/**
 * An asset as T+ names it: the index of its registry (`200`), or address and chain: 64 hex digits of an address that is
 * padded with zeros at its right end, `@`, 18 hex digits of the chain. Compared as they are, digit for digit.
 */
const ASSET = /^(?:\d{1,20}|[0-9a-f]{64}@[0-9a-f]{18})$/;

/** @throws InvalidArgumentError for anything else: it would stand in a path. */
export function assetOf(asset: string): string {
  checkText('asset', ASSET, 'an index such as 200, or 64 hex digits @ 18 hex digits', asset);
  return asset;
}
