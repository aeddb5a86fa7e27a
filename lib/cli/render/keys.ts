import type { Controls } from '../view/controls.js';
import { groupStep } from '../view/grouping.js';
import type { WatchState } from '../view/watchState.js';
import type { Paint } from './paint.js';
import { clean, fit } from './text.js';
import { clock } from './time.js';

/** What can be done, in one line; while a symbol is typed, what has been typed of it. */
export function keyLine(view: WatchState, several: boolean, controls: Controls, width: number, paint: Paint): string {
  if (controls.typed !== undefined) {
    return fit(` symbol: ${paint.bold(clean(controls.typed))}█   return watches it, escape leaves it`, width);
  }
  const step = groupStep(view.digits.price.decimals, controls.grouping);
  const book = view.subject.channel === 'book' ? [`g/G group${step === undefined ? '' : ` by ${step}`}`] : [];
  const held = controls.held === undefined ? 'p hold' : 'p go on';
  const more = [...(several ? ['tab next'] : []), ...(view.subject.fixed === true ? [] : ['s symbol'])];
  return paint.dim(fit(` ${['q quit', '? keys', held, ...book, ...more].join('   ')}`, width));
}

/** Says that a screen is held, so that nobody takes it for the market. */
export const heldLine = (at: number, paint: Paint): string =>
  paint.yellow(paint.bold(`HELD as of ${clock(at).slice(0, 8)}: this is the past, p goes on`));

const KEYS: readonly (readonly [keys: string, what: string])[] = [
  ['q, Ctrl-C', 'stop, and give the terminal back'],
  ['tab, arrows, 1 to 9', 'show the next, the previous, or that instrument'],
  ['s', 'watch one more symbol: type it, then return'],
  ['x', 'watch the shown one no more'],
  ['g, G', 'put levels together at wider steps, at finer ones'],
  ['p, space', 'hold the screen, and go on'],
  ['?, h', 'these lines; escape closes them, too'],
];
const WORDS: readonly (readonly [word: string, what: string])[] = [
  ['live', 'every change since its snapshot was seen'],
  ['stale', 'the last right book: not to be acted upon'],
  ['syncing', 'no book yet'],
  ['imbalance', 'how much more is bid than asked, of the levels in sight'],
  ['sum', 'what stands at this price and at better ones'],
];

/** Keys and words explained, in `height` lines. */
export function keyHelp(width: number, height: number, paint: Paint): readonly string[] {
  const rows = (lines: typeof KEYS): readonly string[] =>
    lines.map(([name, what]) => fit(` ${paint.bold(fit(name, 21))}${what}`, width));
  const lines = [
    fit(paint.dim(' keys'), width),
    ...rows(KEYS),
    ' '.repeat(width),
    fit(paint.dim(' words'), width),
    ...rows(WORDS),
  ];
  return Array.from({ length: height }, (_, index) => lines[index] ?? ' '.repeat(width));
}
