/** Words of a column's name that mark data about one person. Awards need none of it. */
const PERSONAL: readonly (readonly [RegExp, string])[] = [
  [/\bssn\b|social security (?:number|no)|\bitin\b|taxpayer id/, 'a Social Security or taxpayer number'],
  [
    /\b(?:first|last|middle|full|maiden|employee|client|patient|participant|beneficiary|student|person) name\b/,
    "a person's name",
  ],
  [/\bsurname\b|\bgiven name\b|officer \d+ name|\bcontact name\b/, "a person's name"],
  [/\bdob\b|birth ?date|date of birth/, 'a date of birth'],
  [/\be ?mail\b|\bphone\b|telephone|\bfax\b/, 'a way to reach a person'],
  [/\bhome address\b|\bpatient\b|\bclient id\b|\bcase number\b|\bmedicaid id\b/, 'an entry about one person'],
  [/\bbank account\b|\brouting number\b|\biban\b/, 'a bank account'],
]

export interface PersonalColumn {
  readonly column: string
  readonly looks_like: string
}

/** `Recipient_First-Name` → `recipient first name`, so that spelling does not hide a column. */
export const plainName = (column: string): string =>
  column
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()

/**
 * The columns that look like personal data.
 * @param unread names that a known format always carries and that we never read (officers in USAspending files)
 */
export function personalColumns(
  columns: readonly string[],
  unread: (name: string) => boolean = () => false,
): readonly PersonalColumn[] {
  return columns.flatMap((column) => {
    const name = plainName(column)
    if (unread(name)) return []
    const match = PERSONAL.find(([pattern]) => pattern.test(name))
    return match ? [{ column, looks_like: match[1] }] : []
  })
}
