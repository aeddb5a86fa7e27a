/** How much of something is held. What operators on positions ask of any venue's own. */
export interface Position {
  /** What is held, as the venue spells it. */
  readonly instrument: string;
  /** Positive for long, negative for short, 0 for none. */
  readonly size: number;
}
