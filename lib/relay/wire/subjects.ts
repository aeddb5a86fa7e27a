import { check } from '../../errors/checks.js';
import { InvalidArgumentError } from '../../errors/invalidArgumentError.js';

/** What every subject begins with; the number is the protocol's. */
const PREFIX = 'millrace.1';
/** The same for streams of accounts, so that a server can keep them from most. */
const ACCOUNT_PREFIX = 'millrace-account.1';
/** In the place of a gateway's name in requests: whichever serves it. */
export const ANY = 'any';

/** Which stream of an exchange: the method that gives it and what that is called with, in parts of a subject. */
export interface StreamName {
  /** `book`, `trades`, `candles:1m`. */
  readonly kind: string;
  /** The instrument, escaped. */
  readonly symbol: string;
  /** Whether it tells of an account. */
  readonly isAccount: boolean;
}

/** A name of a venue or a gateway as it stands in subjects. @throws InvalidArgumentError for anything but letters, digits, `-` and `_`. */
export function checkName(field: string, name: unknown): void {
  const isRight = typeof name === 'string' && /^[\w-]{1,64}$/.test(name) && name !== ANY;
  check(field, isRight, `letters, digits, - and _, at most 64, and not ${ANY}`, name);
}

/**
 * A text as one part of a subject: what is neither letter nor digit nor one of `- _ : / @ , = + ~` as `%` and its bytes in
 * hexadecimal.
 */
export const escaped = (text: string): string => text.replace(/[^\w\-:/@,=+~]/gu, bytesOf);

const bytesOf = (sign: string): string => {
  const written = encodeURIComponent(sign);
  return written === sign ? `%${sign.charCodeAt(0).toString(16).toUpperCase()}` : written;
};

/**
 * The stream that a call gives. What follows the instrument stands with the method: a single text as it is, anything else
 * as JSON with its keys in order.
 *
 * @throws InvalidArgumentError where an argument is more than data: a function says nothing to another process.
 */
export function streamOf(method: string, args: readonly unknown[]): StreamName {
  const [instrument, ...given] = args;
  check('instrument', typeof instrument === 'string' && isWellFormed(instrument), 'an instrument', instrument);
  const more = trimmed(given);
  const [only] = more;
  check('arguments', typeof only !== 'string' || !/\p{Surrogate}/u.test(only), 'texts of whole signs', only);
  const detail = more.length === 1 && typeof only === 'string' ? only : more.length === 0 ? '' : jsonOf(more);
  return {
    kind: escaped(detail === '' ? method : `${method}:${detail}`),
    symbol: escaped(String(instrument)),
    isAccount: false,
  };
}

const isWellFormed = (text: string): boolean => text !== '' && text.length <= 200 && !/\p{Surrogate}/u.test(text);

/** Arguments without those at the end that say nothing. */
function trimmed(args: readonly unknown[]): readonly unknown[] {
  const last = args.at(-1);
  return args.length > 0 && isNothing(last) ? trimmed(args.slice(0, -1)) : args;
}

/** An absent option, or options of which none is said. */
const isNothing = (value: unknown): boolean =>
  value === undefined || (isPlain(value) && Object.values(value).every((one) => one === undefined));

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

function jsonOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonOf).join(',')}]`;
  if (isPlain(value)) {
    const entries = Object.entries(value).filter(([, one]) => one !== undefined);
    return `{${entries
      .sort()
      .map(([key, one]) => `${JSON.stringify(key)}:${jsonOf(one)}`)
      .join(',')}}`;
  }
  const isData = value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
  if (!isData) throw new InvalidArgumentError('options', 'texts, numbers and what is made of them', typeof value);
  return JSON.stringify(value);
}

/**
 * The same of a stream that is a venue's own, whose first argument need not be an instrument: a text or a list of texts as they
 * are, anything else as JSON, and `-` where nothing is said.
 */
export function ownStreamOf(method: string, args: readonly unknown[], isAccount: boolean): StreamName {
  const [first, ...rest] = trimmed(args);
  const { kind } = streamOf(method, ['-', ...rest]);
  const symbol = wordOf(first);
  check(method, isWellFormed(symbol), 'arguments of 1 to 200 characters', first);
  return { kind, symbol: escaped(symbol), isAccount };
}

const areTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

function wordOf(value: unknown): string {
  if (value === undefined) return '-';
  if (typeof value === 'string') return value;
  return areTexts(value) ? value.join(',') : jsonOf(value);
}

/** What a stream is called in `plan()` and in faults: its kind and symbol. */
export const keyOf = ({ kind, symbol, isAccount }: StreamName): string =>
  `${isAccount ? ACCOUNT_KEY : ''}${kind}.${symbol}`;
const ACCOUNT_KEY = 'account.';

/** What gateways send about a stream. */
export const streamSubject = (venue: string, gateway: string, { kind, symbol, isAccount }: StreamName): string =>
  `${isAccount ? ACCOUNT_PREFIX : PREFIX}.${venue}.${gateway}.${kind}.${symbol}`;

/** Where a gateway is asked for a stream, or {@link ANY}. */
export const joinSubject = (venue: string, gateway: string, { kind, symbol, isAccount }: StreamName): string =>
  `${isAccount ? ACCOUNT_PREFIX : PREFIX}.${venue}.${gateway}.join.${kind}.${symbol}`;

/** Where a gateway hears all that is asked of it. */
export const joinSubjects = (venue: string, gateway: string, isAccount: boolean): string =>
  `${isAccount ? ACCOUNT_PREFIX : PREFIX}.${venue}.${gateway}.join.*.*`;

/** Where a gateway tells of itself; `*` for all of them. */
export const statusSubject = (venue: string, gateway: string, isAccount: boolean): string =>
  `${isAccount ? ACCOUNT_PREFIX : PREFIX}.${venue}.${gateway}.status`;

/** The gateway and the stream of a subject, `join` passed over. A status is the same on either prefix. */
export function partsOf(subject: string): { readonly gateway: string; readonly key: string } {
  const [, , , gateway = '', ...rest] = subject.split('.');
  const key = (rest[0] === 'join' ? rest.slice(1) : rest).join('.');
  return { gateway, key: rest.length > 1 && subject.startsWith(`${ACCOUNT_PREFIX}.`) ? `${ACCOUNT_KEY}${key}` : key };
}

/** Whether a consumer may hear it: a stream of a market, or a status; those of accounts where that is granted. */
export const isStreamSubject = (subject: string, withAccounts = false): boolean =>
  /^1(\.[\w-]+){2}\.([\w\-:/@,=+~%]+\.[\w\-:/@,=+~%]+|status)$|^1\.[\w-]+\.\*\.status$/.test(
    afterPrefix(subject, withAccounts),
  );

/** Whether a consumer may ask there. */
export const isJoinSubject = (subject: string, withAccounts = false): boolean =>
  /^1(\.[\w-]+){2}\.join(\.[\w\-:/@,=+~%]+){2}$/.test(afterPrefix(subject, withAccounts));

/** What follows the prefix; nothing where it is another. */
function afterPrefix(subject: string, withAccounts: boolean): string {
  const [, rest = ''] = (withAccounts ? /^millrace(?:-account)?\.(.*)$/ : /^millrace\.(.*)$/).exec(subject) ?? [];
  return rest;
}
