import { InvalidArgumentError } from '../../lib/errors/invalidArgumentError.js';
import * as node from '../../lib/node/index.js';
import { simulatedBinance } from '../../lib/simulation/index.js';

/** As plain JavaScript calls: nothing is known of types. */
type Untyped = (...args: readonly unknown[]) => unknown;

const venue = simulatedBinance();
afterAll(() => {
  venue.close();
});
const recording = { header: { sockets: [] }, events: [] };

it.each<readonly [string, readonly unknown[], string]>([
  ['serve', [], 'venue'],
  ['serve', [{}], 'venue'],
  ['serve', [venue, null], 'config'],
  ['serve', [venue, { prt: 1 }], 'prt'],
  ['serve', [venue, { port: '1' }], 'port'],
  ['serve', [venue, { port: 70_000 }], 'port'],
  ['serve', [venue, { port: NaN }], 'port'],
  ['serve', [venue, { maxHeld: -1 }], 'maxHeld'],
  ['serve', [venue, { requestWithin: 0 }], 'requestWithin'],
  ['wsNetwork', [null], 'options'],
  ['wsNetwork', [{ openWithn: 1 }], 'openWithn'],
  ['wsNetwork', [{ openWithin: '1' }], 'openWithin'],
  ['wsNetwork', [{ fetch: {} }], 'fetch'],
  ['readRecording', [], 'path'],
  ['readRecording', [''], 'path'],
  ['readRecording', [5], 'path'],
  ['recordingFile', [], 'path'],
  ['recordingFile', ['x', { force: true }], 'force'],
  ['recordingFile', ['x', { overwrite: 'yes' }], 'overwrite'],
  ['replay', [], 'recording'],
  ['replay', [{}], 'recording'],
  ['replay', [recording, null], 'options'],
  ['replay', [recording, { sped: 1 }], 'sped'],
  ['replay', [recording, { speed: 'fast' }], 'speed'],
  ['replay', [recording, { speed: NaN }], 'speed'],
  ['replay', [recording, { answers: 'never' }], 'answers'],
  ['replay', [recording, { scheduler: {} }], 'scheduler'],
  ['replay', [recording, { reply: 'x' }], 'reply'],
])('%s(%j) is refused, and %s named', async (name, args, field) => {
  const functions: Readonly<Record<string, unknown>> = node;
  const call = functions[name] as Untyped;
  const told = await Promise.resolve()
    .then(() => call(...args))
    .catch((error: unknown) => error);
  expect(told).toBeInstanceOf(InvalidArgumentError);
  expect(told).toMatchObject({ field });
});
