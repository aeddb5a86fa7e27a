/** Counts what happens within any stretch of time. */
export class SlidingWindow {
  private times: number[] = [];

  constructor(
    private readonly most: number,
    private readonly within: number,
  ) {}

  /** Counts one more. Whether it is still within the limit. */
  admits(now: number): boolean {
    if (this.most === Number.POSITIVE_INFINITY) return true;
    this.times = this.times.filter((time) => now - time < this.within);
    this.times.push(now);
    return this.times.length <= this.most;
  }
}
