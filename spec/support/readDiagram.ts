import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseMarbleDiagramSpecification } from '@swirly/parser';
import type { OperatorSpecification, StreamSpecification } from '@swirly/types';

/** What is drawn at one frame of a stream. */
export type DrawnMessage =
  | { readonly frame: number; readonly kind: 'next'; readonly label: string }
  | { readonly frame: number; readonly kind: 'complete' | 'error' };

/** One line of a diagram. Frames count from where the line begins. */
export interface DrawnStream {
  readonly title: string;
  /** The frame at which the line begins: how far it is indented. */
  readonly start: number;
  readonly messages: readonly DrawnMessage[];
}

export interface Diagram {
  /** How long a character lasts, in ms: 1, or what the box says (`1 frame = 250 ms`). */
  readonly frame: number;
  readonly streams: ReadonlyMap<string, DrawnStream>;
}

export const DIAGRAMS = join(__dirname, '../../marbles');

export const readDiagram = (file: string): Diagram => parseDiagram(readFileSync(join(DIAGRAMS, file), 'utf8'));

/** Reads a diagram with the very parser that draws it, so that what is tested is what is seen. */
export function parseDiagram(text: string): Diagram {
  const { content } = parseMarbleDiagramSpecification(text);
  const streams = new Map<string, DrawnStream>();
  for (const item of content) {
    if (item.kind === 'O') continue;
    const stream = drawn(item);
    if (streams.has(stream.title)) throw new Error(`two streams are titled "${stream.title}"`);
    streams.set(stream.title, stream);
  }
  return { frame: frameOf(content.filter((item) => item.kind === 'O')), streams };
}

function drawn({ title, frame: start, messages }: StreamSpecification): DrawnStream {
  if (typeof title !== 'string') throw new Error('every stream of a diagram needs a `title = …` line');
  return {
    title,
    start,
    messages: messages.map(({ frame, notification }): DrawnMessage => {
      if (notification.kind === 'C') return { frame, kind: 'complete' };
      if (notification.kind === 'E') return { frame, kind: 'error' };
      if (typeof notification.value === 'string') return { frame, kind: 'next', label: notification.value };
      throw new Error(`"${title}" draws streams of streams, which are not tested here`);
    }),
  };
}

const FRAME = /1 frame = (\d+) (ms|s|min)\b/;
const MS = new Map([
  ['ms', 1],
  ['s', 1_000],
  ['min', 60_000],
]);

function frameOf(boxes: readonly OperatorSpecification[]): number {
  const said = FRAME.exec(boxes.flatMap(({ title }) => title.map(({ value }) => String(value))).join(' '));
  return said === null ? 1 : Number(said[1]) * (MS.get(String(said[2])) ?? 1);
}
