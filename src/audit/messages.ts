import type { ExitCode } from '../base/index.ts'
import type { ProveError } from './prove.ts'

export interface Message {
  readonly exit: ExitCode
  /** HTTP status of the same refusal. */
  readonly status: 404 | 503
  readonly words: string
  /** For strangers, where the words above name the operator's files. */
  readonly publicWords?: string
}

const NO_SIGNATURE =
  'The log cannot be signed now: its key is not in place. Heads and proofs given earlier stay good. The operator sees why with `tenth audit key`.'

/** What happened, what was found and what to do, for the command line and the API. */
export function messageOf(error: ProveError): Message {
  switch (error.code) {
    case 'unknown_event':
      return {
        exit: 1,
        status: 404,
        words: `There is no event ${error.seq}: the log holds ${error.size} events, numbered from 0.`,
      }
    case 'size_out_of_range':
      return {
        exit: 1,
        status: 404,
        words: `A tree of ${error.asked} events cannot be used here: it must hold the event asked for, and the log holds ${error.size} events.`,
      }
    case 'no_checkpoint':
      return {
        exit: 1,
        status: 404,
        words: `No checkpoint of ${error.size} events was ever signed. \`tenth audit checkpoint --list\` shows those that were.`,
      }
    case 'log_shorter':
      return {
        exit: 1,
        status: 503,
        words: `The log holds ${error.size} events, but a head of ${error.signed} was signed: events were cut off. Nothing is signed until that is repaired from a backup; \`tenth audit verify\` says more.`,
      }
    case 'log_forked':
      return {
        exit: 1,
        status: 503,
        words: `The log no longer begins with the ${error.signed} events that were signed. Nothing is signed until that is repaired from a backup; \`tenth audit verify\` says more.`,
      }
    default:
      return keyMessage(error)
  }
}

type KeyError = Extract<ProveError, { readonly code: `key_${string}` | 'origin_invalid' }>

function keyMessage(error: KeyError): Message {
  const unusable = (words: string): Message => ({ exit: 3, status: 503, words, publicWords: NO_SIGNATURE })
  switch (error.code) {
    case 'key_missing':
      return unusable(
        `The signing key of the log (${error.vkey}) is not at ${error.file}. Put the file back, or name it in TENTH_AUDIT_KEY. If it is lost for good: tenth audit rotate-key --lost "how it was lost".`,
      )
    case 'key_unknown':
      return unusable(
        `${error.file} holds the key ${error.found}, but the log is signed by ${error.wanted}. Put the right file there, or name it in TENTH_AUDIT_KEY.`,
      )
    case 'key_unreadable':
      return unusable(`The signing key at ${error.file} cannot be used: ${error.detail}.`)
    case 'key_exposed':
      return unusable(
        `Others on this machine can read the signing key ${error.file} (mode ${error.mode}). Run chmod 600 on it; if someone may have copied it, also run tenth audit rotate-key.`,
      )
    case 'key_event_gone':
      return unusable(
        'Checkpoints were signed, but the event that names their key is gone: the log was cut. Restore a backup; nothing is signed until then.',
      )
    case 'origin_invalid':
      return unusable(
        `TENTH_AUDIT_ORIGIN is ${JSON.stringify(error.origin)}; wanted: a name like transparency.example.gov/tenth, without spaces or plus signs.`,
      )
  }
}

/** What a stranger is told. */
export function publicWordsOf(error: ProveError): string {
  const { words, publicWords } = messageOf(error)
  return publicWords ?? words
}
