import type { BinanceLimits } from './limits.js';

/** What is to be done with a connection by the clock. */
export type Due = 'ping' | 'announce' | 'end' | 'unanswered';

/** The clock of one connection: pings, the pongs they want, and an end that is announced. */
export class Lifetime {
  private pinged: number;
  private unanswered: number | undefined;
  private isWarned = false;

  constructor(
    private readonly limits: BinanceLimits,
    private readonly opened: number,
  ) {
    this.pinged = opened;
  }

  answered(): void {
    this.unanswered = undefined;
  }

  due(now: number): readonly Due[] {
    const { pingEvery, pongWithin, lifetime, shutdownNotice } = this.limits;
    const due: Due[] = [];
    if (now - this.pinged >= pingEvery) {
      this.pinged = now;
      this.unanswered ??= now;
      due.push('ping');
    }
    if (this.unanswered !== undefined && now - this.unanswered >= pongWithin) due.push('unanswered');
    const age = now - this.opened;
    if (!this.isWarned && age >= lifetime - shutdownNotice) {
      this.isWarned = true;
      due.push('announce');
    }
    if (age >= lifetime) due.push('end');
    return due;
  }
}
