import type { Link, Topic, TopicRequest } from '../../../lib/socket/plan.js';
import { OkxDialect } from '../../../lib/venues/okx/dialect.js';
import { notingLink } from '../../support/notingLink.js';

function heard(...frames: readonly string[]): readonly string[] {
  const { link, noted } = notingLink();
  const dialect = new OkxDialect(link satisfies Link);
  for (const frame of frames) dialect.receive(frame);
  return noted;
}

describe('the dialect of OKX', () => {
  it('takes the refusal of an earlier request for none of what was asked for again since', () => {
    const { link, noted } = notingLink();
    const dialect = new OkxDialect(link satisfies Link);
    const books: Topic = { key: 'books:A-B', group: 'books', detail: { channel: 'books', instId: 'A-B' } };
    const [early, late] = [dialect.subscribe([books]), dialect.subscribe([books])];
    const msg = "Wrong URL or channel:books,instId:A-B doesn't exist.";
    for (const { id } of [early, late]) dialect.receive(JSON.stringify({ id, event: 'error', code: '60018', msg }));
    expect(noted).toEqual([`refused 1 60018 ${msg}`, `rejected books:A-B 60018 ${msg}`, `refused 2 60018 ${msg}`]);
  });

  it.each(['60014 Requests too frequent', "60018 Wrong URL or channel:books,instId:A-B doesn't exist."])(
    'takes a refused end for no refusal of what is wanted again: %s',
    (words) => {
      const { link, noted } = notingLink();
      const dialect = new OkxDialect(link satisfies Link);
      const books: Topic = { key: 'books:A-B', group: 'books', detail: { channel: 'books', instId: 'A-B' } };
      const { id } = dialect.unsubscribe([books]);
      dialect.subscribe([books]);
      dialect.receive(JSON.stringify({ id, event: 'error', code: words.slice(0, 5), msg: words.slice(6) }));
      expect(noted).toEqual([`refused ${String(id)} ${words}`]);
    },
  );

  it('takes the answer to an earlier request for none to what was asked for again since', () => {
    const { link, noted } = notingLink();
    const dialect = new OkxDialect(link satisfies Link);
    const arg = { channel: 'books', instId: 'A-B' };
    const books: Topic = { key: 'books:A-B', group: 'books', detail: arg };
    const [early, late] = [dialect.subscribe([books]), dialect.subscribe([books])];
    dialect.receive(JSON.stringify({ id: early.id, event: 'subscribe', arg }));
    expect(noted).toEqual([]);
    dialect.receive(JSON.stringify({ id: late.id, event: 'subscribe', arg }));
    expect(noted).toEqual(['confirmed books:A-B']);
  });

  it('ends once more, ahead of what is requested next, what the venue would not end for now', () => {
    const { link, noted } = notingLink();
    const dialect = new OkxDialect(link satisfies Link);
    const [books, trades] = ['books', 'trades'].map((channel): Topic => ({
      key: `${channel}:A-B`,
      group: 'public',
      detail: { channel, instId: 'A-B' },
    })) as [Topic, Topic];
    const { id } = dialect.unsubscribe([books]);
    dialect.receive(JSON.stringify({ id, event: 'error', code: '60014', msg: 'Requests too frequent' }));

    const said = ({ text, more = [] }: TopicRequest) =>
      [text, ...more].map((one) => JSON.parse(String(one)) as { readonly id: string; readonly op: string });
    const [end, begin] = said(dialect.subscribe([trades]));
    expect([end, begin]).toMatchObject([
      { op: 'unsubscribe', args: [{ channel: 'books' }] },
      { op: 'subscribe', args: [{ channel: 'trades' }] },
    ]);
    noted.length = 0;
    dialect.receive(JSON.stringify({ id: end?.id, event: 'unsubscribe', arg: { channel: 'books', instId: 'A-B' } }));
    expect(noted).toEqual([`accepted ${String(end?.id)}`]);
    expect(said(dialect.subscribe([books]))).toHaveLength(1);
  });

  it('ends nothing that was requested behind an end said again, though that is refused once more', () => {
    const dialect = new OkxDialect(notingLink().link);
    const [books, trades] = ['books', 'trades'].map((channel): Topic => ({
      key: `${channel}:A-B`,
      group: 'public',
      detail: { channel, instId: 'A-B' },
    })) as [Topic, Topic];
    const refuse = (text: string | undefined): void => {
      const { id } = JSON.parse(String(text)) as { readonly id: string };
      dialect.receive(JSON.stringify({ id, event: 'error', code: '60014', msg: 'Requests too frequent' }));
    };
    refuse(dialect.unsubscribe([books]).text);
    const { text, more } = dialect.subscribe([books]);
    expect(more).toHaveLength(1);
    refuse(text);
    expect(dialect.subscribe([trades]).more ?? []).toEqual([]);
  });

  it.each([
    ['a pong', 'pong', []],
    [
      'an answer, with its id',
      '{"id":"1512","event":"subscribe","arg":{"channel":"books","instId":"BTC-USDT"},"connId":"a4d3ae55"}',
      ['confirmed books:BTC-USDT'],
    ],
    ['an answer of 2022', '{"event":"subscribe","arg":{"channel":"trades","instId":"A-B"}}', ['confirmed trades:A-B']],
    [
      'an end that nobody asked for',
      '{"event":"unsubscribe","arg":{"channel":"trades","instId":"A-B"}}',
      ['interrupted trades:A-B'],
    ],
    ['an end that was told before', '{"id":"1","event":"unsubscribe","arg":{"channel":"trades","instId":"A-B"}}', []],
    [
      'a refusal that names the subscription',
      '{"id":"7","event":"error","code":"60018","msg":"Wrong URL or channel:books,instId:BTC-X doesn\'t exist.","connId":"1"}',
      [
        "rejected books:BTC-X 60018 Wrong URL or channel:books,instId:BTC-X doesn't exist.",
        "refused 7 60018 Wrong URL or channel:books,instId:BTC-X doesn't exist.",
      ],
    ],
    [
      'a refusal that names none',
      '{"id":"1512","event":"error","code":"60012","msg":"Invalid request: x","connId":"a4d3ae55"}',
      ['refused 1512 60012 Invalid request: x'],
    ],
    ['a refusal of nothing of ours', '{"event":"error","code":"60012","msg":"x"}', ['report 60012 x']],
    [
      'too many requests, which passes',
      '{"id":"7","event":"error","code":"60014","msg":"Requests too frequent"}',
      ['report 60014 Requests too frequent'],
    ],
    [
      'the end that is near',
      '{"event":"notice","code":"64008","msg":"The connection will soon be closed","connId":"1"}',
      ['lose shutdown The connection will soon be closed'],
    ],
    ['another notice', '{"event":"notice","code":"64009","msg":"x"}', ['report 64009 x']],
    ['what a login has told', '{"event":"channel-conn-count","channel":"orders","connCount":"2","connId":"1"}', []],
    [
      'data',
      '{"arg":{"channel":"trades","instId":"A-B"},"data":[]}',
      ['deliver trades:A-B {"arg":{"channel":"trades","instId":"A-B"},"data":[]}'],
    ],
  ])('reads %s', (_, frame, told) => {
    expect(heard(frame)).toEqual(told);
  });

  it('reads a book from its text as from its JSON', () => {
    const frame =
      '{"arg":{"channel":"books","instId":"A-B"},"action":"update","data":[{"asks":[["30249.4","0","0","0"]],"bids":[["30182.6","452","0","1"]],"ts":"1","checksum":-914047754}]}';

    const [text] = heard(frame);

    expect(text).toBe(`deliver books:A-B ${frame.replace(',"0","0"]', ']').replace(',"0","1"]', ']')}`);
  });

  it.each(['{}', '17', 'null', '[]', '"x"', 'PONG', '', '{"arg":{"channel":"books"},"data":[]}', '{"data":[]}'])(
    'says of %s that it can’t be read',
    (frame) => {
      expect(() => heard(frame)).toThrow();
    },
  );

  it('names all subscriptions of one request, and numbers its requests', () => {
    const dialect = new OkxDialect(notingLink().link);
    const topic = (instId: string) => ({ key: '', group: 'public', detail: { channel: 'trades', instId } });

    expect(dialect.subscribe([topic('A'), topic('B')])).toEqual({
      id: '1',
      text: '{"id":"1","op":"subscribe","args":[{"channel":"trades","instId":"A"},{"channel":"trades","instId":"B"}]}',
    });
    expect(dialect.unsubscribe([topic('A')])).toEqual({
      id: '2',
      text: '{"id":"2","op":"unsubscribe","args":[{"channel":"trades","instId":"A"}]}',
    });
    expect(dialect.probe()).toBe('ping');
  });

  it.each([
    ['ends were', { id: '1', event: 'unsubscribe', arg: { channel: 'trades', instId: 'A' } }, 'accepted 1'],
    ['a beginning was', { id: '9', event: 'subscribe', arg: { channel: 'books', instId: 'A' } }, 'confirmed books:A'],
  ])('takes an end without an id for one that nobody asked for, once %s answered with theirs', (_, answer, noting) => {
    const { link, noted } = notingLink();
    const dialect = new OkxDialect(link);
    const [a, b] = ['A', 'B'].map((instId) => ({
      key: `trades:${instId}`,
      group: 'public',
      detail: { channel: 'trades', instId },
    })) as [Topic, Topic];
    for (const topic of [a, b]) dialect.unsubscribe([topic]);

    dialect.receive(JSON.stringify(answer));
    // The answer to the other end was lost.
    dialect.receive(JSON.stringify({ event: 'unsubscribe', arg: { channel: 'trades', instId: 'B' } }));

    expect(noted).toEqual([noting, 'interrupted trades:B']);
  });

  it('takes an end without an id for the one that was asked for, where errors alone bear theirs', () => {
    const { link, noted } = notingLink();
    const dialect = new OkxDialect(link);
    const arg = { channel: 'trades', instId: 'A' };
    const topic: Topic = { key: 'trades:A', group: 'public', detail: arg };
    const { id } = dialect.subscribe([topic]);
    dialect.receive(JSON.stringify({ id, event: 'error', code: '63999', msg: 'busy' }));
    dialect.unsubscribe([topic]);
    dialect.receive(JSON.stringify({ event: 'unsubscribe', arg }));
    expect(noted).toEqual(['report 63999 busy', 'accepted 2']);
  });
});
