import type { FeedLane } from './feedLane.js';

/** For so long a channel may say nothing after a frame that nobody can read, in ms: it may have been the word that it is over. */
const HEARD_WITHIN = 10_000;

/**
 * What frames that nobody can read may have said of the feed channels of a session. The venue says only once that a channel is
 * over, and what the fields of its rows are by now: nothing else would ever tell.
 */
export class UnreadFrames {
  /**
   * @param later Runs something after so many ms, unless the session ends before.
   * @param doubt A channel is to be opened anew.
   */
  constructor(
    private readonly later: (ms: number, run: () => void) => void,
    private readonly doubt: (lane: FeedLane, why: string) => void,
  ) {}

  missed(text: string, lanes: Iterable<FeedLane>): void {
    for (const lane of lanes) {
      if (lane.isUnsettled || mayTellOf(text, lane.id)) this.doubt(lane, 'may have told its fields or its end unread');
      else this.watch(lane);
    }
  }

  /** A channel that goes on is not over. */
  private watch(lane: FeedLane): void {
    const watch = lane.watch();
    if (watch === undefined) return;
    this.later(HEARD_WITHIN, () => {
      if (lane.isStill(watch)) this.doubt(lane, 'says nothing since a frame that can’t be read');
    });
  }
}

/** Whether it can be seen that it is of a channel's fields or of its end, and not that it is of another channel. */
function mayTellOf(text: string, id: number): boolean {
  if (!/FEED_CONFIG|CHANNEL_CLOSED/.test(text)) return false;
  const ids = [...text.matchAll(/"channel":\s*(\d+)[^\d]/g)].map(([, digits]) => Number(digits));
  return ids.length === 0 || ids.includes(id);
}
