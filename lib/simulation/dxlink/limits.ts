/** What the simulated dxLink allows. The venue documents no numbers: these are what its clients keep to. */
export interface DxLinkLimits {
  /** What either side may be silent for, in seconds. The client: close 1000 after an ERROR. Default: 60. */
  readonly keepalive: number;
  /** Messages from the client in any second. Over it: close 1008. Default: 100. */
  readonly messagesPerSecond: number;
  /** UTF-8 bytes of one message from the client. Over it: close 1009. Default: 16,384. */
  readonly bytesPerMessage: number;
}

/** What a simulated dxLink keeps to where nothing else is said. */
export const dxLinkLimits: DxLinkLimits = { keepalive: 60, messagesPerSecond: 100, bytesPerMessage: 16_384 };
