import { check } from '../errors/checks.js';

/**
 * Refuses a login that can't be meant, without showing anything of it.
 *
 * @param names What it has to hold, where it is no function that provides tokens.
 * @throws InvalidArgumentError
 */
export function checkLogin(login: unknown, names: readonly string[], expected: string): void {
  const fields = Object(login) as Readonly<Record<string, unknown>>;
  const isWhole = names.every((name) => typeof fields[name] === 'string' && fields[name] !== '');
  const what = login === undefined || login === null ? String(login) : 'an empty one';
  check('login', typeof login === 'function' || isWhole, expected, what);
}
