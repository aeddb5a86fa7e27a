export { ed25519Signer, type Ed25519Signer } from './ed25519Signer.js';
export type { DroppedClient } from './clientBounds.js';
export { serve, type ServeConfig, type ServedVenue } from './serve.js';
export { serveRelay, type ServeRelayConfig } from './serveRelay.js';
export type { DialOptions } from './dial.js';
export { wsNetwork, type WsNetworkOptions } from './wsNetwork.js';
export { readRecording } from './readRecording.js';
export { recordingFile, type RecordingFile, type RecordingFileOptions } from './recordingFile.js';
export { recorder, type Recorder } from '../recording/recorder.js';
export type { RecorderConfig } from '../recording/recorderConfig.js';
export { replay, type Replay, type ReplayOptions, type ReplayProgress } from '../recording/replay.js';
export { parseRecording } from '../recording/parseRecording.js';
export { eventLine, headerLine } from '../recording/format.js';
export type {
  RecordedEvent,
  RecordedFrame,
  RecordedResponse,
  RecordedSocket,
  Recording,
  RecordingHeader,
  SentText,
} from '../recording/format.js';
export { PlatformError } from '../errors/platformError.js';
export { RecordingFormatError } from '../errors/recordingFormatError.js';
