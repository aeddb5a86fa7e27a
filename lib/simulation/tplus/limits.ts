/** What the simulated T+ allows, and how long things last there. */
export interface TplusLimits {
  /** Requests on the authentication endpoints within `signInWindow`. Over it: 429. Default: 100. */
  readonly signIns: number;
  /** In ms. Default: 1,800,000. */
  readonly signInWindow: number;
  /** In ms. The same nonce is given out while it has more than 10 s left. Default: 300,000. */
  readonly nonceLife: number;
  /** In ms. Open sockets outlive it. Default: 86,400,000. */
  readonly tokenLife: number;
  /** Time between two pings, protocol and application, in ms. Default: 20,000. */
  readonly pingEvery: number;
  /** How long a trade is pending, in ms. Default: 300. */
  readonly settleAfter: number;
}

/** Source: the server's own documents as far as they go; how long trades are pending is not told. */
export const tplusLimits: TplusLimits = {
  signIns: 100,
  signInWindow: 1_800_000,
  nonceLife: 300_000,
  tokenLife: 86_400_000,
  pingEvery: 20_000,
  settleAfter: 300,
};
