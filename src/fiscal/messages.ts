import type { DisruptionError } from './disruption-store.ts'
import type { ImportError } from './import.ts'

/** Dollars with separators and two decimals, for a sentence about exact sums. */
export function exactDollars(amount: bigint): string {
  const size = amount < 0n ? -amount : amount
  const whole = (size / 100n).toString().replace(/\B(?=(?:\d{3})+$)/g, ',')
  return `${amount < 0n ? '-' : ''}$${whole}.${(size % 100n).toString().padStart(2, '0')}`
}

/** Why an import was refused, in plain words; the first line says what happened, the rest where. */
export function importMessage(error: ImportError): readonly string[] {
  const nothing = 'Nothing was imported.'
  switch (error.code) {
    case 'file_unreadable':
      return [`${error.file} cannot be read: ${error.reason}. ${nothing}`]
    case 'personal_columns':
      return [
        `${error.file} has columns that look like personal data, which a list of awards does not need. ${nothing}`,
        ...error.columns.map(
          ({ column, looks_like }) => `column ${column}: looks like ${looks_like}; take it out`,
        ),
      ]
    case 'columns_missing':
      return [`${error.file} has no line of headings with: ${error.wanted.join('; ')}. ${nothing}`]
    case 'rows_bad':
      return [
        `${error.file} has ${error.faults.length + error.more} bad ${error.faults.length + error.more === 1 ? 'cell' : 'cells'}. ${nothing} Mend them and import the file again.`,
        ...error.faults.map(
          ({ line, column, found, wanted }) =>
            `${error.file} line ${line}, column ${column}: found ${found === '' ? 'nothing' : `"${found}"`}; wanted ${wanted}`,
        ),
        ...(error.more > 0 ? [`and ${error.more} more`] : []),
      ]
    case 'total_differs':
      return [
        `${error.file} line ${error.line}: the total row says ${exactDollars(error.stated)}, the rows above add up to ${exactDollars(error.sum)}. ${nothing}`,
      ]
    case 'year_missing':
      return [
        `${error.file} has no column for the fiscal year; give it beside the file (--year 2025). ${nothing}`,
      ]
    case 'no_awards':
      return [`${error.file} has headings and no awards for this jurisdiction. ${nothing}`]
    case 'already_imported':
      return [`${error.file} is already here, as ${error.inventory}. ${nothing}`]
    case 'cancelled':
      return [`The import of ${error.file} was stopped. ${nothing}`]
  }
}

export function disruptionMessage(error: DisruptionError): readonly string[] {
  switch (error.code) {
    case 'fields_disagree':
      return error.faults.map(({ field, wanted }) => `${field}: wanted ${wanted}`)
    case 'record_unknown':
      return [`record_id: the registry has no record ${error.record_id}`]
  }
}
