import { VirtualTimeScheduler } from 'rxjs';
import { SilenceWatch } from '../../lib/feed/silenceWatch.js';

describe('SilenceWatch', () => {
  const setUp = () => {
    const scheduler = new VirtualTimeScheduler();
    const silences: number[] = [];
    const watch = new SilenceWatch(10, scheduler, () => silences.push(scheduler.now()));
    const hearAt = (ms: number): void => void scheduler.schedule(() => watch.heard(scheduler.now()), ms);
    return { scheduler, silences, watch, hearAt };
  };

  it('tells once, a limit after the last that was heard, and again only after the next', () => {
    const { scheduler, silences, hearAt } = setUp();
    [0, 4, 9, 18, 40].forEach(hearAt);
    scheduler.flush();
    expect(silences).toEqual([28, 50]);
  });

  it('leaves no timer when it is stopped', () => {
    const { scheduler, silences, watch } = setUp();
    watch.heard(0);
    watch.stop();
    scheduler.flush();
    expect([silences, scheduler.now()]).toEqual([[], 0]);
  });
});
