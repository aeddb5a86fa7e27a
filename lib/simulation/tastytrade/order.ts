export interface SimulatedFill {
  readonly id: string;
  readonly quantity: number;
  readonly price: bigint;
  readonly at: number;
}

/** One order as the venue knows it. */
export interface SimulatedOrder {
  readonly id: number;
  readonly symbol: string;
  readonly side: 'Buy' | 'Sell';
  /** Whether it was placed against what was held then. */
  readonly closes: boolean;
  readonly size: number;
  /** Its limit, or what triggers it. */
  readonly price: bigint;
  readonly type: 'Limit' | 'Stop';
  readonly status: string;
  readonly receivedAt: number;
  readonly updatedAt: number;
  readonly fills: readonly SimulatedFill[];
  readonly edited: boolean;
  readonly rejected: boolean;
  readonly replaces?: number;
  readonly replacedBy?: number;
  /** Of the complex order it belongs to. */
  readonly complex?: number;
}

const FINAL: readonly string[] = ['Filled', 'Cancelled', 'Rejected'];
export const isOver = ({ status }: Pick<SimulatedOrder, 'status'>): boolean => FINAL.includes(status);

/** In the venue's words. */
export const actionOf = ({ side, closes }: SimulatedOrder): string => `${side} to ${closes ? 'Close' : 'Open'}`;

export const filledOf = ({ fills }: SimulatedOrder): number => fills.reduce((sum, { quantity }) => sum + quantity, 0);
