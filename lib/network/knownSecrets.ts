import { SecretTexts } from './secretTexts.js';

/** The same values, found also where a venue wrote them in another way: escaped however often, in digits, in lines. */
export class KnownSecrets extends SecretTexts {
  readonly #odd = new Map<string, OddForms>();

  override scrub(text: string): string {
    let rest = this.blot(text);
    for (const { hex } of this.#oddForms()) rest = this.#hide(rest, inSmallHex(rest), hex);
    for (const { base64 } of this.#oddForms()) for (const form of base64) rest = this.#hide(rest, rest, form);
    if (!/[\\&%\r\n]/.test(rest)) return super.scrub(rest);
    let view = plainOf(rest);
    for (const { plain } of this.#oddForms()) {
      const without = this.#hide(rest, view.plain, plain, view.starts);
      // Looking at the text takes longer than looking into it.
      if (without !== rest) view = plainOf(without);
      rest = without;
    }
    return super.scrub(rest);
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
    if (form.length < this.shortest) return text;
    for (let at = plain.indexOf(form); at >= 0; at = plain.indexOf(form, at + form.length)) {
      rest += text.slice(done, starts?.[at] ?? at) + this.hidden;
      done = starts?.[at + form.length] ?? at + form.length;
    }
    return rest + text.slice(done);
  }
}

/** What a venue may make of a secret in an error, and no frame holds: its bytes in digits, in base64, and without any escapes. */
interface OddForms {
  readonly hex: string;
  readonly base64: readonly string[];
  readonly plain: string;
}

function oddFormsOf(value: string): OddForms {
  const bytes = Array.from(new TextEncoder().encode(value));
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const base64 = btoa(bytes.map((byte) => String.fromCharCode(byte)).join('')).replace(/=+$/, '');
  return { hex, base64: [base64, base64.replace(/\+/g, '-').replace(/\//g, '_')], plain: plainOf(value).plain };
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
    const one = letter ?? ENTITIES[entity.toLowerCase()] ?? (code === 0 ? '' : String.fromCharCode(code));
    for (const each of byte === undefined ? bytesOf(one) : one) {
      plain += each;
      starts.push(index);
    }
  }
  starts.push(text.length);
  return { plain, starts };
}
