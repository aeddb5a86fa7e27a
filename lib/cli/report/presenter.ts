import { paintFor } from '../render/paint.js';
import { screen } from '../render/screen.js';
import { display } from '../terminal/display.js';
import type { Io } from '../terminal/io.js';
import { lineSink } from '../terminal/lineSink.js';
import type { WatchInput } from '../view/advance.js';
import type { WatchState } from '../view/watchState.js';
import { jsonLine } from './jsonLine.js';
import { countsText, NO_MEMO, plainLines } from './plainLines.js';

/** Shows a view somewhere. */
export interface Presenter {
  show(before: WatchState, after: WatchState, input: WatchInput): void;
  /** Nothing follows; the output is left as it was found. */
  end(last: WatchState): void;
}

/** Levels on each side of a book in a JSON line. */
const JSON_DEPTH = 10;

export interface PresenterOptions {
  readonly json: boolean;
  readonly depth: number | undefined;
  /** Leave the last screen standing when it ends. */
  readonly keepLast: boolean;
}

/** JSON where it is asked for, the live view on a terminal, plain lines anywhere else. */
export function presenterFor(io: Io, options: PresenterOptions): Presenter {
  if (options.json) return jsonPresenter(io, options.depth ?? JSON_DEPTH);
  return io.out.isTTY ? terminalPresenter(io, options) : plainPresenter(io);
}

function terminalPresenter(io: Io, { depth, keepLast }: PresenterOptions): Presenter {
  const paint = paintFor(io.coloured);
  const shown = display(io.out);
  const listening = io.out.resized.subscribe(() => shown.clear());
  return {
    show: (_, after, { type }) => {
      if (type === 'tick') shown.draw(screen(after, io.out.size(), depth, paint));
    },
    end: (last) => {
      listening.unsubscribe();
      shown.close();
      if (keepLast) io.out.write(`${screen(last, io.out.size(), depth, paint).join('\n')}\n`);
      else io.out.write(`${last.subject.instrument}: ${last.ended ?? 'ended'}; ${countsText(last)}\n`);
    },
  };
}

function plainPresenter(io: Io): Presenter {
  const sink = lineSink(io.out, (count) => `(${count} lines left out: the reader was too slow)`);
  let memo = NO_MEMO;
  return {
    show: (before, after, input) => {
      const [lines, next] = plainLines(before, after, input, memo);
      memo = next;
      lines.forEach((line) => sink.write(line));
    },
    end: () => sink.end(),
  };
}

function jsonPresenter(io: Io, depth: number): Presenter {
  let at = 0;
  const sink = lineSink(io.out, (count) => JSON.stringify({ type: 'dropped', at, count }));
  return {
    show: (_, after, input) => {
      at = input.at;
      const line = jsonLine(after, input, depth);
      if (line !== undefined) sink.write(line);
    },
    end: () => sink.end(),
  };
}
