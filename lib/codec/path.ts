import type { Errors } from 'io-ts';

const LONGEST = 200;

/**
 * Where a frame was refused first, as names of codecs and keys: `acme.DepthUpdate/b: Levels/0/0: DecimalText`. Says nothing
 * of the value. At most 200 characters; the middle gives way, since the ends tell what and where.
 */
export function pathOf(errors: Errors): string {
  const path = (errors[0]?.context ?? []).map(({ key, type }) => [key, type.name].filter(Boolean).join(': ')).join('/');
  if (path.length <= LONGEST) return path;
  const half = (LONGEST - 1) >> 1;
  return `${path.slice(0, half)}…${path.slice(-half)}`;
}
