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
 * all. For frames whose numbers are to be kept as they were written. A number with an exponent stays a number.
 *
 * @throws SyntaxError for what is no JSON.
 */
export function parseExact(text: string): unknown {
  const usual = holdsLongNumber(text) ? undefined : withFractionsQuoted(text);
  if (usual !== undefined) {
    try {
      return JSON.parse(usual);
    } catch {
      // A text may have held what looks like a number between others: the quote put before it ended that text, and what
      // comes behind it made it no JSON.
    }
  }
  return JSON.parse(text.replace(EXACT, (token) => (FRACTION.test(token) ? `"${token}"` : quoted(token))));
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
    if (isPadded || !(before === COLON || before === COMMA || before === OPEN)) continue;
    if (!(after === COMMA || after === CLOSE || after === CLOSE_LIST)) continue;
    written += `${text.slice(done, from)}"${text.slice(from, to)}"`;
    done = to;
    point = to;
  }
  return done === 0 ? text : written + text.slice(done);
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
/** The empty text, which is before the first character, is in it too. */
const BEFORE = '-:,[ \n\r\t';

const quoted = (token: string): string =>
  token.charCodeAt(0) === QUOTE || !INTEGER.test(token) || Number.isSafeInteger(Number(token)) ? token : `"${token}"`;
