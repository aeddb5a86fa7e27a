/** What the simulated KuCoin allows. Source: docs of the classic API, read 2026-11-29. */
export const limits = {
  topicsPerMessage: 100,
  topicsPerConnection: 300,
  /** Messages in ten seconds. */
  messages: 100,
  /** How often a ping is due, and how long it may be late, in ms. */
  pingInterval: 18_000,
  pingTimeout: 10_000,
} as const;
