import { type Refused, badRequest } from './refused.js';

/**
 * Reads the parameters of one address. The first that is none of what the venue takes is remembered: nothing that a client
 * asks for is passed over in silence.
 */
export class Parameters {
  #refused: Refused | undefined;

  constructor(private readonly query: URLSearchParams) {}

  /** What is wrong, if anything is. */
  get refused(): Refused | undefined {
    return this.#refused;
  }

  text(name: string): string | undefined {
    return this.query.get(name) ?? undefined;
  }

  whole(name: string, least: number, most: number, otherwise: number): number {
    return this.number(name, otherwise, `a whole number from ${least} to ${most}`, (value) => {
      return Number.isInteger(value) && value >= least && value <= most;
    });
  }

  /** @param wanted What is right, in words. */
  number(name: string, otherwise: number, wanted: string, isRight: (value: number) => boolean): number {
    const text = this.text(name);
    if (text === undefined) return otherwise;
    const value = text.trim() === '' ? NaN : Number(text);
    if (Number.isFinite(value) && isRight(value)) return value;
    this.refuse(`${name} is ${wanted}`);
    return otherwise;
  }

  /** One of several words, in whatever case. */
  word<Word extends string>(name: string, words: readonly Word[], otherwise: Word): Word {
    const text = this.text(name)?.toLowerCase();
    if (text === undefined) return otherwise;
    const found = words.find((word) => word.toLowerCase() === text);
    if (found === undefined) this.refuse(`${name} is one of ${words.join(', ')}`);
    return found ?? otherwise;
  }

  flag(name: string, otherwise: boolean): boolean {
    return this.word(name, ['true', 'false'], otherwise ? 'true' : 'false') === 'true';
  }

  /** `12-17-2021`, `2021-12-17` or with a time, in ms. */
  time(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const time = Date.parse(text.replace(/^(\d\d)-(\d\d)-(\d{4})$/, '$3-$1-$2'));
    if (Number.isNaN(time)) this.refuse(`${name} is no date`);
    return Number.isNaN(time) ? undefined : time;
  }

  refuse(message: string): void {
    this.#refused ??= badRequest(message);
  }
}
