import { spawnSync } from 'node:child_process'
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PACKAGE_ROOT } from '../src/db/root.ts'
import { CsvReader } from '../src/withholding/csv.ts'
import {
  type CompiledLaws,
  compileLaws,
  FILING_STATUSES,
  lawOf,
  PAY_FREQUENCIES,
  PAY_PERIODS,
  type PaycheckColumns,
  withholdColumns,
  YEARS_CARRIED,
} from '../src/withholding/index.ts'
import { placePaycheck, type RowPricer, rowPricer } from '../src/withholding/paycheck-row.ts'

interface Line {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly note?: string
}

const ROWS = 1_000_000

/** Paychecks a second on one core, from columns and from CSV, beside numpy and beside loops that only read. */
export async function bench(emit: (line: Line) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tenth-bench-'))
  try {
    const laws = compileLaws(YEARS_CARRIED.flatMap((year) => carried(year)))
    const columns = anyColumns()
    const tax = new Float64Array(ROWS)
    const { rate, limit } = race(
      () => withholdColumns(columns, laws, tax),
      () => readColumns(columns, tax),
    )
    emit({
      name: 'withholding.columns',
      value: rate,
      unit: 'paychecks/s',
      note: 'eight columns in memory to tax',
    })
    emit({
      name: 'withholding.columns.limit',
      value: limit,
      unit: 'rows/s',
      note: 'a plain loop that only reads the same columns',
    })
    emit({
      name: 'withholding.columns.share',
      value: round(rate / limit),
      unit: 'of the limit',
      note: 'goal: at least 0.33',
    })
    comparePeer(folder, columns, laws, tax, emit)
    await benchCsv(folder, columns, tax, emit)
    benchPayroll(join(folder, 'run.csv'), emit)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const round = (ratio: number): number => Math.round(ratio * 1000) / 1000

function carried(year: number) {
  const law = lawOf(year)
  return law.ok ? [law.value] : []
}

/** Rows a second of a work and of its limit: the best of several runs in turn, so that a busy moment hits both. */
function race(work: () => void, limit: () => void): { readonly rate: number; readonly limit: number } {
  const best = [work, limit].map((run) => {
    run()
    return Number.POSITIVE_INFINITY
  })
  for (let turn = 0; turn < 9; turn++)
    for (const [i, run] of [work, limit].entries()) {
      const start = performance.now()
      run()
      best[i] = Math.min(best[i] ?? 0, performance.now() - start)
    }
  const perSecond = (milliseconds = 0) => Math.round(ROWS / (milliseconds / 1000))
  return { rate: perSecond(best[0]), limit: perSecond(best[1]) }
}

/** The same million paychecks every time: all years, schedules, statuses and ordinary pay frequencies, shuffled. */
function anyColumns(): PaycheckColumns {
  let state = 20_261_122
  const below = (n: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
  const fill = <T extends Uint8Array | Uint16Array | Float64Array>(array: T, value: () => number): T => {
    for (let i = 0; i < ROWS; i++) array[i] = value()
    return array
  }
  const sometimes = (values: readonly number[]) => () => values[below(values.length)] ?? 0
  return {
    table: fill(new Uint16Array(ROWS), () => below(YEARS_CARRIED.length * 6)),
    pay_frequency: fill(new Uint8Array(ROWS), () => 3 + below(4)),
    rounding: fill(new Uint8Array(ROWS), sometimes([0, 2])),
    wages: fill(new Float64Array(ROWS), () => 40_000 + below(1_200_000)),
    step3: fill(new Float64Array(ROWS), sometimes([0, 0, 200_000, 400_000])),
    step4a: fill(new Float64Array(ROWS), sometimes([0, 0, 120_000])),
    step4b: fill(new Float64Array(ROWS), sometimes([0, 0, 0, 500_000])),
    step4c: fill(new Float64Array(ROWS), sometimes([0, 0, 0, 2_550])),
  }
}

/** What no program that needs every column can beat: each value is read, and one number is written. */
function readColumns(columns: PaycheckColumns, out: Float64Array): void {
  const { table, pay_frequency, rounding, wages, step3, step4a, step4b, step4c } = columns
  for (let i = 0; i < out.length; i++)
    out[i] =
      (table[i] as number) +
      (pay_frequency[i] as number) +
      (rounding[i] as number) +
      (wages[i] as number) +
      (step3[i] as number) +
      (step4a[i] as number) +
      (step4b[i] as number) +
      (step4c[i] as number)
}

const NUMPY = `
import json, sys, time
import numpy as np
folder = sys.argv[1]
read = lambda name, kind: np.fromfile(f'{folder}/{name}.bin', kind)
table = read('table', np.uint16).astype(np.int64)
frequency = read('pay_frequency', np.uint8)
rounding = read('rounding', np.uint8)
wages, step3, step4a, step4b, step4c = (read(n, np.float64).astype(np.int64) for n in ('wages', 'step3', 'step4a', 'step4b', 'step4c'))
brackets = read('brackets', np.float64).astype(np.int64).reshape(-1, 9, 3)
over, base, percent = (np.ascontiguousarray(brackets[:, :8, i]) for i in range(3))
line1g = read('line1g', np.float64).astype(np.int64)
periods_of = np.array(json.loads(sys.argv[2]), dtype=np.int64)
units_of = np.array([1, 10, 100], dtype=np.int64)

def price():
    periods = periods_of[frequency]
    unit = units_of[rounding]
    annual = np.maximum(wages * periods + step4a - step4b - line1g[table], 0)
    row = np.zeros(len(annual), dtype=np.int64)
    for k in range(1, 8):
        row += annual >= over[table, k]
    tentative = base[table, row] + percent[table, row] * (annual - over[table, row])
    credited = np.maximum(tentative - 100 * step3, 0)
    divisor = 100 * periods * unit
    return (2 * (credited + 100 * periods * step4c) + divisor) // (2 * divisor) * unit

tax = price()
best = 1e9
for _ in range(5):
    start = time.perf_counter()
    tax = price()
    best = min(best, time.perf_counter() - start)
print(json.dumps({'rate': len(tax) / best, 'sum': int(tax.sum()), 'numpy': np.__version__}))
`

/** The same rules on int64 arrays by numpy, one thread; passed over where python3 with numpy is not installed. */
function comparePeer(
  folder: string,
  columns: PaycheckColumns,
  laws: CompiledLaws,
  tax: Float64Array,
  emit: (line: Line) => void,
): void {
  for (const [name, values] of Object.entries({ ...columns, brackets: laws.brackets, line1g: laws.line1g }))
    writeFileSync(
      join(folder, `${name}.bin`),
      new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    )
  if (spawnSync('python3', ['-c', 'import numpy']).status !== 0) return
  const periods = JSON.stringify(PAY_FREQUENCIES.map((name) => PAY_PERIODS[name]))
  const run = spawnSync('python3', ['-c', NUMPY, folder, periods], {
    encoding: 'utf8',
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  })
  if (run.status !== 0) throw new Error(run.stderr)
  const peer = JSON.parse(run.stdout) as { rate: number; sum: number; numpy: string }
  withholdColumns(columns, laws, tax)
  const same = tax.reduce((sum, value) => sum + value, 0) === peer.sum
  emit({
    name: 'withholding.columns.numpy',
    value: Math.round(peer.rate),
    unit: 'paychecks/s',
    note: `numpy ${peer.numpy}, the same columns, ${same ? 'equal totals' : 'TOTALS DIFFER'}`,
  })
}

async function benchCsv(
  folder: string,
  columns: PaycheckColumns,
  scratch: Float64Array,
  emit: (line: Line) => void,
): Promise<void> {
  await writeRun(join(folder, 'run.csv'), columns)
  const bytes = new Uint8Array(readFileSync(join(folder, 'run.csv')))
  const { rate, limit } = race(
    () => priceCsv(bytes, scratch),
    () => {
      scratch[0] = readCsv(bytes)
    },
  )
  emit({
    name: 'withholding.csv',
    value: rate,
    unit: 'paychecks/s',
    note: `CSV of ${Math.round(bytes.length / ROWS)} bytes a row in memory to tax`,
  })
  emit({
    name: 'withholding.csv.limit',
    value: limit,
    unit: 'rows/s',
    note: 'a plain loop that only reads the columns of the same bytes',
  })
  emit({
    name: 'withholding.csv.share',
    value: round(rate / limit),
    unit: 'of the limit',
    note: 'goal: at least 0.33',
  })
}

function priceCsv(bytes: Uint8Array, tax: Float64Array): void {
  let pricer: RowPricer | undefined
  let rows = 0
  const reader = new CsvReader()
  const names =
    'employee_ref,agency,year,pay_frequency,wages,rounding,filing_status,step2_checkbox,step3,step4a,step4b,step4c'
  const fault = reader.read(bytes, true, (row) => {
    if (pricer === undefined) {
      const places = placePaycheck(names.split(','))
      if (!places.ok) return places.error
      pricer = rowPricer(places.value, 'cent')
      return undefined
    }
    const found = pricer.tax(row)
    if (typeof found !== 'number') return found
    tax[rows++] = found
    return undefined
  })
  if (fault || rows !== ROWS) throw new Error(JSON.stringify(fault ?? rows))
}

/** Every byte once: digits make numbers, other bytes are added, a comma or line end closes a column. */
function readCsv(bytes: Uint8Array): number {
  let sum = 0
  let value = 0
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number
    if (byte === 44 || byte === 10) {
      sum += value
      value = 0
    } else if (byte >= 48 && byte <= 57) value = value * 10 + byte - 48
    else value += byte
  }
  return sum
}

async function writeRun(path: string, c: PaycheckColumns): Promise<void> {
  const file = createWriteStream(path)
  file.write(
    'employee_ref,agency,year,pay_frequency,wages,rounding,filing_status,step2_checkbox,step3,step4a,step4b,step4c\n',
  )
  const money = (amount: number | undefined = 0) => (amount / 100).toFixed(amount % 100 === 0 ? 0 : 2)
  for (let i = 0; i < ROWS; i++) {
    const table = c.table[i] ?? 0
    const row = [
      `E${String(i).padStart(7, '0')}`,
      `agency ${i % 80}`,
      2020 + Math.floor(table / 6),
      PAY_FREQUENCIES[c.pay_frequency[i] ?? 0],
      money(c.wages[i]),
      (c.rounding[i] ?? 0) === 0 ? 'cent' : 'dollar',
      FILING_STATUSES[table % 3],
      String(table % 6 >= 3),
      money(c.step3[i]),
      money(c.step4a[i]),
      money(c.step4b[i]),
      money(c.step4c[i]),
    ]
    if (!file.write(`${row.join(',')}\n`)) await new Promise<void>((done) => file.once('drain', () => done()))
  }
  await new Promise<void>((done) => file.end(() => done()))
}

/** The command itself in a process of its own, from its start to the printed totals. */
function benchPayroll(file: string, emit: (line: Line) => void): void {
  // Linux counts the forking parent's memory into a child's `maxRSS`; `VmHWM` begins anew with the program.
  const program = `import { readFileSync } from 'node:fs'
    const peak = () => process.platform === 'linux'
      ? /VmHWM:\\s*(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]
      : process.resourceUsage().maxRSS
    process.on('exit', () => process.stderr.write('RSS ' + peak()))`
  const hook = `data:text/javascript,${encodeURIComponent(program)}`
  const start = performance.now()
  const run = spawnSync(
    process.execPath,
    ['--import', hook, 'dist/cli/main.js', 'withholding', 'payroll', file, '--json'],
    { encoding: 'utf8', cwd: PACKAGE_ROOT },
  )
  const seconds = (performance.now() - start) / 1000
  const found = /RSS (\d+)/.exec(run.stderr)
  if (run.status !== 0 || !found) throw new Error(run.stderr)
  const totals = JSON.parse(run.stdout) as { rows: number }
  emit({
    name: 'withholding.payroll',
    value: Math.round(totals.rows / seconds),
    unit: 'rows/s',
    note: `${totals.rows} rows from CSV to totals, process start included`,
  })
  emit({
    name: 'withholding.payroll.memory',
    value: Math.round(Number(found[1]) / 1024),
    unit: 'MB',
    note: 'largest resident size; goal: under 300',
  })
}
