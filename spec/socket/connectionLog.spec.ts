import type { ConnectionState } from '../../lib/model/connection.js';
import { ConnectionLog } from '../../lib/socket/connectionLog.js';
import { Seen, step } from '../support/fakeVenue.js';

const idle = (wire: string): ConnectionState => ({ wire, at: 0, status: 'idle' });
const ready = (wire: string): ConnectionState => ({ wire, at: 1, status: 'ready' });
const said = (seen: Seen<ConnectionState>): readonly string[] =>
  seen.values.map((state) => `${state.wire} ${step(state)}`);

describe('ConnectionLog', () => {
  it('tells each transition once', () => {
    const log = new ConnectionLog();
    const seen = new Seen(log.connection$);

    log.emit(idle('a'));
    log.emit(ready('a'));

    expect(said(seen)).toEqual(['a idle', 'a ready']);
  });

  it('begins with the present state of each wire', () => {
    const log = new ConnectionLog();
    log.emit(idle('a'));
    log.emit(ready('a'));
    log.emit(idle('b'));

    expect(said(new Seen(log.connection$))).toEqual(['a ready', 'b idle']);
  });

  it('keeps the order for all where a listener causes the next transition', () => {
    const log = new ConnectionLog();
    new Seen(log.connection$, ({ status }) => {
      if (status === 'idle') log.emit(ready('a'));
    });
    const second = new Seen(log.connection$);

    log.emit(idle('a'));

    expect(said(second)).toEqual(['a idle', 'a ready']);
  });

  it('misses nothing where the present state causes the next transition', () => {
    const log = new ConnectionLog();
    log.emit(idle('a'));
    log.emit(idle('b'));

    const seen = new Seen(log.connection$, (state) => {
      if (state.status === 'idle' && state.wire === 'b') log.emit(ready('a'));
    });

    expect(said(seen)).toEqual(['a idle', 'b idle', 'a ready']);
  });

  it('tells a listener who comes in the middle of a transition that one only once', () => {
    const log = new ConnectionLog();
    const late: Seen<ConnectionState>[] = [];
    new Seen(log.connection$, () => {
      if (late.length === 0) late.push(new Seen(log.connection$));
    });

    log.emit(idle('a'));
    log.emit(ready('a'));

    expect(late.map(said)).toEqual([['a idle', 'a ready']]);
  });

  it('completes after all that was told, also when it is finished by a listener', () => {
    const log = new ConnectionLog();
    new Seen(log.connection$, ({ status }) => {
      if (status === 'ready') return;
      log.emit(ready('a'));
      log.finish();
    });
    const second = new Seen(log.connection$);

    log.emit(idle('a'));

    expect(said(second)).toEqual(['a idle', 'a ready']);
    expect(second.end).toBe('complete');
    expect(new Seen(log.connection$)).toMatchObject({ end: 'complete' });
  });
});
