import type { ConnectionState } from '../../lib/model/connection.js';
import { makeConnectionLog } from '../../lib/socket/connectionLog.js';
import { Seen, step } from '../support/fakeVenue.js';

const idle = (wire: string): ConnectionState => ({ wire, at: 0, status: 'idle' });
const ready = (wire: string): ConnectionState => ({ wire, at: 1, status: 'ready' });
const said = (seen: Seen<ConnectionState>): readonly string[] =>
  seen.values.map((state) => `${state.wire} ${step(state)}`);

describe('ConnectionLog', () => {
  it('tells each transition once', () => {
    const log = makeConnectionLog();
    const seen = new Seen(log.connection$);

    log.tell(idle('a'));
    log.tell(ready('a'));

    expect(said(seen)).toEqual(['a idle', 'a ready']);
  });

  it('begins with the present state of each wire', () => {
    const log = makeConnectionLog();
    log.tell(idle('a'));
    log.tell(ready('a'));
    log.tell(idle('b'));

    expect(said(new Seen(log.connection$))).toEqual(['a ready', 'b idle']);
  });

  it('keeps the order for all where a listener causes the next transition', () => {
    const log = makeConnectionLog();
    new Seen(log.connection$, ({ status }) => {
      if (status === 'idle') log.tell(ready('a'));
    });
    const second = new Seen(log.connection$);

    log.tell(idle('a'));

    expect(said(second)).toEqual(['a idle', 'a ready']);
  });

  it('misses nothing where the present state causes the next transition', () => {
    const log = makeConnectionLog();
    log.tell(idle('a'));
    log.tell(idle('b'));

    const seen = new Seen(log.connection$, (state) => {
      if (state.status === 'idle' && state.wire === 'b') log.tell(ready('a'));
    });

    expect(said(seen)).toEqual(['a idle', 'b idle', 'a ready']);
  });

  it('tells a listener who comes in the middle of a transition that one only once', () => {
    const log = makeConnectionLog();
    const late: Seen<ConnectionState>[] = [];
    new Seen(log.connection$, () => {
      if (late.length === 0) late.push(new Seen(log.connection$));
    });

    log.tell(idle('a'));
    log.tell(ready('a'));

    expect(late.map(said)).toEqual([['a idle', 'a ready']]);
  });

  it('completes after all that was told, also when it is finished by a listener', () => {
    const log = makeConnectionLog();
    new Seen(log.connection$, ({ status }) => {
      if (status === 'ready') return;
      log.tell(ready('a'));
      log.finish();
    });
    const second = new Seen(log.connection$);

    log.tell(idle('a'));

    expect(said(second)).toEqual(['a idle', 'a ready']);
    expect(second.end).toBe('complete');
    expect(new Seen(log.connection$)).toMatchObject({ end: 'complete' });
  });
});
