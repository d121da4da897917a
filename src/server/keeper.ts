import { isAlive } from '../db/alive.ts'
import type { Cluster } from '../db/embedded.ts'
import { messageOf } from '../db/messages.ts'

const LOOK_MILLIS = 500
/** After a start that failed (a full disk, say) the next one waits so long. */
const REST_MILLIS = 5_000

/** Watches the embedded database while serving, and starts it again when something killed it. */
export function keepAlive(
  cluster: Cluster,
  say: (words: string) => void,
): { readonly stop: () => Promise<void> } {
  let reviving: Promise<void> | undefined
  let restUntil = 0
  const look = () => {
    if (reviving !== undefined || Date.now() < restUntil || isAlive(cluster.pid())) return
    say('The embedded database was ended from outside; starting it again. What was saved is safe.')
    reviving = cluster.revive().then((revived) => {
      reviving = undefined
      if (revived.ok) return say('The embedded database answers again.')
      restUntil = Date.now() + REST_MILLIS
      say(messageOf(revived.error).words)
    })
  }
  const timer = setInterval(look, LOOK_MILLIS).unref()
  return {
    stop: async () => {
      clearInterval(timer)
      await reviving
    },
  }
}
