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
  readonly size: number;
  readonly price: bigint;
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

export const filledOf = ({ fills }: SimulatedOrder): number => fills.reduce((sum, { quantity }) => sum + quantity, 0);
