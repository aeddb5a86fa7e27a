import type { FeedLane } from './feedLane.js';

/**
 * The channels of one session with rows whose fields the venue did not tell before them: nobody knows what their values are. Again on
 * the next channel of a contract, it is the venue's way, and they are as they were asked for.
 */
export class UntoldFields {
  private readonly first = new Map<string, FeedLane>();

  /** @param doubt A channel is to be opened anew. */
  constructor(private readonly doubt: (lane: FeedLane, why: string) => void) {}

  /** Whether nobody may read what came on a channel. */
  areIn(data: unknown, lane: FeedLane): boolean {
    if (!lane.lacksFieldsOf(data)) return false;
    if (!this.first.has(lane.contract)) this.first.set(lane.contract, lane);
    if (this.first.get(lane.contract) !== lane) return false;
    this.doubt(lane, 'has rows of fields that it did not tell');
    return true;
  }
}
