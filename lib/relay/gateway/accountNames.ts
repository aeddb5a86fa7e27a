import { check } from '../../errors/checks.js';
import { isFields } from '../wire/plain.js';

/**
 * Accounts under names of their owner's: what is asked for by a name is asked of the venue by the account's number, and what
 * the venue tells goes on with the name in the number's place, within longer texts too.
 */
export class AccountNames {
  readonly #numbers: ReadonlyMap<string, string>;
  readonly #names: ReadonlyMap<string, string>;
  /** Any of the numbers, where no longer word holds it; `undefined` where there are none. */
  readonly #pattern: RegExp | undefined;

  /** @throws InvalidArgumentError for names and numbers that can't be meant. */
  constructor(numbers: Readonly<Record<string, string>>) {
    const entries = Object.entries(numbers);
    const values = entries.map(([, number]) => number);
    for (const [name, number] of entries) {
      check('accounts', /^[\w-]{1,64}$/.test(name), 'names of letters, digits, - and _', name);
      check(`accounts.${name}`, typeof number === 'string' && number !== '', 'the number of an account', typeof number);
      // Whoever is told the name would be told the number of another.
      check(`accounts.${name}`, !values.includes(name), 'a name that is the number of none', 'a number');
    }
    check('accounts', new Set(values).size === values.length, 'one name for each account', 'one account twice');
    this.#numbers = new Map(entries);
    this.#names = new Map(entries.map(([name, number]) => [number, name]));
    const any = [...values].sort((a, b) => b.length - a.length).map((one) => one.replace(/[^\w]/g, '\\$&'));
    this.#pattern =
      any.length === 0 ? undefined : new RegExp(`(?<![A-Za-z0-9])(?:${any.join('|')})(?![A-Za-z0-9])`, 'g');
  }

  /** A text as others may have it. */
  readonly renamed = (text: string): string =>
    this.#pattern === undefined ? text : text.replace(this.#pattern, (number) => this.#names.get(number) ?? number);

  /** Arguments as the venue has them. */
  meant(args: readonly unknown[]): readonly unknown[] {
    return args.map((one) => this.#meant(one));
  }

  #meant(value: unknown): unknown {
    if (typeof value === 'string') return this.#numbers.get(value) ?? value;
    if (Array.isArray(value)) return value.map((one) => this.#meant(one));
    if (!isFields(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, this.#meant(one)]));
  }
}
