import { isHarmlessHeader } from './secretNames.js';

export interface KnownSecretsConfig {
  /** What takes the place of a secret. Default: `…`. */
  readonly hidden?: string;
  /** Shorter values are words like `true` and `1000`: taking them out would only garble the text. Default: 6. */
  readonly shortest?: number;
  /** The youngest so many are kept: signatures are new with each request, keys and tokens are not. Default: 64. */
  readonly most?: number;
}

/** Values that must never be told, and the texts without them. */
export class KnownSecrets {
  /** Each with the ways in which it may stand in a text. */
  private readonly values = new Map<string, readonly string[]>();
  /** All of these, the longest first: a piece of another one must not break it up before it is found. */
  private forms: readonly string[] | undefined;
  private readonly hidden: string;
  private readonly shortest: number;
  private readonly most: number;

  constructor({ hidden = '…', shortest = 6, most = 64 }: KnownSecretsConfig = {}) {
    this.hidden = hidden;
    this.shortest = shortest;
    this.most = most;
  }

  add(value: string): void {
    if (value.length < this.shortest) return;
    const forms = this.values.get(value) ?? formsOf(value).filter(({ length }) => length >= this.shortest);
    this.values.delete(value);
    this.values.set(value, forms);
    this.forms = undefined;
    for (const [oldest] of this.values) {
      if (this.values.size <= this.most) break;
      this.values.delete(oldest);
    }
  }

  /** The values of headers, whole and in pieces (`Bearer …`), and what stands in those of Basic authentication. */
  addHeaders(headers: Readonly<Record<string, string>> = {}): void {
    for (const [name, value] of Object.entries(headers)) {
      if (isHarmlessHeader(name)) continue;
      for (const piece of [value, ...value.split(/[\s,;=]+/)]) this.add(piece);
      const pair = attempt(() => atob(/^basic +(.*)/i.exec(value)?.[1] ?? ''), '');
      for (const piece of [pair, ...pair.split(':')]) this.add(piece);
    }
  }

  /** The text without them. */
  blot(text: string): string {
    let rest = text;
    this.forms ??= [...this.values.values()].flat().sort((a, b) => b.length - a.length);
    for (const form of this.forms) if (rest.includes(form)) rest = rest.split(form).join(this.hidden);
    return rest;
  }

  /** The same without the beginning of one at its end: what is told may have been cut before. */
  scrub(text: string): string {
    let rest = this.blot(text);
    for (const value of this.values.keys()) {
      for (const form of oddFormsOf(value))
        if (form.length >= this.shortest && rest.includes(form)) rest = rest.split(form).join(this.hidden);
    }
    for (const form of this.forms ?? []) {
      const end = endOf(rest, form, this.shortest);
      if (end > 0) return rest.slice(0, -end) + this.hidden;
    }
    return rest;
  }
}

/** How much of the text's end is the beginning of the value, from `least` on. */
function endOf(text: string, value: string, least: number): number {
  for (let length = Math.min(value.length - 1, text.length); length >= least; length--) {
    if (text.endsWith(value.slice(0, length))) return length;
  }
  return 0;
}

/** As it is, decoded, and as it stands in URLs, forms, JSON and Basic headers. */
function formsOf(value: string): readonly string[] {
  const encoded = attempt(() => encodeURIComponent(value), value);
  const json = JSON.stringify(value).slice(1, -1);
  const base64 = attempt(() => btoa(value).replace(/=+$/, ''), value);
  const forms = [
    ...[value, attempt(() => decodeURIComponent(value), value), encoded],
    encoded.replace(/%../g, (code) => code.toLowerCase()),
    String(new URLSearchParams([['', value]])).slice(1),
    ...[json, json.replace(/\//g, '\\/'), base64],
  ];
  return [...new Set(forms)];
}

/** Encoded twice, in hex, and in base64 of its bytes: what a venue may make of it in an error, and no frame holds. */
function oddFormsOf(value: string): readonly string[] {
  const bytes = new TextEncoder().encode(value);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')).replace(/=+$/, '');
  const twice = attempt(() => encodeURIComponent(encodeURIComponent(value)), value);
  const json = JSON.stringify(JSON.stringify(value)).slice(3, -3);
  return [hex, hex.toUpperCase(), base64, base64.replace(/\+/g, '-').replace(/\//g, '_'), twice, json];
}

/** What is no text of that kind has no such form. */
function attempt(read: () => string, otherwise: string): string {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
