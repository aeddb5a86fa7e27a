/** How a command ended. The meanings stand in `--help`. */
export const EXIT = { fine: 0, failed: 1, misuse: 2, nothing: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
