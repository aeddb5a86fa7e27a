export interface SimulatedPosition {
  readonly symbol: string;
  /** Negative for short. */
  readonly size: number;
  readonly price: bigint;
  readonly openedAt: number;
  readonly updatedAt: number;
}
