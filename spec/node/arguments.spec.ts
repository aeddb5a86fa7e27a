import * as node from '../../lib/node/index.js';
import { simulatedBinance } from '../../lib/simulation/index.js';
import { refusesCall } from '../support/untyped.js';

const venue = simulatedBinance();
afterAll(() => {
  venue.close();
});
const network = { open: () => undefined, request: () => undefined };
const sink = (): void => undefined;
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
  ['serve', [venue, { requestWithin: 1.5 }], 'requestWithin'],
  ['serve', [venue, { requestWithin: Infinity }], 'requestWithin'],
  ['wsNetwork', [null], 'options'],
  ['wsNetwork', [{ openWithn: 1 }], 'openWithn'],
  ['wsNetwork', [{ openWithin: '1' }], 'openWithin'],
  ['wsNetwork', [{ openWithin: null }], 'openWithin'],
  ['wsNetwork', [{ answerWithin: -1 }], 'answerWithin'],
  ['wsNetwork', [{ maxFrame: 0 }], 'maxFrame'],
  ['wsNetwork', [{ scheduler: {} }], 'scheduler'],
  ['wsNetwork', [{ fetch: {} }], 'fetch'],
  ['recorder', [], 'network'],
  ['recorder', [{}], 'network'],
  ['recorder', [network], 'config'],
  ['recorder', [network, {}], 'sink'],
  ['recorder', [network, { sink }], 'venue'],
  ['recorder', [network, { sink, venue: '' }], 'venue'],
  ['recorder', [network, { sink: [], venue: 'x' }], 'sink'],
  ['recorder', [network, { sink, venue: 'x', clock: {} }], 'clock'],
  ['recorder', [network, { sink, venue: 'x', redact: 'password' }], 'redact'],
  ['recorder', [network, { sink, venue: 'x', redacted: ['password'] }], 'redacted'],
  ['ed25519Signer', [], 'seed'],
  ['ed25519Signer', [5], 'seed'],
  ['ed25519Signer', ['ab'], 'seed'],
  ['parseRecording', [], 'lines'],
  ['parseRecording', [5], 'lines'],
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
  await refusesCall(node, name, args, field);
});
