import { discreet } from '../../errors/optionRules.js';
import { UsageError } from './usageError.js';

/** How fast a recording is played: as fast as possible, as it was, or so many times as fast. */
export type ReplaySpeed = 'max' | 'real' | number;

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
/** A timer of the platform holds no more ms than this; it would fire at once. */
const LONGEST = 2 ** 31 - 1;

/** Reads `500ms`, `30s`, `1.5m` or `2h` as ms. */
export function parseDuration(option: string, text: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  const ms = Number(amount) * (UNITS[unit ?? ''] ?? NaN);
  if (!(ms > 0 && ms <= LONGEST)) {
    throw new UsageError(`${option} ${quote(text)}: give a duration such as 500ms, 30s, 5m or 2h, at most 24 days`);
  }
  return ms;
}

/** Reads a whole number between `least` and `most`. */
export function parseWhole(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^-?\d+$/.test(text) || value < least || value > most) {
    throw new UsageError(`${option} ${quote(text)}: give a whole number from ${least} to ${most}`);
  }
  return value;
}

/** Reads `max`, `real` or a factor. */
export function parseSpeed(option: string, text: string): ReplaySpeed {
  if (text === 'max' || text === 'real') return text;
  const factor = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || factor <= 0 || factor > 1_000_000) {
    throw new UsageError(`${option} ${quote(text)}: give max, real, or a factor such as 10`);
  }
  return factor;
}

/** Accepts one of `accepted`, in any case. */
export function parseOneOf<T extends string>(option: string, text: string, accepted: readonly T[]): T {
  const found = accepted.find((name) => name.toLowerCase() === text.toLowerCase());
  if (found === undefined) throw new UsageError(`${option} ${quote(text)}: accepted: ${accepted.join(', ')}`);
  return found;
}

/** Accepts a `ws:` or `wss:` URL; a trailing slash is taken off. */
export function parseSocketUrl(option: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^wss?:$/.test(url.protocol)) {
    throw new UsageError(
      `${option} ${quote(discreet(text))}: give a URL such as ws://127.0.0.1:8080 or wss://stream.example.com`,
    );
  }
  return text.replace(/\/+$/, '');
}

/** What the user typed, bounded and on one line. */
export const quote = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
