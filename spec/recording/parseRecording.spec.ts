import fc from 'fast-check';
import { RecordingFormatError } from '../../lib/errors/recordingFormatError.js';
import { eventLine, headerLine } from '../../lib/recording/format.js';
import { parseRecording } from '../../lib/recording/parseRecording.js';
import { frame, http, recordingOf } from './fixtures.js';

const header = headerLine(recordingOf([]).header);

describe('parseRecording', () => {
  it('reads what was written', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.record({ at: fc.double({ noNaN: true, noDefaultInfinity: true }), data: fc.string({ unit: 'binary' }) }),
            fc.record({
              url: fc.webUrl(),
              body: fc.string({ unit: 'binary' }),
              status: fc.integer({ min: 100, max: 599 }),
            }),
          ),
        ),
        (parts) => {
          const events = parts.map((part) =>
            'data' in part ? frame(part.at + 0, part.data) : http(1, part.url, part.body, part.status),
          );
          const recording = recordingOf(events);
          const lines = [headerLine(recording.header), ...events.map(eventLine)];
          expect(lines.every((line) => !line.includes('\n'))).toBe(true);
          expect(parseRecording(lines)).toEqual(recording);
        },
      ),
    );
  });

  it('passes over blank lines', () => {
    expect(parseRecording([header, '', eventLine(frame(1, 'a')), '\r'])).toEqual(recordingOf([frame(1, 'a')]));
  });

  it('has a last line that breaks off cost itself, and tells it', () => {
    const whole = [header, eventLine(frame(1, 'a'))];

    expect(parseRecording([...whole, '{"at":1,"kind":"fra', ''])).toEqual({
      ...recordingOf([frame(1, 'a')]),
      brokenOff: 'line 3 breaks off',
    });
    expect(parseRecording(whole)).not.toHaveProperty('brokenOff');
  });

  it.each<readonly [string, readonly string[], number, string]>([
    ['nothing', [], 1, ''],
    ['no JSON', ['hello'], 1, ''],
    ['no object', ['[1]'], 1, ''],
    ['an event first', [eventLine(frame(1, 'a'))], 1, 'recording'],
    ['another version', [header.replace('"recording":1', '"recording":2')], 1, 'recording'],
    ['no venue', [header.replace('"venue"', '"venu"')], 1, 'venue'],
    ['a socket without url', [header.replace('"socket":"1","url"', '"socket":"1","uri"')], 1, 'sockets[0].url'],
    ['a socket that opened at no time', [header.replace('1000', '"1000"')], 1, 'sockets[0].openedAt'],
    ['sent of the wrong type', [header.replace('"sent":[],"sockets"', '"sent":[1],"sockets"')], 1, 'sent[0]'],
    ['a broken line', [header, eventLine(frame(1, 'a')), '{"at":1,"kind":"fra', eventLine(frame(2, 'b'))], 3, ''],
    ['a broken header', [header.slice(0, -5)], 1, ''],
    ['no time', [header, '{"kind":"frame","socket":"1","data":"a"}'], 2, 'at'],
    ['another kind', [header, '{"at":1,"kind":"ping"}'], 2, 'kind'],
    ['data of the wrong type', [header, '{"at":1,"kind":"frame","socket":"1","data":{}}'], 2, 'data'],
    ['no status', [header, '{"at":1,"kind":"http","url":"u","body":""}'], 2, 'status'],
  ])('names line and field: %s', (_name, lines, line, field) => {
    const read = (): unknown => parseRecording(lines);
    expect(read).toThrow(RecordingFormatError);
    expect(read).toThrow(expect.objectContaining({ line, field }));
  });
});
