import { advance } from './advance.js';
import { pressed, type Spelling } from './pressed.js';
import type { Watch, WatchEvent } from './watch.js';

/**
 * The watch after `event`. Pure.
 *
 * @param spell Makes of what was typed the venue's spelling; absent where no instrument can be added.
 */
export function advanceWatch(watch: Watch, event: WatchEvent, spell?: Spelling): Watch {
  if (event.type === 'key') return pressed(watch, event.key, event.at, spell);
  const { instrument } = event;
  const views = watch.views.map((view) =>
    instrument === undefined || view.subject.instrument === instrument ? advance(view, event) : view,
  );
  return { ...watch, views };
}
