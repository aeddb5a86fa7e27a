import { isHarmlessHeader } from './secretNames.js';

export interface SecretTextsConfig {
  /** What takes the place of a secret. Default: `…`. */
  readonly hidden?: string;
  /** Shorter values are words like `true` and `1000`: taking them out would only garble the text. Default: 6. */
  readonly shortest?: number;
  /** The youngest so many are kept: signatures are new with each request, keys and tokens are not. Default: 64. */
  readonly most?: number;
}

/**
 * Values that must never be told, and the texts without them: as they are, and as URLs, forms, JSON and Basic headers write them. All
 * bundles carry this; what else venues with credentials may make of a secret, `KnownSecrets` knows.
 */
export class SecretTexts {
  /** Each with the ways in which it may stand in a text. */
  protected readonly values = new Map<string, readonly string[]>();
  /** All of these, the longest first: a piece of another one must not break it up before it is found. */
  private forms: readonly string[] | undefined;
  protected readonly hidden: string;
  protected readonly shortest: number;
  private readonly most: number;

  constructor({ hidden = '…', shortest = 6, most = 64 }: SecretTextsConfig = {}) {
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
    const rest = this.blot(text);
    for (const form of this.forms ?? []) {
      const end = endOf(rest, form, this.shortest);
      if (end > 0) return rest.slice(0, -end) + this.hidden;
    }
    return rest;
  }
}

/** How much of the text's end is the beginning of the value, from `least` on. */
export function endOf(text: string, value: string, least: number): number {
  const start = value.slice(0, least);
  for (let at = text.indexOf(start, text.length - value.length + 1); at >= 0; at = text.indexOf(start, at + 1)) {
    if (value.startsWith(text.slice(at))) return text.length - at;
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

/** What is no text of that kind has no such form. */
export function attempt(read: () => string, otherwise: string): string {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
