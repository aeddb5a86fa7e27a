import * as t from 'io-ts';
import { frame } from '../../lib/codec/frame.js';
import { keyedRow } from '../../lib/codec/keyedRow.js';
import { list } from '../../lib/codec/list.js';
import { orNone } from '../../lib/codec/orNone.js';
import { ReadFrame, insideOf, orRead } from '../../lib/codec/readFrame.js';
import { Id, Text } from '../../lib/codec/scalars.js';
import { ShapedFrames } from '../../lib/codec/shapedFrames.js';

/** What a frame after one of its shape is read to. */
function readTwice(codec: t.Mixed, first: string, second = first): unknown {
  const frames = new ShapedFrames(orRead(codec));
  frames.read(first);
  return frames.read(second);
}

describe('a frame that is read by its shape and its codec', () => {
  const Row = frame('acme.row', { id: Id, is: t.boolean }, { more: Text });

  it('comes as the codec reads it, with what that does not name', () => {
    const text = '{"a":[{"id":7,"is":true,"x":"y"}],"list":[1,[2]],"b":{"c":3}}';

    const read = readTwice(frame('acme', { a: list(Row) }), text, text.replace('7', '8').replace('3', '4'));

    expect(read).toBeInstanceOf(ReadFrame);
    expect(JSON.stringify(insideOf(read))).toBe('{"a":[{"id":"8","is":true,"x":"y"}],"list":[1,[2]],"b":{"c":4}}');
  });

  it('is made anew each time', () => {
    const frames = new ShapedFrames(orRead(frame('acme', { a: list(Row) })));
    const text = '{"a":[{"id":7,"is":true}]}';
    frames.read(text);
    const [one, other] = [frames.read(text), frames.read(text.replace('7', '8'))];

    expect(JSON.stringify([one, other].map(insideOf))).toBe(
      '[{"a":[{"id":"7","is":true}]},{"a":[{"id":"8","is":true}]}]',
    );
  });

  it('names the cells of a row, and passes over what follows them', () => {
    const read = readTwice(keyedRow('acme.cells', { a: Text, b: orNone(Text), c: Id }), '["x",null,1,"more",[2],"x"]');

    expect(read).toEqual(new ReadFrame({ a: 'x', b: undefined, c: '1' }));
  });

  it.each([
    ['holds what the codec refuses in a text', frame('acme', { a: Id }), '{"a":1}', '{"a":""}'],
    ['holds it in each frame', frame('acme', { a: Id }), '{"a":null}', '{"a":null}'],
    ['lacks a field', frame('acme', { a: Id, b: Id }), '{"a":1}', '{"a":2}'],
    ['has a list where there is to be an object', frame('acme', { a: Row }), '{"a":[1]}', '{"a":[2]}'],
    ['has an object where there is to be a list', frame('acme', { a: list(Row) }), '{"a":{"0":1}}', '{"a":{"0":2}}'],
  ])('is left to the codec where it %s', (_, codec, first, second) => {
    expect(readTwice(codec, first, second)).toEqual(JSON.parse(second));
  });

  it('has a part of which no codec says the members read as a whole', () => {
    const Pair = t.tuple([Text, Text]);
    const [text, wrong] = ['{"a":["x","y"],"b":true}', '{"a":["x",""],"b":null}'];

    expect(readTwice(frame('acme', { a: Pair }), text, text.replace('y', 'z'))).toEqual(
      new ReadFrame({ a: ['x', 'z'], b: true }),
    );
    expect(readTwice(frame('acme', { a: t.tuple([Text, Id]) }), text, wrong)).toEqual(JSON.parse(wrong));
  });

  it('shares with the frame before what is as it was there', () => {
    const frames = new ShapedFrames(orRead(frame('acme', { a: Row, b: Row })));
    const text = '{"a":{"id":7,"is":true},"b":{"id":8,"is":true}}';
    frames.read(text);
    const [one, other] = [frames.read(text), frames.read(text.replace('8', '9'))].map(
      (read) => insideOf(read) as { readonly a: object; readonly b: object },
    );

    expect(other?.a).toBe(one?.a);
    expect([one?.b, other?.b]).toEqual([
      { id: '8', is: true },
      { id: '9', is: true },
    ]);
  });

  it('is read again once its shape comes again', () => {
    const frames = new ShapedFrames(orRead(frame('acme', { a: Id })));
    frames.read('{"a":"x"}');
    const wrong = frames.read('{"a":""}');

    expect(wrong).toEqual({ a: '' });
    expect(frames.read('{"a":"x"}')).toEqual(new ReadFrame({ a: 'x' }));
  });

  it('is taken as it is by its codec, which reads others itself', () => {
    const codec = orRead(frame('acme', { a: Id }));

    expect(codec.decode(new ReadFrame({ a: 'x' }))).toEqual(t.success({ a: 'x' }));
    expect(codec.decode({ a: 7 })).toEqual(t.success({ a: '7' }));
    expect(codec.decode({ a: '' })._tag).toBe('Left');
  });
});
