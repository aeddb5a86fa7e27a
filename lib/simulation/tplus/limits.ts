/** What the simulated T+ allows, and how long things last there. */
export interface TplusLimits {
  /** Requests on the authentication endpoints within `signInWindow`. Over it: 429. */
  readonly signIns: number;
  /** In ms. */
  readonly signInWindow: number;
  /** In ms. The same nonce is given out while it has more than 10 s left. */
  readonly nonceLife: number;
  /** In ms. Open sockets outlive it. */
  readonly tokenLife: number;
  /** Time between two pings, protocol and application, in ms. */
  readonly pingEvery: number;
  /** How long a trade is pending, in ms. */
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
