import { lineSink } from '../terminal/lineSink.js';
import type { Output } from '../terminal/io.js';
import type { Watch, WatchEvent } from '../view/watch.js';
import { NO_MEMO, lastLines, plainLines, type PlainMemo } from './plainLines.js';
import type { Presenter } from './presenter.js';

/** `09:31:04.120 `: what a line begins with. */
const TIME = 13;

/** One line per noteworthy thing; of several instruments each line names its own. */
export function plainPresenter(output: Output): Presenter {
  const sink = lineSink(output, (count) => `(${count} lines left out: the reader was too slow)`);
  const memos = new Map<string, PlainMemo>();
  return {
    show: (before, after, event) => {
      if (event.type === 'key') return;
      if (event.type === 'ended') leftOver(after, memos).forEach((line) => sink.write(line));
      for (const { subject } of concerned(after, event)) {
        const [old, view] = [before, after].map(({ views }) =>
          views.find((one) => one.subject.instrument === subject.instrument),
        );
        if (old === undefined || view === undefined) continue;
        const [lines, memo] = plainLines(old, view, event, memos.get(subject.instrument) ?? NO_MEMO);
        memos.set(subject.instrument, memo);
        // What is about the wires belongs to no instrument.
        const name = isOfAll(event) ? '' : nameIn(after, subject.instrument);
        lines.forEach((line) => sink.write(named(line, name)));
      }
    },
    end: () => sink.end(),
  };
}

/** What happened to all is told once, by the first view; but prices are told of each. */
const isOfAll = ({ type }: WatchEvent): boolean => ['connection', 'fault', 'messages', 'ended'].includes(type);

function concerned({ views }: Watch, event: Exclude<WatchEvent, { type: 'key' }>): Watch['views'] {
  if (isOfAll(event)) return views.slice(0, 1);
  const { instrument } = event;
  return views.filter(({ subject }) => instrument === undefined || subject.instrument === instrument);
}

/** Prices and trades of each that are not told yet. */
const leftOver = (watch: Watch, memos: ReadonlyMap<string, PlainMemo>): readonly string[] =>
  watch.views.flatMap((view) => {
    const { instrument } = view.subject;
    const lines = lastLines(view, memos.get(instrument) ?? NO_MEMO);
    return lines.map((line) => named(line, nameIn(watch, instrument)));
  });

const nameIn = ({ views }: Watch, instrument: string): string => (views.length > 1 ? `${instrument} ` : '');
const named = (line: string, name: string): string => line.slice(0, TIME) + name + line.slice(TIME);
