import { createHash } from 'node:crypto'

/** Reference code of the file header: columns 87 to 94, which the format leaves to the originator. */
const [FROM, TO] = [86, 94]

/** The first eight digits of the SHA-256 of the file with the reference code blank. */
function sealOf(text: string): string {
  const blank = `${text.slice(0, FROM)}${' '.repeat(TO - FROM)}${text.slice(TO)}`
  return createHash('sha256')
    .update(blank)
    .digest('hex')
    .slice(0, TO - FROM)
    .toUpperCase()
}

/** Puts a seal on the file, so that a changed name, date or number is seen even where the format has no check. */
export const seal = (text: string): string => `${text.slice(0, FROM)}${sealOf(text)}${text.slice(TO)}`

export const isSealed = (text: string): boolean => text.slice(FROM, TO) === sealOf(text)
