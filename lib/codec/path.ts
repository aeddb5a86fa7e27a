import type { Errors } from 'io-ts';

const TOO_LONG = /^(.{99}).{3,}(.{99})$/s;

/**
 * Where a frame was refused first, as names of codecs and keys: `acme.DepthUpdate/b: Levels/0/0: DecimalText`. Says nothing
 * of the value. At most 200 characters; the middle gives way, since the ends tell what and where.
 */
export function pathOf(errors: Errors): string {
  const steps = (errors[0]?.context ?? []).map(({ key, type }) => [key, type.name].filter(Boolean).join(': '));
  return steps.join('/').replace(TOO_LONG, '$1…$2');
}
