import * as t from 'io-ts';
import { frame } from '../../lib/codec/frame.js';
import { orNone } from '../../lib/codec/orNone.js';
import { orUnread, sparing, sparingReader } from '../../lib/codec/sparing.js';

const Row = frame('acme.Row', { id: t.string }, { fee: orNone(t.number), note: orNone(t.string) });
const Frame = frame('acme.Frame', { rows: t.readonlyArray(Row, 'Rows') }, { at: orNone(t.number) });

function read(payload: unknown, places: readonly string[]) {
  const told: string[] = [];
  const result = sparing(Frame, places, ([path = '']) => told.push(path)).decode(payload);
  return [result._tag === 'Right' ? result.right : 'refused', told];
}

describe('sparing', () => {
  const places = ['at', 'rows.*.fee'];

  it('gives back what reads well, and tells nothing', () => {
    const whole = { rows: [{ id: 'a', fee: 1 }], at: 2 };
    expect(read(whole, places)).toEqual([whole, []]);
  });

  it('leaves out the fields that may be missing, of the frame and of its items, and tells the first', () => {
    expect(
      read(
        {
          rows: [
            { id: 'a', fee: 'x' },
            { id: 'b', fee: {} },
          ],
          at: 'y',
        },
        places,
      ),
    ).toEqual([{ rows: [{ id: 'a' }, { id: 'b' }] }, ['acme.Frame/at: number']]);
  });

  it('refuses what must be there, and what nobody named', () => {
    expect(read({ rows: [{ fee: 'x' }] }, places)).toEqual(['refused', []]);
    expect(read({ rows: [{ id: 'a', note: 1 }] }, places)).toEqual(['refused', []]);
    expect(read([], places)).toEqual(['refused', []]);
  });

  it('leaves out an item where its field can not be, and the field where it can', () => {
    expect(read({ rows: [{ id: 'a', fee: 'x' }, { id: 1 }, { id: 'c' }] }, [...places, 'rows.*'])).toEqual([
      { rows: [{ id: 'a' }, { id: 'c' }] },
      ['acme.Frame/rows: Rows/0: acme.Row/fee: number'],
    ]);
  });

  it('leaves out several items of one list, and keeps the others in their order', () => {
    const rows = [{}, { id: 'b' }, { id: 1 }, { id: 'd', fee: 'x' }, { id: 'e' }, {}];
    expect(read({ rows }, [...places, 'rows.*'])[0]).toEqual({ rows: [{ id: 'b' }, { id: 'd' }, { id: 'e' }] });
  });

  it('gives up a frame in which nearly nothing can be read', () => {
    const rows = Array.from({ length: 1_000 }, () => ({}));
    expect(read({ rows }, ['rows.*'])).toEqual(['refused', []]);
  });

  it('is a reader, too', () => {
    const reader = sparingReader(
      Frame,
      places,
      () => undefined,
      ({ rows }, at) => [rows.length, at],
    );
    expect(reader({ rows: [{ id: 'a' }] }, 5)).toMatchObject({ right: [1, 5] });
    expect(reader({ rows: [{ id: 'a', fee: 'x' }] }, 5)).toMatchObject({ right: [1, 5] });
    expect(reader({ rows: 1 }, 5)).toMatchObject({ _tag: 'Left' });
  });

  it('tells of everything that was left out, in one call', () => {
    const unread = jest.fn();
    sparing(Frame, ['at', 'rows.*', 'rows.*.note'], unread).decode({ rows: [{}, { id: 'a', note: 1 }], at: 'y' });
    expect(unread.mock.calls).toEqual([
      [
        [
          'acme.Frame/at: number',
          'acme.Frame/rows: Rows/0: acme.Row/id: string',
          'acme.Frame/rows: Rows/1: acme.Row/note: string',
        ],
        { rows: [{}, { id: 'a', note: 1 }], at: 'y' },
        [['at'], ['rows', '0'], ['rows', '1', 'note']],
      ],
    ]);
  });
});

describe('orUnread', () => {
  const Part = frame('acme.Part', {}, { flag: orUnread(t.boolean), other: orUnread(t.boolean) });
  const Change = frame(
    'acme.Change',
    { id: t.string },
    { last: orUnread(t.number), part: orUnread(Part), list: orUnread(t.readonlyArray(t.number, 'List')) },
  );
  const Changes = t.readonlyArray(Change, 'acme.Changes');
  const decode = (payload: unknown) => {
    const told: string[] = [];
    const result = sparing(Changes, [], (paths) => told.push(...paths)).decode(payload);
    return [result._tag === 'Right' ? result.right : 'refused', told];
  };

  it('is absent where it is absent or null, and null where it can not be read, the innermost of them', () => {
    expect(
      decode([
        { id: 'a', last: null },
        { id: 'b', last: 'x', part: { flag: 'x', other: true }, list: [1, 'x'] },
        { id: 'c', part: 1 },
      ]),
    ).toEqual([
      [
        { id: 'a', last: undefined },
        { id: 'b', last: null, part: { flag: null, other: true }, list: null },
        { id: 'c', part: null },
      ],
      [
        'acme.Changes/1: acme.Change/last: number',
        'acme.Changes/2: acme.Change/part: acme.Part',
        'acme.Changes/1: acme.Change/part: acme.Part/flag: boolean',
        'acme.Changes/1: acme.Change/list: List/1: number',
      ],
    ]);
  });

  it('costs no frame, however many there are', () => {
    const many = Array.from({ length: 1_000 }, (_, i) => ({ id: String(i), last: 'x', part: 'x', list: 'x' }));
    const [result, told] = decode(many);
    expect(result).toEqual(many.map(({ id }) => ({ id, last: null, part: null, list: null })));
    expect(told).toHaveLength(3_000);
  });

  it('refuses with the frame what stands in nothing that may be missing', () => {
    expect(decode([{ id: 1, last: 'x' }])).toEqual(['refused', []]);
  });
});
