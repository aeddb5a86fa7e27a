import type { Random } from '../random.js';

/** What was given out, and until when it is good. */
export class Tokens {
  private readonly access = new Map<string, number>();
  private readonly quotes = new Map<string, number>();
  private count = 0;

  constructor(
    private readonly random: Random,
    private readonly now: () => number,
  ) {}

  giveAccess(life: number): string {
    const token = this.fresh('access');
    this.access.set(token, this.now() + life);
    return token;
  }

  giveQuote(life: number): string {
    const token = this.fresh('quote');
    this.quotes.set(token, this.now() + life);
    return token;
  }

  /** @param header `Bearer <token>`; without the word it is no good. */
  isAccess(header: unknown): boolean {
    const [, token = ''] = typeof header === 'string' ? (/^Bearer (\S+)$/.exec(header) ?? []) : [];
    return (this.access.get(token) ?? 0) > this.now();
  }

  isQuote(token: string): boolean {
    return (this.quotes.get(token) ?? 0) > this.now();
  }

  /** Every one that was given out, good or not. */
  get all(): readonly string[] {
    return [...this.access.keys(), ...this.quotes.keys()];
  }

  private fresh(kind: string): string {
    this.count += 1;
    return `sim-${kind}-${this.count}-${Math.floor(this.random() * 1e12).toString(36)}`;
  }
}
