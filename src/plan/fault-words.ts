import type { Lang } from '../ui/index.ts'

/** What is wanted, in Spanish, by the words of the check; `$1` is what the words hold. */
const SPANISH: readonly (readonly [pattern: RegExp, words: string])[] = [
  [/^a short name such as (.+)$/, 'un nombre corto, como $1'],
  [/^small letters, figures and single hyphens$/, 'minúsculas sin acento, cifras y guiones sueltos'],
  [/^at most (\d+) characters$/, 'no más de $1 caracteres'],
  [/^some words$/, 'algunas palabras'],
  [/^text without control characters$/, 'texto sin caracteres de control'],
  [/^at least one line$/, 'al menos una línea'],
  [/^a USPS code of a state or DC$/, 'el código postal de un estado o de DC'],
  [/^the id of a playbook type.*$/, 'un tipo de medida de la lista'],
  [/^a playbook type of the registry.*$/, 'un tipo de medida del registro'],
  [/^a record of the registry$/, 'una ficha del registro'],
  [/^the id of a record of the registry.*$/, 'la clave de una ficha del registro'],
  [/^trust, replacement, programme or non-fiscal$/, 'fondo, reposición, programa o medida sin dinero'],
  [/^dollars, zero or more$/, 'dólares, cero o más'],
  [/^dollars$/, 'dólares'],
  [/^dollars a month, zero or more.*$/, 'dólares al mes, cero o más, o una lista de ellos'],
  [/^an address that starts with http$/, 'una dirección que empiece con http'],
  [/^at least one member$/, 'al menos un miembro'],
  [/^at least one source$/, 'al menos una fuente'],
  [/^a month as YYYY-MM$/, 'un mes en la forma AAAA-MM'],
  [/^a whole number of months$/, 'un número entero de meses'],
  [/^1 to (\d+) months$/, 'de 1 a $1 meses'],
  [/^a whole month, 1 for the first$/, 'un mes entero; 1 es el primero'],
  [/^a month within the horizon: 1 to (\d+)$/, 'un mes dentro del plazo: de 1 a $1'],
  [/^at most (\d+) measures$/, 'no más de $1 medidas'],
  [/^each member once$/, 'cada miembro una sola vez'],
  [/^a member of the plan: (.+)$/, 'un miembro del plan: $1'],
  [/^where its amounts come from.*$/, 'de dónde salen sus montos, o «supuesto» y por qué'],
  [
    /^both cases at the same length, within a fifth$/,
    'los dos argumentos del mismo largo, con un quinto de margen',
  ],
  [/^a name of its own for each measure$/, 'un nombre propio para cada medida'],
  [/^a measure of this plan: (.*)$/, 'una medida de este plan: $1'],
  [/^an order in which each measure can start$/, 'un orden en que cada medida pueda empezar'],
  [/^(\d+) or later, the start of (.+)$/, '$1 o después, el mes en que empieza $2'],
  [/^a place with all inputs$/, 'un lugar con todos los datos'],
  [/^a share from 0 to 1$/, 'una parte de 0 a 1, o un porcentaje'],
  [/^a positive number$/, 'un número mayor que cero'],
  [/^zero or more$/, 'cero o más'],
  [/^1 or more$/, '1 o más'],
  [/^at most (\d+)$/, 'no más de $1'],
  [/^at most 1 over all trusts$/, 'no más de 1 entre todos los fondos'],
  [/^a number$/, 'un número'],
  [/^a whole number$/, 'un número entero'],
  [/^a list$/, 'una lista'],
  [/^text$/, 'texto'],
  [/^true or false$/, 'sí o no'],
  [/^fields with their names$/, 'campos con sus nombres'],
  [/^each field once$/, 'cada campo una sola vez'],
  [/^no such field.*$/, 'no hay tal campo: quítelo o corrija su nombre'],
  [/^plain YAML without it$/, 'YAML sencillo, sin eso'],
  [/^YAML$/, 'YAML'],
  [/^text in UTF-8$/, 'texto en UTF-8'],
  [/^(\S+) is above high, (\S+)$/, 'un mínimo que no pase del máximo; $1 es mayor que $2'],
  [/^(\S+) is not between low, (\S+), and high, (\S+)$/, 'un valor entre $2 y $3; $1 no lo está'],
  [/^(\S+) is not a member of the measure$/, 'un miembro de la medida; $1 no lo es'],
  [/^(\S+) is named twice$/, 'cada miembro una sola vez; $1 está dos veces'],
]

/** What is wanted, in the reader's language; `undefined` where only the English words are known. */
export function wantedIn(lang: Lang, wanted: string): string | undefined {
  if (lang === 'en') return wanted
  const known = SPANISH.find(([pattern]) => pattern.test(wanted))
  if (known) return wanted.replace(known[0], known[1])
  // Lists of codes read the same in both.
  return /^[a-z-]+(, [a-z-]+)*$/.test(wanted) ? wanted : undefined
}
