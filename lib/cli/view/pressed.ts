import { begin } from './advance.js';
import { coarsest } from './grouping.js';
import type { Watch } from './watch.js';
import type { WatchState } from './watchState.js';

/** Makes of what was typed the venue's spelling. */
export type Spelling = (symbol: string) => string;

/** What a symbol can be made of, and how long it may become. */
const SYMBOL = /^[\p{L}\p{N}._:/-]$/u;
const LONGEST = 80;

/** The watch after a key. Keys that mean nothing change nothing. */
export function pressed(watch: Watch, key: string, at: number, spell: Spelling | undefined): Watch {
  const { controls, views } = watch;
  if (controls.typed !== undefined) return typing(watch, controls.typed, key, at, spell);
  switch (key) {
    case '?':
    case 'h':
      return set(watch, { help: !controls.help });
    case 'escape':
      return set(watch, { help: false });
    case 'p':
    case ' ':
      return set(watch, { held: controls.held === undefined ? views : undefined });
    case 'g':
      return set(watch, { grouping: Math.min(controls.grouping + 1, coarsest(chosenView(watch))) });
    case 'G':
      return set(watch, { grouping: Math.max(controls.grouping - 1, 0) });
    case 'tab':
    case 'down':
    case 'right':
      return choose(watch, (controls.chosen + 1) % views.length);
    case 'up':
    case 'left':
      return choose(watch, (controls.chosen + views.length - 1) % views.length);
    case 's':
      return spell === undefined ? watch : set(watch, { typed: '' });
    case 'x':
      return views.length > 1 && spell !== undefined ? closed(watch) : watch;
    default:
      return /^[1-9]$/.test(key) && Number(key) <= views.length ? choose(watch, Number(key) - 1) : watch;
  }
}

/** The view that is shown whole. */
export const chosenView = ({ views, controls: { chosen } }: Watch): WatchState | undefined => views[chosen] ?? views[0];

const set = (watch: Watch, controls: Partial<Watch['controls']>): Watch => ({
  ...watch,
  controls: { ...watch.controls, ...controls },
});

/** Another instrument has other prices: its levels begin as the venue tells them. */
const choose = (watch: Watch, chosen: number): Watch =>
  chosen === watch.controls.chosen ? watch : set(watch, { chosen, grouping: 0 });

function closed({ views, controls }: Watch): Watch {
  const rest = views.filter((_, index) => index !== controls.chosen);
  const chosen = Math.min(controls.chosen, rest.length - 1);
  return { views: rest, controls: { ...controls, chosen, grouping: 0, held: undefined } };
}

function typing(watch: Watch, typed: string, key: string, at: number, spell: Spelling | undefined): Watch {
  switch (key) {
    case 'return':
      return typed === '' || spell === undefined ? set(watch, { typed: undefined }) : added(watch, spell(typed), at);
    case 'escape':
      return set(watch, { typed: undefined });
    case 'backspace':
      return set(watch, { typed: typed.slice(0, -1) });
    default:
      return SYMBOL.test(key) && typed.length < LONGEST ? set(watch, { typed: typed + key }) : watch;
  }
}

/** One more instrument, shown whole; one that is there already is only chosen. */
function added({ views, controls }: Watch, instrument: string, at: number): Watch {
  const there = views.findIndex((view) => view.subject.instrument === instrument);
  const now = { ...controls, grouping: 0, held: undefined, typed: undefined };
  if (there >= 0) return { views, controls: { ...now, chosen: there } };
  const [first] = views;
  if (first === undefined) return { views, controls: now };
  const { wires, faults, rate, counts, startedAt, subject } = first;
  const begun = { ...begin({ ...subject, instrument }, at), wires, faults, rate, counts, startedAt };
  return { views: [...views, begun], controls: { ...now, chosen: views.length } };
}
