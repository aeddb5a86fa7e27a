/** The caller gave something that can't be meant. Thrown at once, at the call. */
export class InvalidArgumentError extends Error {
  override readonly name = 'InvalidArgumentError';
  constructor(
    readonly field: string,
    /** What would have been right. */
    readonly expected: string,
    received: unknown,
  ) {
    super(`${field}: expected ${expected}, got ${shown(expected, received)}`.slice(0, LONGEST));
  }
}

const LONGEST = 2_000;
/** Of a list so many, of an object so many names. */
const MOST = 5;

/** A text or a list where neither is wanted may be a secret that belongs elsewhere, as a token in the place of what gives one. */
const shown = (expected: string, value: unknown): string => {
  const isHidden = /^an? (function|object)\b/.test(expected);
  if (isHidden && typeof value === 'string') return 'a text';
  return isHidden && Array.isArray(value) ? 'a list' : show(value);
};

/** Of an object only the names: what it holds may be secret. */
function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value).slice(0, 100);
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return `[${shortened(value.map(show))}]`.slice(0, 100);
  if (typeof value !== 'object' || value === null) return String(value).slice(0, 100);
  const names = Object.keys(value);
  return `an object${names.length === 0 ? '' : ` with ${shortened(names)}`}`;
}

const shortened = (texts: readonly string[]): string =>
  texts.length <= MOST
    ? texts.join(', ')
    : `${texts.slice(0, MOST).join(', ')} and ${String(texts.length - MOST)} more`;
