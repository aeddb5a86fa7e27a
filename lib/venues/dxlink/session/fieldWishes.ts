import type { DxLinkContract } from '../topics.js';

/** Types whose fields a channel is to be asked for, gathered while a message is made up and looked at once after it. */
export class FieldWishes {
  private readonly byContract = new Map<DxLinkContract, Set<string>>();
  private isLooking = false;

  /**
   * @param later Runs something after so many ms, unless the session ends before.
   * @param look Told of what is wished for, contract by contract.
   */
  constructor(
    private readonly later: (ms: number, run: () => void) => void,
    private readonly look: (contract: DxLinkContract, types: ReadonlySet<string>) => void,
  ) {}

  of(contract: DxLinkContract): ReadonlySet<string> {
    return this.byContract.get(contract) ?? new Set();
  }

  add(contract: DxLinkContract, type: string): void {
    const types = this.byContract.get(contract) ?? new Set();
    this.byContract.set(contract, types.add(type));
    if (this.isLooking) return;
    this.isLooking = true;
    this.later(0, () => {
      this.isLooking = false;
      for (const [wished, all] of this.byContract) this.look(wished, all);
    });
  }

  /** Granted, or not to be had. */
  discard(contract: DxLinkContract): void {
    this.byContract.delete(contract);
  }

  clear(): void {
    this.byContract.clear();
  }
}
