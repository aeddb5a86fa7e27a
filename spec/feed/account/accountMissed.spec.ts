import { of, Subject, VirtualTimeScheduler } from 'rxjs';
import { accountFeed } from '../../../lib/feed/account/accountFeed.js';
import type { ChannelEvent } from '../../../lib/socket/channelEvent.js';

function run(...events: readonly ChannelEvent<readonly string[]>[]) {
  const scheduler = new VirtualTimeScheduler();
  const channel = new Subject<ChannelEvent<readonly string[]>>();
  const seen: string[] = [];
  let reloads = 0;
  const feed = accountFeed<string, string>({
    channel: 'orders',
    reload: () => of(`s${(reloads += 1)}`),
    fold: (state, event) => state + event,
    scheduler,
    random: () => 0,
    report: () => undefined,
  });
  channel.pipe(feed).subscribe(({ event, state }) => {
    const reason = event?.type === 'reset' ? ` ${event.reason}` : '';
    seen.push(`${event?.type ?? 'claim'}${reason}: ${state.status}`);
  });
  for (const event of events) {
    channel.next(event);
    scheduler.flush();
  }
  return seen;
}

const begun = { type: 'begun', at: 0 } as const;
const confirmed = { type: 'confirmed', at: 0 } as const;
const missed = { type: 'missed', at: 0 } as const;

describe('an account that missed a frame', () => {
  it('says so at that very place, and loads its state again', () => {
    expect(run(begun, confirmed, missed)).toEqual([
      'claim: syncing',
      'reset connected: syncing',
      'snapshot: live',
      'claim: stale',
      'reset gap: stale',
      'snapshot: live',
    ]);
  });

  it('loads nothing before its subscription is confirmed: that would be too old', () => {
    expect(run(begun, missed)).toEqual(['claim: syncing', 'reset connected: syncing', 'reset gap: syncing']);
    expect(run(begun, missed, confirmed).at(-1)).toBe('snapshot: live');
  });
});
