import type { DxLinkContract } from '../topics.js';

/** Pause before a channel that the venue keeps closing is asked for again, in ms; the first time none. */
const REOPEN = { base: 1_000, cap: 30_000 };

/** So many requests in a row without an answer, while nothing else is heard, and the session is good for nothing. */
const IN_VAIN = 2;

/** When the channel of a contract that is over may be opened again. */
export class Reopening {
  /** In a row. */
  private readonly closes = new Map<DxLinkContract, number>();
  private readonly pausing = new Set<DxLinkContract>();
  private unanswered = 0;

  /**
   * @param later Runs something after so many ms, unless the session ends before.
   * @param due A channel may be opened again.
   */
  constructor(
    private readonly later: (ms: number, run: () => void) => void,
    private readonly due: () => void,
  ) {}

  mayOpen(contract: DxLinkContract): boolean {
    return !this.pausing.has(contract);
  }

  /** Data came: what was is forgotten. */
  works(contract: DxLinkContract): void {
    this.unanswered = 0;
    this.closes.delete(contract);
  }

  /** The venue answers requests for channels. */
  answered(): void {
    this.unanswered = 0;
  }

  /** One more was not answered. @returns Whether the venue answers none any more. */
  isVain(): boolean {
    this.unanswered += 1;
    return this.unanswered >= IN_VAIN;
  }

  /** It was closed, or never opened. */
  over(contract: DxLinkContract): void {
    const closes = (this.closes.get(contract) ?? 0) + 1;
    this.closes.set(contract, closes);
    if (closes === 1) {
      this.due();
      return;
    }
    this.pausing.add(contract);
    this.later(Math.min(REOPEN.base * 2 ** (closes - 2), REOPEN.cap), () => {
      this.pausing.delete(contract);
      this.due();
    });
  }
}
