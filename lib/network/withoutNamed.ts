import { namesSecret } from './secretNames.js';

/** Its end may be missing: what was cut off tells as much of a secret as it holds. */
const NAMED_TEXT = /"([\w.-]{1,64})"(\s*:\s*)"((?:[^"\\]|\\.)*)("|\\?$)/g;
/** In an answer a short text under such a name is a word: `"quoteToken":"USDT"`. */
export const SHORTEST_ANSWERED = 16;

/** How what stands under names in a text of JSON is looked at. */
export interface NamedTexts {
  /** What takes the place of a secret. Default: `…`. */
  readonly hidden?: string;
  /** Shorter values stay. Default: {@link SHORTEST_ANSWERED}. */
  readonly shortest?: number;
  /** Whether what goes by a name is a secret. Default: {@link namesSecret}. */
  readonly isSecret?: (name: string) => boolean;
  /** Told each value, as JSON writes it. */
  readonly found?: (value: string) => void;
}

/** A text of JSON, or the beginning of one, without the values that go by the names of secrets. */
export const withoutNamed = (
  text: string,
  { hidden = '…', shortest = SHORTEST_ANSWERED, isSecret = namesSecret, found }: NamedTexts = {},
): string =>
  text.replace(NAMED_TEXT, (whole: string, name: string, colon: string, value: string, end: string) => {
    if (value.length < shortest || !isSecret(name)) return whole;
    found?.(value);
    return `"${name}"${colon}"${hidden}${end}`;
  });
