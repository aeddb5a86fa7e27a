/** A parameter that is none of what the venue takes: its name, and what would be right. */
export interface WrongParameter {
  readonly name: string;
  readonly message: string;
}

/**
 * Reads the parameters of one request. The first that is none of what the venue takes is remembered: nothing that a client
 * asks for is passed over in silence.
 */
export class Parameters {
  #wrong: WrongParameter | undefined;

  constructor(private readonly query: URLSearchParams) {}

  /** What is wrong, if anything is. */
  get wrong(): WrongParameter | undefined {
    return this.#wrong;
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
    this.refuse(name, `${name} is ${wanted}`);
    return otherwise;
  }

  /** A whole number of any length. */
  integer(name: string): bigint | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (/^\d{1,30}$/.test(text)) return BigInt(text);
    this.refuse(name, `${name} is a whole number`);
    return undefined;
  }

  /** One of several words, in whatever case. */
  word<Word extends string>(name: string, words: readonly Word[], otherwise: Word): Word {
    const text = this.text(name)?.toLowerCase();
    if (text === undefined) return otherwise;
    const found = words.find((word) => word.toLowerCase() === text);
    if (found === undefined) this.refuse(name, `${name} is one of ${words.join(', ')}`);
    return found ?? otherwise;
  }

  flag(name: string, otherwise: boolean): boolean {
    return this.word(name, ['true', 'false'], otherwise ? 'true' : 'false') === 'true';
  }

  refuse(name: string, message: string): void {
    this.#wrong ??= { name, message };
  }
}
