import type { Recording } from '../../recording/format.js';
import { instrumentsOf, type RecordedVenue } from '../venues/cliVenue.js';
import { kindsOf } from './kinds.js';

/** Sockets that one wire of ours takes the place of, by their names, in order. */
export type RecordedLine = readonly string[];

/** The sockets of a recording as its client used them, and which instrument came where. */
export interface RecordedLines {
  /** At least one. */
  readonly lines: readonly RecordedLine[];
  /** By instrument, the line that its depth came on, and likewise its trades. */
  readonly depth: ReadonlyMap<string, RecordedLine>;
  readonly trade: ReadonlyMap<string, RecordedLine>;
}

/**
 * What stands on which wire. A socket whose first frame comes after the last one of another goes on where that one ended. Where
 * frames mean the same whatever socket they come by, all sockets are one line.
 */
export function recordedLinesOf(recording: Recording, venue: RecordedVenue): RecordedLines {
  const { events } = recording;
  const spans = new Map<string, { from: number; to: number }>();
  events.forEach((event, at) => {
    if (event.kind !== 'frame') return;
    const span = spans.get(event.socket);
    if (span === undefined) spans.set(event.socket, { from: at, to: at });
    else span.to = at;
  });
  const lines = venue.bySocket === true ? inLines(spans) : [[...spans.keys()]];
  const [depth, trade] = [new Map<string, RecordedLine>(), new Map<string, RecordedLine>()];
  const kindOf = kindsOf(recording, venue);
  for (const event of events) {
    if (event.kind !== 'frame') continue;
    const kind = kindOf(event);
    const line = lines.find((sockets) => sockets.includes(event.socket));
    if (line === undefined || kind.type === 'other') continue;
    const found = kind.type === 'depth' ? depth : trade;
    for (const one of instrumentsOf(kind)) if (!found.has(one)) found.set(one, line);
  }
  return { lines, depth, trade };
}

function inLines(spans: ReadonlyMap<string, { readonly from: number; readonly to: number }>): readonly RecordedLine[] {
  const lines: { to: number; readonly sockets: string[] }[] = [];
  for (const [socket, { from, to }] of [...spans].sort(([, a], [, b]) => a.from - b.from)) {
    const line = lines.find((one) => one.to < from);
    if (line === undefined) lines.push({ to, sockets: [socket] });
    else {
      line.to = to;
      line.sockets.push(socket);
    }
  }
  return lines.length > 0 ? lines.map(({ sockets }) => sockets) : [[]];
}
