import type { Link } from '../../../socket/plan.js';
import type { DxLinkContract } from '../topics.js';

export interface FeedLanesConfig {
  readonly link: Pick<Link, 'deliver' | 'send' | 'changed' | 'report' | 'interrupted' | 'rejected' | 'lose'>;
  /** The next number of a channel: odd, never used twice in a session. */
  readonly nextId: () => number;
  readonly dataFormat: 'COMPACT' | 'FULL';
  /** In seconds, for each contract. */
  readonly aggregationPeriod: (contract: DxLinkContract) => number;
  /** Bytes of one subscription frame at most. */
  readonly requestBytes: number;
  /** Told of a word that nobody knows. */
  readonly puzzled: (text: string) => void;
  /** Runs something after so many ms, unless the session ends before. */
  readonly later: (ms: number, run: () => void) => void;
}
