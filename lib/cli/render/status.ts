import type { ConnectionState } from '../../model/connection.js';
import { perSecond } from '../view/rate.js';
import type { Episode, WatchState, WireView } from '../view/watchState.js';
import { heldLine } from './keys.js';
import type { Paint } from './paint.js';
import { clean, spread, widthOf } from './text.js';
import { age, clock, count, stretch } from './time.js';

/** How long a mended episode stays in sight, in ms. It lasts but milliseconds, and would be missed otherwise. */
const IN_SIGHT = 8_000;

/** Three lines: what is watched and over which wires; how the book is; what was counted. */
export function header(state: WatchState, held: boolean, width: number, paint: Paint): readonly string[] {
  const { counts, now, startedAt } = state;
  const rate = perSecond(state.rate, now, startedAt);
  const counted = [
    `${rate.toFixed(rate < 100 ? 1 : 0)} msg/s`,
    `${count(counts.messages)} messages`,
    `gaps ${counts.gaps}`,
    `resnapshots ${counts.resnapshots}`,
    `reconnects ${counts.reconnects}`,
  ];
  return [
    title(state, width, paint),
    spread(
      ` ${held ? heldLine(now, paint) : bookStatus(state, paint)}`,
      paint.dim(`${clock(now).slice(0, 8)} UTC `),
      width,
    ),
    spread(` ${counted.join('   ')}`, `${paint.dim(`up ${age(now - startedAt)}`)} `, width),
  ];
}

/** `● live 12 s   gap 09:31:04.120 → live after 48 ms` */
function bookStatus(state: WatchState, paint: Paint): string {
  const { book, now, bookSince, episode, subject, ended } = state;
  if (ended !== undefined) return paint.bold(clean(ended));
  if (subject.channel !== 'book') return subject.channel;
  switch (book.status) {
    case 'syncing':
      return paint.yellow(`◌ book syncing ${age(now - bookSince)}`);
    case 'stale':
      return paint.red(`● book stale: ${book.reason} since ${clock(book.since)} (${stretch(now - book.since)})`);
    case 'live': {
      const mended = episode !== undefined && now - (episode.until ?? now) < IN_SIGHT ? episode : undefined;
      const last = mended === undefined ? '' : `   ${paint.yellow(episodeText(mended))}`;
      return `${paint.green(`● book live ${age(now - bookSince)}`)}${last}`;
    }
  }
}

/** `stale: gap 09:31:04.120 → live after 48 ms` */
export const episodeText = ({ reason, since, until }: Episode): string =>
  `stale: ${reason} ${clock(since)}${until === undefined ? '' : ` → live after ${stretch(until - since)}`}`;

/** Name and wires. Where there is no room for all, the origin goes first, then the wires are but counted. */
function title(state: WatchState, width: number, paint: Paint): string {
  const { instrument, venue, market, origin } = state.subject;
  const name = ` ${paint.bold(clean(instrument))}  ${venue} ${market}`;
  const whole = `${name}  ${paint.dim(clean(origin))}`;
  const [all, few] = [wires(state, paint), wireCount(state, paint)];
  const fitting = [
    [whole, all],
    [name, all],
    [whole, few],
  ].find(([left = '', right = '']) => widthOf(left) + widthOf(right) + 3 <= width);
  const [left = name, right = few] = fitting ?? [];
  return spread(left, `${right} `, width);
}

function wires({ wires: views, now }: WatchState, paint: Paint): string {
  if (views.size === 0) return paint.dim('not connected');
  return [...views.values()].map((view) => wire(view, now, paint)).join('  ');
}

function wireCount({ wires: views }: WatchState, paint: Paint): string {
  const ready = [...views.values()].filter(({ connection }) => connection.status === 'ready').length;
  return (ready === views.size ? paint.green : paint.red)(`● ${ready} of ${views.size} wires ready`);
}

function wire({ connection }: WireView, now: number, paint: Paint): string {
  const text = `${clean(connection.wire)} ${connectionText(connection)}`;
  const since = ` ${age(now - connection.at)}`;
  switch (connection.status) {
    case 'ready':
      return `${paint.green('●')} ${text}${paint.dim(since)}`;
    case 'lost':
    case 'waiting':
      return paint.red(`● ${text}${since}`);
    case 'connecting':
      return paint.yellow(`◌ ${text}${since}`);
    case 'idle':
    case 'closed':
      return paint.dim(`○ ${text}`);
  }
}

/** A connection's state in a few words: `lost (closed 1001)`, `waiting 480 ms`. */
export function connectionText(connection: ConnectionState): string {
  switch (connection.status) {
    case 'lost':
      return `lost (${connection.reason}${connection.code === undefined ? '' : ` ${connection.code}`})`;
    case 'waiting':
      return `waiting ${stretch(connection.ms)}`;
    case 'connecting':
      return connection.attempt > 1 ? `connecting (attempt ${connection.attempt})` : 'connecting';
    case 'idle':
    case 'ready':
    case 'closed':
      return connection.status;
  }
}
