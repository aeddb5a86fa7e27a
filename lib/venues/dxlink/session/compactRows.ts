import { type Cursor, scanDecimal } from '../../../codec/scanDecimal.js';
import { ODD } from '../../../model/plainLevel.js';
import type { DxLinkEvent } from '../eventTypes.js';
import { CompactCells } from './compactCells.js';
import type { Layout, LayoutOf } from './compactLayout.js';

/** An event that was read of its text, but for when it was received. */
export class ReadEvent {
  constructor(readonly event: DxLinkEvent) {}

  get source(): string | undefined {
    return 'source' in this.event ? this.event.source : undefined;
  }

  received(at: number): DxLinkEvent {
    (this.event as { receivedTime: number }).receivedTime = at;
    return this.event;
  }
}

const QUOTE = 34;
const COMMA = 44;
const HEAD = '{"type":"FEED_DATA","channel":';
const DATA = ',"data":[';
const END = ']}';

/**
 * Reads FEED_DATA of the COMPACT format from its text: each row to the event that the codec of its type makes of what
 * `parseLossless` gives, without the lists and objects between, in a fraction of the time. Frames that are not as plain as
 * nearly all are, in any row, are left to these.
 */
export class CompactRows {
  readonly #cursor: Cursor = { at: 0, decimals: ODD };
  #last: Layout | undefined;

  /** @returns The channel of a frame of rows; -1 for what is no such frame. */
  channelOf(text: string): number {
    if (!text.startsWith(HEAD)) return -1;
    const cursor = this.#cursor;
    cursor.at = HEAD.length;
    cursor.decimals = ODD;
    const channel = scanDecimal(text, cursor);
    if (cursor.decimals !== 0 || !text.startsWith(DATA, cursor.at)) return -1;
    cursor.at += DATA.length;
    return channel;
  }

  /** @returns The rows of a frame whose channel was just asked for; `undefined` where there is one that is not plain. */
  eventsOf(text: string, layoutOf: LayoutOf): readonly ReadEvent[] | undefined {
    const cursor = this.#cursor;
    const events: ReadEvent[] = [];
    for (;;) {
      const layout = this.#layoutAt(text, layoutOf);
      if (layout === undefined || !this.#readList(text, layout, events)) return undefined;
      if (text.charCodeAt(cursor.at) !== COMMA) break;
      cursor.at += 1;
    }
    return text.startsWith(END, cursor.at) && text.length === cursor.at + END.length ? events : undefined;
  }

  #layoutAt(text: string, layoutOf: LayoutOf): Layout | undefined {
    const from = this.#cursor.at;
    // The type of the one before, most of the time.
    const last = this.#last;
    if (last !== undefined && text.startsWith(last.opening, from) && layoutOf(last.type) === last) return last;
    if (text.charCodeAt(from) !== QUOTE) return undefined;
    const layout = layoutOf(text.slice(from + 1, text.indexOf('"', from + 1)));
    return layout !== undefined && text.startsWith(layout.opening, from) ? layout : undefined;
  }

  #readList(text: string, layout: Layout, events: ReadEvent[]): boolean {
    this.#last = layout;
    this.#cursor.at += layout.opening.length;
    const cells = new CompactCells(text, this.#cursor, layout);
    while (!cells.isAtEnd) {
      cells.begin();
      const event = layout.read(cells);
      if (cells.isOdd) return false;
      events.push(new ReadEvent(event));
    }
    return true;
  }
}
