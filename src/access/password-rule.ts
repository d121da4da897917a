export const PASSWORD_CHARACTERS = { least: 12, most: 128 } as const

export type PasswordFault = 'too_short' | 'too_long' | 'too_simple' | 'too_common' | 'about_you'

/**
 * What long passwords are made of when people lengthen a short one. NIST SP 800-63B-4, 3.1.1.2 asks for a blocklist of
 * commonly used values; this rule stands in for one: a password is common when one of these words is in it and fewer
 * than four other letters are.
 */
const COMMON = `
  password passwort passphrase passcode contrasena secret letmein welcome bienvenido changeme default
  temporary temppass administrator administrador admin superuser root login master access guest user
  test testing demo example qwertyuiop qwerty asdfghjkl asdfgh zxcvbnm iloveyou loveyou teamo sunshine
  princess princesa football baseball basketball futbol superman batman starwars pokemon dragon monkey
  shadow michael jennifer jesus freedom liberty america unitedstates government treasury state
  governor capitol federal federalism constitution tenth amendment trustno whatever computer internet
  google facebook microsoft windows spring summer autumn winter january february march april june july
  august september october november december monday tuesday wednesday thursday friday saturday sunday
  hello hola the my mi and is this
`
  .trim()
  .split(/\s+/)

/** Rows that fingers run along. */
const RUNS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1qaz2wsx3edc4rfv',
]
const PLAIN: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}

/**
 * What is wrong with a password, if anything: length counts (in characters as a person sees them), composition does
 * not. No list is fetched, and the password goes nowhere.
 * @param own the person's name and address, which others know too
 */
export function passwordFault(password: string, own: readonly string[]): PasswordFault | undefined {
  const text = password.normalize('NFC')
  const letters = [...text.toLowerCase()]
  if (letters.length < PASSWORD_CHARACTERS.least) return 'too_short'
  if (letters.length > PASSWORD_CHARACTERS.most) return 'too_long'
  if (new Set(letters).size < 5 || isRepeated(letters) || isRun(letters.join(''))) return 'too_simple'
  const bare = letters.join('').normalize('NFD').replaceAll(/\p{M}/gu, '')
  const plain = [...bare].map((letter) => PLAIN[letter] ?? letter).join('')
  const known = own.flatMap(wordsOf)
  const readings = [bare, plain]
  if (readings.some((reading) => isMadeOf(reading, known, 6))) return 'about_you'
  if (readings.some((reading) => isMadeOf(reading, COMMON, 4))) return 'too_common'
  return undefined
}

/** One short piece over and over: `abcabcabcabc`. */
const isRepeated = (letters: readonly string[]): boolean =>
  [1, 2, 3, 4, 5, 6].some((length) => letters.every((letter, i) => letter === letters[i % length]))

/** Whether all but a few characters follow each other on one row of keys or in the alphabet, forwards or backwards. */
function isRun(text: string): boolean {
  const both = RUNS.flatMap((run) => [run, [...run].reverse().join('')])
  const steps = [...text]
    .slice(1)
    .filter((letter, i) => both.some((run) => run.includes(`${text[i]}${letter}`)))
  return steps.length >= text.length - 3
}

const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2)

/** Whether these words are in it, and fewer than so many different letters besides. */
function isMadeOf(text: string, words: readonly string[], fewest: number): boolean {
  const longest = [...words].sort((a, b) => b.length - a.length)
  const rest = longest.reduce((left, word) => left.replaceAll(word, ' '), text)
  return rest !== text && new Set(rest.replaceAll(/[^\p{L}]/gu, '')).size < fewest
}
