interface Due {
  readonly at: number;
  readonly run: () => void;
}

/** What comes of things after a while. Runs with the steps of the market, and so needs no timer. */
export class Agenda {
  private due: readonly Due[] = [];

  constructor(private readonly now: () => number) {}

  /** Lets something happen in so many ms, at the step that comes then. */
  later(ms: number, run: () => void): void {
    this.due = [...this.due, { at: this.now() + ms, run }];
  }

  step(): void {
    const now = this.now();
    const ready = this.due.filter(({ at }) => at <= now);
    this.due = this.due.filter(({ at }) => at > now);
    for (const { run } of ready) run();
  }
}
