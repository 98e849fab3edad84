/** How much is logged, from most to nothing. */
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;

/** A level of the log. */
export type LogLevel = (typeof logLevels)[number];

/** Whether the word is a level of the log. */
export function isLogLevel(word: string): word is LogLevel {
  return (logLevels as readonly string[]).includes(word);
}
