import { SecretTexts, attempt, endOf } from './secretTexts.js';

/** Less may stand at the end of a text by chance. */
const SHORTEST = 6;
/** How many letters an escape takes for one. */
const LONGEST_LETTER = 12;
const HALF_AN_ESCAPE = /(?:%(?:25)*[\da-f]?|\\+(?:u[\da-f]{0,3})?|&[#\w;]{0,12})$/i;

/** The same values, found also where a venue wrote them in another way: escaped however often, in digits, in lines. */
export class KnownSecrets extends SecretTexts {
  readonly #odd = new Map<string, OddForms>();
  /** As many digits as one has at the least. */
  readonly #hex = new RegExp(`[\\da-fA-F]{${2 * this.shortest}}`);

  /** The text without them, in whatever way they are written. */
  override blot(text: string): string {
    let rest = super.blot(text);
    if (this.values.size === 0) return rest;
    const forms = this.#oddForms();
    // Of each frame that is recorded.
    if (this.#hex.test(rest)) {
      let small = inSmallHex(rest);
      for (const form of forms.flatMap(({ hex }) => hex)) {
        if (!small.includes(form)) continue;
        rest = this.#hide(rest, small, form);
        small = inSmallHex(rest);
      }
    }
    for (const { base64 } of forms) for (const form of base64) rest = this.#hide(rest, rest, form);
    if (!/[\\&%\r\n]/.test(rest)) return rest;
    let view = plainOf(rest);
    const take = (plain: string, form: string): void => {
      const without = this.#hide(rest, plain, form, view.starts);
      // Looking at the text takes longer than looking into it.
      if (without !== rest) view = plainOf(without);
      rest = without;
    };
    for (const { plain, hex, base64 } of forms) {
      take(view.plain, plain);
      for (const form of hex) take(inSmallHex(view.plain), form);
      for (const form of base64) take(view.plain, form);
    }
    return rest;
  }

  /** Nor the beginning of one at its end, in whatever way that is written: an escape may have been cut in the middle, too. */
  override scrub(text: string): string {
    const rest = super.scrub(text);
    const whole = rest.replace(HALF_AN_ESCAPE, '');
    const cut = Math.min(this.#cutIn(rest), whole === rest ? Infinity : this.#cutIn(whole));
    return cut < Infinity ? rest.slice(0, cut) + this.hidden : rest;
  }

  /** Where the beginning of one stands at the end of a text. */
  #cutIn(text: string): number {
    const odd = this.#oddForms();
    const forms = odd.flatMap(({ hex, base64, plain }) => [plain, ...hex, ...base64]);
    const longest = Math.max(0, ...odd.map(({ plain }) => plain.length));
    const from = Math.max(0, text.length - longest * LONGEST_LETTER);
    const { plain, starts } = plainOf(text.slice(from));
    const small = inSmallHex(plain);
    const least = Math.max(this.shortest, SHORTEST);
    const ends = forms.map((form) => Math.max(endOf(plain, form, least), endOf(small, form, least)));
    const most = Math.max(0, ...ends);
    return most === 0 ? Infinity : from + (starts[plain.length - most] ?? 0);
  }

  /** Of all that are known, each made once. */
  #oddForms(): readonly OddForms[] {
    for (const value of this.#odd.keys()) if (!this.values.has(value)) this.#odd.delete(value);
    return [...this.values.keys()].map((value) => {
      const forms = this.#odd.get(value) ?? oddFormsOf(value);
      this.#odd.set(value, forms);
      return forms;
    });
  }

  /**
   * The text without what its plain form holds.
   *
   * @param starts Where each letter of the plain form stands in the text. Default: where it stands itself.
   */
  #hide(text: string, plain: string, form: string, starts?: readonly number[]): string {
    let rest = '';
    let done = 0;
    if (form.length < this.shortest || !plain.includes(form)) return text;
    for (let at = plain.indexOf(form); at >= 0; at = plain.indexOf(form, at + form.length)) {
      rest += text.slice(done, starts?.[at] ?? at) + this.hidden;
      done = starts?.[at + form.length] ?? at + form.length;
    }
    return rest + text.slice(done);
  }
}

/**
 * What a venue may make of a secret in an error, and no frame holds: its bytes in digits, in base64, alone or amid others, and
 * without any escapes.
 */
interface OddForms {
  readonly hex: readonly string[];
  readonly base64: readonly string[];
  readonly plain: string;
}

function oddFormsOf(value: string): OddForms {
  const { plain } = plainOf(value);
  // One of a query was learnt as it stands there, and whoever read it there knows it without escapes.
  const binaries = [...new Set([binaryOf(value), binaryOf(attempt(() => decodeURIComponent(value), value))])];
  const base64 = binaries.flatMap(base64Of).flatMap((form) => [form, form.replace(/\+/g, '-').replace(/\//g, '_')]);
  return { hex: binaries.map(hexOf), base64: [...new Set(base64)], plain };
}

/** A text of which each letter is a byte. */
const binaryOf = (text: string): string =>
  Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');

const hexOf = (binary: string): string =>
  Array.from(binary, (byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');

/** Alone, and amid others: there it begins at any of three places of a group; its own are the letters that hold nothing else. */
function base64Of(binary: string): readonly string[] {
  const amid = [0, 1, 2].map((before) =>
    btoa('\0'.repeat(before) + binary).slice(
      Math.ceil((before * 4) / 3),
      Math.floor(((before + binary.length) * 4) / 3),
    ),
  );
  return [btoa(binary).replace(/=+$/, ''), ...amid];
}

/** Letters of other scripts change their length in lower case. */
const inSmallHex = (text: string): string => text.replace(/[A-F]+/g, (digits) => digits.toLowerCase());

const bytesOf = (letter: string): string =>
  letter < '\x80' ? letter : String.fromCharCode(...new TextEncoder().encode(letter));

/** Breaks of lines; a letter as JSON, HTML or a URL may write it, however often; or as it is. */
const LETTER =
  /\\*[\r\n]|\\+[rn]|\\+u([\da-f]{4})|&(?:amp;)*#x([\da-f]{1,4});|&(?:amp;)*#(\d{1,5});|&(?:amp;)*(amp|lt|gt|quot|apos);|%(?:25)*([\da-f]{2})|\\*([^])/gi;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The bytes of a text without whatever escapes them, and where each of them stands. */
function plainOf(text: string): { readonly plain: string; readonly starts: readonly number[] } {
  let plain = '';
  const starts: number[] = [];
  for (const { index, 1: unicode, 2: hex, 3: decimal = '', 4: entity = '', 5: byte, 6: letter } of text.matchAll(
    LETTER,
  )) {
    const code = parseInt(unicode ?? hex ?? byte ?? 'x', 16) || Number(decimal);
    const said = letter ?? ENTITIES[entity.toLowerCase()] ?? (code === 0 ? '' : String.fromCharCode(code));
    // One that is no escape itself is left out with those that are.
    const one = said === '\\' ? '' : said;
    for (const each of byte === undefined ? bytesOf(one) : one) {
      plain += each;
      starts.push(index);
    }
  }
  starts.push(text.length);
  return { plain, starts };
}
