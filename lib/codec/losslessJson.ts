import type { JsonReading } from './jsonReading.js';

/** As many digits as the least integer has that a double can't hold. */
const LONG = 16;
/** Strings as they are, and numbers. */
const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g;
const INTEGER = /^-?[1-9]\d*$/;

/**
 * Reads JSON like `JSON.parse`, but integers that a double can't hold come as texts of their digits:
 * `{"id":18446744073709551615}` gives `"18446744073709551615"`. All other numbers are numbers.
 *
 * Nearly all frames hold none and cost a look at each 16th character. In the others the long ones are quoted where they stand;
 * going through them token by token takes three times the parse.
 *
 * @throws SyntaxError for what is no JSON.
 */
export function parseLossless(text: string): unknown {
  return parsedIfJson(withLongQuoted(text)) ?? JSON.parse(text.replace(TOKENS, quoted));
}

const FRACTION = /^-?(?:0|[1-9]\d*)\.\d+$/;

/**
 * The same, and numbers with decimals come as texts too: `{"qty":0.10000000}` gives `"0.10000000"`, zeros at the end and
 * all. For frames whose numbers are to be kept as they were written. A number with an exponent stays a number.
 *
 * @throws SyntaxError for what is no JSON.
 */
export function parseExact(text: string): unknown {
  const usual = withLongQuoted(text) === text ? withFractionsQuoted(text) : undefined;
  return (
    parsedIfJson(usual) ??
    JSON.parse(text.replace(TOKENS, (token) => (FRACTION.test(token) ? `"${token}"` : quoted(token))))
  );
}

/** As {@link parseLossless} does. */
export const losslessJson: JsonReading = {
  parse: parseLossless,
  number: (digits) =>
    digits.length < LONG || digits.includes('.') || Number.isSafeInteger(Number(digits)) ? Number(digits) : digits,
};

/** As {@link parseExact} does. */
export const exactJson: JsonReading = {
  parse: parseExact,
  number: (digits) => (digits.includes('.') ? digits : losslessJson.number(digits)),
};

/**
 * `undefined` where it is none. A text may have held what looks like a number between others: the quote put before it ended
 * that text, and what comes behind it made it no JSON.
 */
function parsedIfJson(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The same text with quotes around all that stands between the signs of JSON as a number with decimals does, without a look
 * at where its strings begin and end: that takes a third of the time. `undefined` where one is spelled with blanks around it.
 */
function withFractionsQuoted(text: string): string | undefined {
  let written = '';
  /** Up to there it is written. */
  let done = 0;
  for (let point = text.indexOf('.'); point >= 0; point = text.indexOf('.', point + 1)) {
    let from = point;
    while (isDigit(text.charCodeAt(from - 1))) from -= 1;
    let to = point + 1;
    while (isDigit(text.charCodeAt(to))) to += 1;
    if (from === point || to === point + 1) continue;
    const isPadded = text.charCodeAt(from) === ZERO && from + 1 < point;
    if (text.charCodeAt(from - 1) === MINUS) from -= 1;
    const [before, after] = [text.charCodeAt(from - 1), text.charCodeAt(to)];
    // Blanks, or nothing at all.
    if (!(before > BLANK && after > BLANK)) return undefined;
    if (isPadded || !isOpening(before) || !isClosing(after)) continue;
    written += `${text.slice(done, from)}"${text.slice(from, to)}"`;
    done = to;
    point = to;
  }
  return done === 0 ? text : written + text.slice(done);
}

/**
 * The same text with quotes around the integers that a double can't hold, found by a look at each 16th character: a row of so
 * many digits can't lie between two of them. `undefined` where one is spelled with blanks around it.
 */
function withLongQuoted(text: string): string | undefined {
  const { length } = text;
  let written = '';
  /** Up to there it is written. */
  let done = 0;
  for (let i = LONG - 1; i < length; i += LONG) {
    if (!isDigit(text.charCodeAt(i))) continue;
    let from = i;
    while (isDigit(text.charCodeAt(from - 1))) from -= 1;
    let to = i + 1;
    while (isDigit(text.charCodeAt(to))) to += 1;
    // The next place looked at is beyond this row.
    i = to - (to % LONG) - 1;
    if (to - from < LONG) continue;
    if (text.charCodeAt(from - 1) === MINUS) from -= 1;
    const [before, after] = [text.charCodeAt(from - 1), text.charCodeAt(to)];
    // Blanks, or nothing at all.
    if (!(before > BLANK && after > BLANK)) return undefined;
    if (!isOpening(before) || !isClosing(after)) continue;
    const token = quoted(text.slice(from, to));
    if (token.length === to - from) continue;
    written += text.slice(done, from) + token;
    done = to;
  }
  return done === 0 ? text : written + text.slice(done);
}

const isDigit = (code: number): boolean => code >= ZERO && code <= NINE;
const BLANK = 32;
const QUOTE = 34;
const COMMA = 44;
const MINUS = 45;
const ZERO = 48;
const NINE = 57;
const COLON = 58;
const OPEN = 91;
const CLOSE_LIST = 93;
const CLOSE = 125;
const isOpening = (code: number): boolean => code === COLON || code === COMMA || code === OPEN;
const isClosing = (code: number): boolean => code === COMMA || code === CLOSE || code === CLOSE_LIST;

const quoted = (token: string): string =>
  token.charCodeAt(0) === QUOTE || !INTEGER.test(token) || Number.isSafeInteger(Number(token)) ? token : `"${token}"`;
