/**
 * Settles when the process is asked to stop. npm passes a signal on that the terminal has sent as well, so further
 * ones are ignored while the first is being answered; whatever hangs is cut off.
 */
export function askedToStop(patienceMillis = 9_500): Promise<undefined> {
  return new Promise((done) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(name, () => {
        setTimeout(() => process.exit(3), patienceMillis).unref()
        done(undefined)
      })
  })
}
