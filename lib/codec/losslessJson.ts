/** As many digits as the least integer has that a double can't hold. */
const LONG = 16;
/** Strings as they are, and numbers of so many digits before any point. */
const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?:\.\d+)?(?:[eE][-+]?\d+)?/g;
const INTEGER = /^-?[1-9]\d*$/;

/**
 * Reads JSON like `JSON.parse`, but integers that a double can't hold come as texts of their digits:
 * `{"id":18446744073709551615}` gives `"18446744073709551615"`. All other numbers are numbers.
 *
 * Nearly all frames hold none and cost a look at each 16th character. Only the others are gone through token by token;
 * quoting every number instead costs three times the parse.
 *
 * @throws SyntaxError for what is no JSON.
 */
export function parseLossless(text: string): unknown {
  return JSON.parse(holdsLongNumber(text) ? text.replace(TOKENS, quoted) : text);
}

/** Strings as they are, and numbers with a point or of many digits. */
const EXACT = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g;
const FRACTION = /^-?(?:0|[1-9]\d*)\.\d+$/;

/**
 * The same, and numbers with decimals come as texts too: `{"qty":0.10000000}` gives `"0.10000000"`, zeros at the end and
 * all. For frames whose numbers are to be kept as they were written; goes through all of them token by token. A number with
 * an exponent stays a number.
 *
 * @throws SyntaxError for what is no JSON.
 */
export function parseExact(text: string): unknown {
  return JSON.parse(text.replace(EXACT, (token) => (FRACTION.test(token) ? `"${token}"` : quoted(token))));
}

/** Whether 16 digits stand in a row behind something that a number can stand behind. It may be in a text all the same. */
function holdsLongNumber(text: string): boolean {
  const { length } = text;
  // A row of so many can't lie between two of the places looked at.
  for (let i = LONG - 1; i < length; i += LONG) {
    if (!isDigit(text.charCodeAt(i))) continue;
    let from = i;
    while (from > 0 && isDigit(text.charCodeAt(from - 1))) from -= 1;
    let to = i + 1;
    while (to < length && isDigit(text.charCodeAt(to))) to += 1;
    if (to - from >= LONG && BEFORE.includes(text.charAt(from - 1))) return true;
    // The next place looked at is beyond this row.
    i = to - (to % LONG) - 1;
  }
  return false;
}

const isDigit = (code: number): boolean => code >= ZERO && code <= NINE;
const [QUOTE, ZERO, NINE] = [34, 48, 57];
/** The empty text, which is before the first character, is in it too. */
const BEFORE = '-:,[ \n\r\t';

const quoted = (token: string): string =>
  token.charCodeAt(0) === QUOTE || !INTEGER.test(token) || Number.isSafeInteger(Number(token)) ? token : `"${token}"`;
