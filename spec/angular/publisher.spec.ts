import 'zone.js';
import { NgZone } from '@angular/core';
import { VirtualTimeScheduler } from 'rxjs';
import { Publisher } from '../../lib/angular/publisher.js';

/** A zone, how often it was entered and left, and what was shown when. */
const rig = (every: number) => {
  const scheduler = new VirtualTimeScheduler();
  const zone = new NgZone({ enableLongStackTrace: false });
  const shown: string[] = [];
  const entries: number[] = [];
  zone.onMicrotaskEmpty.subscribe(() => entries.push(scheduler.now()));
  const publisher = new Publisher(zone, every, scheduler);
  const show = (name: string) => (): void => {
    shown.push(`${String(scheduler.now())} ${name}`);
  };
  const at = (moment: number, work: () => void) => scheduler.schedule(work, moment);
  return { scheduler, publisher, shown, entries, show, at };
};

describe('Publisher', () => {
  it('shows the first at once, then the latest of each at the end of each window, in one entry into the zone', () => {
    const { scheduler, publisher, shown, entries, show, at } = rig(100);
    const [a, b] = [{}, {}];
    at(0, () => publisher.show(a, show('a1')));
    at(10, () => publisher.show(a, show('a2')));
    at(20, () => publisher.show(b, show('b1')));
    at(30, () => publisher.show(a, show('a3')));
    at(150, () => publisher.show(b, show('b2')));
    at(500, () => publisher.show(b, show('b3')));
    scheduler.flush();
    expect(shown).toEqual(['0 a1', '100 a3', '100 b1', '200 b2', '500 b3']);
    expect(entries).toEqual([0, 100, 200, 500]);
  });

  it('shows what is urgent at once, and enters the zone once for all of one step, with what else waits', () => {
    const { scheduler, publisher, shown, entries, show, at } = rig(100);
    const [a, b, c] = [{}, {}, {}];
    at(0, () => publisher.show(a, show('a1')));
    at(40, () => {
      publisher.show(a, show('never'));
      publisher.show(c, show('c1'));
      publisher.showNow(a, show('a!'));
      publisher.showNow(b, show('b!'));
    });
    at(60, () => publisher.show(a, show('a2')));
    scheduler.flush();
    expect(shown).toEqual(['0 a1', '40 a!', '40 b!', '40 c1', '140 a2']);
    expect(entries).toEqual([0, 40, 140]);
  });

  it('shows nothing of who left, and sets no timer once it is closed', () => {
    const { scheduler, publisher, shown, show, at } = rig(100);
    const [a, b] = [{}, {}];
    at(0, () => publisher.show(a, show('a1')));
    at(10, () => publisher.show(a, show('a2')));
    at(10, () => publisher.show(b, show('b1')));
    at(20, () => publisher.discard(a));
    at(150, () => publisher.show(a, show('a3')));
    at(160, () => publisher.close());
    scheduler.flush();
    expect(shown).toEqual(['0 a1', '100 b1']);
    expect(scheduler.now()).toBe(160);
  });

  it('lets everything through at once where there are no windows', () => {
    const { scheduler, publisher, shown, entries, show, at } = rig(0);
    at(0, () => publisher.show({}, show('a')));
    at(0, () => publisher.showNow({}, show('b')));
    scheduler.flush();
    expect(shown).toEqual(['0 a', '0 b']);
    expect(entries).toEqual([0, 0]);
  });
});
