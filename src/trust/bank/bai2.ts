import { cents, IsoDate, ok, type Result } from '../../base/index.ts'
import { type StatementFault, type StatementLine, statementFault } from './statement.ts'

/*
 * BAI2: Cash Management Balance Reporting Specifications, version 2. Records 01 file, 02 group, 03 account,
 * 16 transaction, 88 continuation, 49, 98 and 99 their totals. A record ends with a slash; the text of a transaction
 * may hold commas and slashes and runs to the end of its line.
 */

interface BaiRecord {
  readonly line: number
  readonly code: string
  /** Fields after the code. */
  readonly fields: readonly string[]
  /** Physical records that it takes: itself and its continuations. */
  readonly size: number
}

export interface BaiAccount {
  readonly account: string
  readonly as_of: IsoDate
  readonly lines: readonly StatementLine[]
}

type Fault = ReturnType<typeof statementFault>

/** Reads a whole file; every total and count in it must hold. Amounts are cents of US dollars. */
export function readBai2(text: string): Result<readonly BaiAccount[], StatementFault> {
  const records = joinRecords(text)
  if (!records.ok) return records
  const reader = new BaiReader()
  for (const record of records.value) {
    const fault = reader.take(record)
    if (fault) return fault
  }
  return reader.isEnded
    ? ok(reader.accounts)
    : statementFault(
        records.value.at(-1)?.line ?? 1,
        'file',
        'no record 99',
        'a file that ends with its totals',
      )
}

const CODES = ['01', '02', '03', '16', '49', '98', '99']

/** Puts continuations behind the record that they continue. */
function joinRecords(text: string): Result<readonly BaiRecord[], StatementFault> {
  const records: BaiRecord[] = []
  for (const [i, raw] of text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = raw.trimEnd()
    if (line === '') continue
    const code = line.slice(0, 2)
    const fields = fieldsOf(line)
    const before = records.at(-1)
    if (code === '88') {
      if (!before || !['03', '16'].includes(before.code))
        return statementFault(i + 1, 'record', '88', 'a continuation behind an account or a transaction')
      records[records.length - 1] = { ...before, fields: continued(before, fields), size: before.size + 1 }
    } else if (CODES.includes(code)) records.push({ line: i + 1, code, fields, size: 1 })
    else return statementFault(i + 1, 'record', code, `a record ${CODES.join(', ')} or 88`)
  }
  return records.length > 0 ? ok(records) : statementFault(1, 'file', 'an empty file', 'a BAI2 file')
}

/** A slash that ends the line ends the record, and the field before it where that is empty. */
const fieldsOf = (line: string): readonly string[] => line.replace(/\/$/, '').split(',').slice(1)

/** A record broken after a comma or a slash goes on with the next field; the text of a transaction goes on as text. */
function continued(before: BaiRecord, fields: readonly string[]): readonly string[] {
  const kept = before.fields.at(-1) === '' ? before.fields.slice(0, -1) : before.fields
  return [...kept, ...fields]
}

interface Total {
  sum: bigint
  records: number
  parts: number
}
const total = (): Total => ({ sum: 0n, records: 0, parts: 0 })

class BaiReader {
  readonly accounts: BaiAccount[] = []
  isEnded = false
  private file: Total | undefined
  private group: (Total & { as_of: IsoDate; currency: string }) | undefined
  private account: (Total & { id: string; lines: StatementLine[] }) | undefined

  /** Takes the next record. @returns what is wrong, if anything is */
  take(record: BaiRecord): Fault | undefined {
    if (this.isEnded) return statementFault(record.line, 'record', record.code, 'nothing after the record 99')
    switch (record.code) {
      case '01':
        return this.openFile(record)
      case '02':
        return this.openGroup(record)
      case '03':
        return this.openAccount(record)
      case '16':
        return this.addTransaction(record)
      case '49':
        return this.closeAccount(record)
      case '98':
        return this.closeGroup(record)
      default:
        return this.closeFile(record)
    }
  }

  private openFile(record: BaiRecord): Fault | undefined {
    if (this.file) return outOfPlace(record)
    const version = record.fields[7]
    if (version !== '2') return statementFault(record.line, 'version', version ?? '', '2')
    this.file = { ...total(), records: record.size }
    return undefined
  }

  private openGroup(record: BaiRecord): Fault | undefined {
    if (!this.file || this.group) return outOfPlace(record)
    const [, , , date = '', , currency = ''] = record.fields
    const as_of = IsoDate.safeParse(`20${date.slice(0, 2)}-${date.slice(2, 4)}-${date.slice(4)}`)
    if (!as_of.success) return statementFault(record.line, 'as_of_date', date, 'a date as YYMMDD')
    if (currency !== '' && currency !== 'USD') return statementFault(record.line, 'currency', currency, 'USD')
    this.group = { ...total(), records: record.size, as_of: as_of.data, currency }
    return undefined
  }

  private openAccount(record: BaiRecord): Fault | undefined {
    if (!this.group || this.account) return outOfPlace(record)
    const [id = '', currency = '', ...rest] = record.fields
    if (id === '') return statementFault(record.line, 'account', '', 'an account number')
    if (currency !== '' && currency !== 'USD') return statementFault(record.line, 'currency', currency, 'USD')
    this.account = { ...total(), records: record.size, id, lines: [] }
    for (let at = 0; at < rest.length; ) {
      const [type = '', amount = '', , funds = ''] = rest.slice(at)
      if (amount !== '') {
        const read = readCents(amount)
        if (read === undefined) return statementFault(record.line, `amount of ${type}`, amount, WANTED_AMOUNT)
        this.account.sum += read
      }
      const size = fundsSize(funds, rest.slice(at + 4))
      if (size === undefined) return statementFault(record.line, 'funds_type', funds, WANTED_FUNDS)
      at += 4 + size
    }
    return undefined
  }

  private addTransaction(record: BaiRecord): Fault | undefined {
    if (!this.account || !this.group) return outOfPlace(record)
    const [type = '', amount = '', funds = '', ...rest] = record.fields
    const kind = directionOf(type)
    if (kind === undefined)
      return statementFault(record.line, 'type_code', type, 'a credit (100 to 399) or a debit (400 to 699)')
    const read = /^\d/.test(amount) ? readCents(amount) : undefined
    if (read === undefined) return statementFault(record.line, 'amount', amount, WANTED_AMOUNT)
    const size = fundsSize(funds, rest)
    if (size === undefined) return statementFault(record.line, 'funds_type', funds, WANTED_FUNDS)
    const [bank = '', customer = '', ...text] = rest.slice(size)
    this.account.sum += read
    this.account.records += record.size
    this.account.lines.push({
      line: record.line,
      date: this.group.as_of,
      amount: cents(kind === 'credit' ? read : -read),
      reference: (customer || bank).trim(),
      description: text.join(',').trim(),
    })
    return undefined
  }

  private closeAccount(record: BaiRecord): Fault | undefined {
    if (!this.account || !this.group) return outOfPlace(record)
    const { account, group } = this
    account.records += record.size
    const fault = totalsFault(
      record,
      account,
      ['account_control_total', 'number_of_records'],
      [account.records],
    )
    if (fault) return fault
    this.accounts.push({ account: account.id, as_of: group.as_of, lines: account.lines })
    addTo(group, account)
    this.account = undefined
    return undefined
  }

  private closeGroup(record: BaiRecord): Fault | undefined {
    if (!this.group || this.account || !this.file) return outOfPlace(record)
    const { group } = this
    group.records += record.size
    const fields = ['group_control_total', 'number_of_accounts', 'number_of_records']
    const fault = totalsFault(record, group, fields, [group.parts, group.records])
    if (fault) return fault
    addTo(this.file, group)
    this.group = undefined
    return undefined
  }

  private closeFile(record: BaiRecord): Fault | undefined {
    if (!this.file || this.group) return outOfPlace(record)
    const { file } = this
    file.records += record.size
    const fields = ['file_control_total', 'number_of_groups', 'number_of_records']
    this.isEnded = true
    return totalsFault(record, file, fields, [file.parts, file.records])
  }
}

const outOfPlace = ({ line, code }: BaiRecord): Fault =>
  statementFault(line, 'record', code, 'records in the order 01, 02, 03, 16, 49, 98, 99')

function addTo(outer: Total, inner: Total): void {
  outer.sum += inner.sum
  outer.records += inner.records
  outer.parts++
}

function totalsFault(
  { line, fields }: BaiRecord,
  { sum }: Total,
  names: readonly string[],
  counts: readonly number[],
): Fault | undefined {
  const wanted = [String(sum), ...counts.map(String)]
  const found = fields.map((field) =>
    /^[+-]?\d+$/.test(field) ? String(BigInt(field.replace('+', ''))) : field,
  )
  const wrong = wanted.findIndex((value, i) => found[i] !== value)
  return wrong < 0
    ? undefined
    : statementFault(
        line,
        names[wrong] ?? 'total',
        fields[wrong] ?? '',
        `${wanted[wrong]}, what the file holds`,
      )
}

const WANTED_AMOUNT = 'cents without a point, such as 12345'
const WANTED_FUNDS =
  'a funds type: nothing, 0, 1, 2, Z, V with a date, S with three amounts, D with its pairs'

const readCents = (text: string): bigint | undefined =>
  /^[+-]?\d{1,18}$/.test(text) ? BigInt(text.replace('+', '')) : undefined

/** How many fields belong to the funds type, after it. */
function fundsSize(funds: string, rest: readonly string[]): number | undefined {
  if (['', '0', '1', '2', 'Z'].includes(funds)) return 0
  if (funds === 'V') return 2
  if (funds === 'S') return 3
  if (funds !== 'D') return undefined
  return /^\d{1,3}$/.test(rest[0] ?? '') ? 1 + 2 * Number(rest[0]) : undefined
}

/** Type codes 100 to 399 are credits, 400 to 699 debits; 930 to 959 and 960 to 999 a bank's own. */
function directionOf(type: string): 'credit' | 'debit' | undefined {
  if (!/^\d{3}$/.test(type)) return undefined
  const code = Number(type)
  if ((code >= 100 && code <= 399) || (code >= 930 && code <= 959)) return 'credit'
  return (code >= 400 && code <= 699) || code >= 960 ? 'debit' : undefined
}
