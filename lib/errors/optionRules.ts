import { check } from './checks.js';

/** What an option may be: whether a value is right, and what would be. */
export type OptionRule = readonly [isRight: (value: unknown) => boolean, expected: string];

const has = (value: unknown, ...names: readonly string[]): boolean =>
  typeof value === 'object' && value !== null && names.every((name) => typeof Reflect.get(value, name) === 'function');

/** Lists, dates, maps and promises have names, too, but never those of options. */
const isFields = (value: unknown): boolean => Object.prototype.toString.call(value) === '[object Object]';

const isNumber = (value: unknown): boolean => typeof value === 'number' && !Number.isNaN(value);

/** A text that is not empty. */
export const aText: OptionRule = [(value: unknown): boolean => typeof value === 'string' && value !== '', 'a text'];
/** What is looked at by itself, where it is. */
export const anything: OptionRule = [(): boolean => true, 'anything'];
/** Bounds are checked where they are known; `Infinity` is a number. */
export const aNumber: OptionRule = [isNumber, 'a number'];
/** `true` or `false`; not what is only as good as true. */
export const aBoolean: OptionRule = [(value: unknown): boolean => typeof value === 'boolean', 'true or false'];
/** Whatever can be called. */
export const aFunction: OptionRule = [(value: unknown): boolean => typeof value === 'function', 'a function'];
/** An object of whatever fields: they are checked where they are known. */
export const anObject: OptionRule = [isFields, 'an object'];
/** Ms, above 0. */
export const aDuration: OptionRule = [
  (value: unknown): boolean => isNumber(value) && Number(value) > 0,
  'a number of ms above 0',
];
/** A figure that something is divided by or waited for: no timer can wait for `Infinity`. */
export const aFiniteNumber: OptionRule = [
  (value: unknown): boolean => isNumber(value) && Number(value) > 0 && value !== Infinity,
  'a number above 0',
];
/** How many of something there may be. `Infinity` is a count without a bound. */
export const aCount: OptionRule = [
  (value: unknown): boolean => value === Infinity || (Number.isInteger(value) && Number(value) >= 1),
  'a whole number of at least 1',
];
/** 0 counts, too. */
export const fromZero: OptionRule = [
  (value: unknown): boolean => isNumber(value) && Number(value) >= 0,
  'a number from 0',
];
/** Texts, none of them empty. */
export const texts: OptionRule = [
  (value: unknown): boolean => Array.isArray(value) && value.every((one) => aText[0](one)),
  'a list of texts',
];
export const anObservable: OptionRule = [(value: unknown): boolean => has(value, 'subscribe', 'pipe'), 'an observable'];
export const aNetwork: OptionRule = [
  (value: unknown): boolean => has(value, 'open', 'request'),
  'a network: open and request',
];
export const aScheduler: OptionRule = [
  (value: unknown): boolean => has(value, 'now', 'schedule'),
  'a scheduler: now and schedule',
];

/**
 * Refuses options that can't be meant: what is no object, what is known by no name, and values of another kind. Values that
 * are `undefined` are absent.
 *
 * @param what What they are called where they are no object at all.
 * @throws InvalidArgumentError with the option's name. Values under unknown names are not shown: they may be secrets.
 */
export function checkOptions(what: string, options: unknown, rules: Readonly<Record<string, OptionRule>>): void {
  check(what, isFields(options), `an object with ${Object.keys(rules).join(', ')}`, options);
  for (const [name, value] of Object.entries(Object(options) as Readonly<Record<string, unknown>>)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    check(name, rule !== undefined, `an option of these: ${Object.keys(rules).join(', ')}`, name);
    if (value !== undefined && rule !== undefined) check(name, rule[0](value), rule[1], value);
  }
}

/** One of a few words. */
export const oneOf = (...words: readonly string[]): OptionRule => [
  (value: unknown): boolean => words.some((word) => word === value),
  words.join(', '),
];

type OptionRules = Readonly<Record<string, OptionRule>>;

/**
 * Refuses a config that can't be meant, and one that lacks what has no default.
 *
 * @param needed What has no default; `others` have one.
 * @throws InvalidArgumentError as {@link checkOptions} does, and with the name of what lacks.
 */
export function checkConfig(what: string, config: unknown, needed: OptionRules, others: OptionRules = {}): void {
  checkOptions(what, config, { ...needed, ...others });
  for (const [name, [, expected]] of Object.entries(needed)) {
    check(name, (config as Readonly<Record<string, unknown>>)[name] !== undefined, expected, undefined);
  }
}

/** Refuses an argument of another kind; what is `undefined`, too. */
export function checkKind(field: string, [isRight, expected]: OptionRule, value: unknown): void {
  check(field, isRight(value), expected, value);
}

/** Refuses a text that is none, or not of the pattern. */
export function checkText(field: string, pattern: RegExp, expected: string, value: unknown): void {
  check(field, typeof value === 'string' && pattern.test(value), expected, value);
}

/** Whether a text is an address as the platform reads them: with a port that there can be, for one. */
function isUrl(text: string): boolean {
  try {
    return new URL(text).host !== '';
  } catch {
    return false;
  }
}

/** Hides of an address what may be a secret in it: whatever stands before an `@`, query and fragment, long pieces of the path. */
export const discreet = (url: string): string => url.replace(/\/\/[^?#]*@|[?#].*|(?<!\/)\/[^/?#@]{32,}/g, '…');
const shownUrl = (url: unknown): unknown => (typeof url === 'string' ? discreet(url) : url);

/** A socket's address as it is, path and query included, but for a user and a fragment, which no socket has. */
export function checkSocketUrl(field: string, url: unknown): void {
  const isRight = typeof url === 'string' && /^wss?:\/\/[^\s/?#@\\]+([/?][^\s#]*)?$/.test(url) && isUrl(url);
  check(field, isRight, 'a ws:// or wss:// address without user and fragment', shownUrl(url));
}

/**
 * An address to put paths behind: no slash at its end.
 *
 * @param kind `http` or `ws`.
 * @throws InvalidArgumentError for anything but an absolute address of that kind without user part, query and fragment. What
 *   may be a secret in it is not shown.
 */
export function baseOf(field: string, kind: 'http' | 'ws', url: unknown, path: 'path' | 'no path' = 'path'): string {
  const base = typeof url === 'string' ? url.replace(/\/+$/, '') : '';
  const rest = path === 'path' ? '[^\\s?#@]*' : '';
  const isRight =
    new RegExp(`^${kind}s?://[^\\s/?#@\\\\]+${rest === '' ? '' : `(/${rest})?`}$`).test(base) && isUrl(base);
  const either = kind === 'ws' ? 'a ws:// or wss:// address' : 'an https:// or http:// address';
  const without = path === 'path' ? ' without user and query' : ' without user, path and query';
  const expected = new RegExp(`^${kind}s?://`).test(base) ? `${either}${without}` : either;
  check(field, isRight, expected, shownUrl(url));
  return base;
}

/**
 * The REST base that belongs to a socket's: the one that is named, or what belongs to that host of the venue, and to any other
 * host the same, `https` for `wss`.
 *
 * @param hosts The REST side of the venue's hosts; whatever port they are reached by.
 * @throws InvalidArgumentError as {@link baseOf} does.
 */
export function restOf(restUrl: unknown, socket: string, hosts: Readonly<Record<string, string>>): string {
  const { protocol, host, hostname } = new URL(socket);
  return baseOf('restUrl', 'http', restUrl ?? hosts[hostname] ?? `${protocol.replace('ws', 'http')}//${host}`);
}
