import { paintFor } from '../render/paint.js';
import { screen } from '../render/screen.js';
import { display } from '../terminal/display.js';
import type { Io } from '../terminal/io.js';
import { lineSink } from '../terminal/lineSink.js';
import type { Watch } from '../view/watch.js';
import type { WatchState } from '../view/watchState.js';
import { jsonLine } from './jsonLine.js';
import type { Presenter } from './presenter.js';
import { plainPresenter } from './plainPresenter.js';
import { countsText } from './plainLines.js';

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
  return io.out.isTTY ? terminalPresenter(io, options) : plainPresenter(io.out);
}

function terminalPresenter(io: Io, { depth, keepLast }: PresenterOptions): Presenter {
  const paint = paintFor(io.coloured);
  const shown = display(io.out);
  const listening = io.out.resized.subscribe(() => shown.clear());
  return {
    show: (_, after, { type }) => {
      if (type === 'tick' || type === 'key') shown.draw(screen(after, io.out.size(), depth, paint));
    },
    end: (last) => {
      listening.unsubscribe();
      shown.close();
      const [view] = last.views;
      if (keepLast) io.out.write(`${screen(last, io.out.size(), depth, paint).join('\n')}\n`);
      else if (view !== undefined) io.out.write(`${namesOf(last)}: ${view.ended ?? 'ended'}; ${countsText(view)}\n`);
    },
  };
}

const namesOf = ({ views }: Watch): string => views.map(({ subject }) => subject.instrument).join(', ');

function jsonPresenter(io: Io, depth: number): Presenter {
  let at = 0;
  const sink = lineSink(io.out, (count) => JSON.stringify({ type: 'dropped', at, count }));
  return {
    show: (_, after, event) => {
      if (event.type === 'key') return;
      at = event.at;
      const view = viewOf(after, event.instrument);
      const line = view === undefined ? undefined : jsonLine(view, event, depth);
      if (line !== undefined) sink.write(line);
    },
    end: () => sink.end(),
  };
}

/** The view of an instrument; the first one for what belongs to none. */
const viewOf = (watch: Watch, instrument: string | undefined): WatchState | undefined =>
  watch.views.find(({ subject }) => instrument === undefined || subject.instrument === instrument);
