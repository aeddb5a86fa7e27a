import { SlidingWindow } from '../slidingWindow.js';
import type { TradestationLimits } from './limits.js';
import type { TradestationStream } from './paths.js';

type Kind = TradestationStream['kind'];

/** How many streams may be open at once and be opened in a while. Notes who goes over it, and turns nobody away. */
export class StreamQuota {
  private readonly most: Readonly<Record<Kind, number>>;
  private readonly paces: Readonly<Partial<Record<Kind, SlidingWindow>>>;

  constructor(
    limits: TradestationLimits,
    private readonly now: () => number,
    private readonly violated: (limit: string) => void,
  ) {
    const { depth, options, accounts, opens, depthOpens } = limits;
    this.most = {
      quotes: Infinity,
      bars: Infinity,
      ticks: Infinity,
      depth,
      chain: options,
      options,
      orders: accounts,
      ordersById: accounts,
      positions: accounts,
    };
    this.paces = {
      quotes: new SlidingWindow(opens, 300_000),
      bars: new SlidingWindow(opens, 300_000),
      depth: new SlidingWindow(depthOpens, 60_000),
    };
  }

  /** One more stream of a kind is opened beside those that are. */
  use(kind: Kind, open: readonly { readonly stream: TradestationStream | undefined }[]): void {
    const used = open.filter(({ stream }) => stream?.kind === kind).length;
    if (used >= this.most[kind]) this.violated(kind === 'depth' ? 'depth' : 'streams');
    if (this.paces[kind]?.admits(this.now()) === false) this.violated('opens');
  }
}
