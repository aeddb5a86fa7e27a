import type { Errors } from 'io-ts';

const LIMIT = 200;

/** Where and why a codec refused a value: `acme.DepthUpdate/b: Levels/0/1`. At most 200 characters, the first error's. */
export function pathOf(errors: Errors): string {
  const [error] = errors;
  if (error === undefined) return '';
  return error.context
    .map(({ key, type: { name } }) => (key === '' ? name : `${key}: ${name}`))
    .join('/')
    .slice(0, LIMIT);
}
