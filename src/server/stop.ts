/** npm runs a script through a shell that does not pass signals on: its end is the only sign that npm was stopped. */
const PARENT = process.env.npm_lifecycle_event === undefined ? undefined : process.ppid

/**
 * Settles when the process is asked to stop. npm passes a signal on that the terminal has sent as well, so further
 * ones are ignored while the first is being answered; whatever hangs is cut off.
 */
export function askedToStop(patienceMillis = 9_500): Promise<undefined> {
  return new Promise((done) => {
    const stop = () => {
      setTimeout(() => process.exit(3), patienceMillis).unref()
      done(undefined)
    }
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop)
    if (PARENT === undefined) return
    const watch = setInterval(() => {
      if (process.ppid === PARENT) return
      clearInterval(watch)
      stop()
    }, 250).unref()
  })
}
