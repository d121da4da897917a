const END_OF_ROWS = Buffer.from('\n\\.\n')
const ONLY_END = Buffer.from('\\.\n')
/** No line of our own is longer; a header of thousands of tables is far below it. */
const LONGEST_LINE = 16_000_000

/** Reads a backup's text piece by piece: lines of JSON, and between them the rows of a table as they are. */
export class BackupText {
  readonly #source: AsyncIterator<Buffer>
  readonly #seen: (bytes: Buffer) => void
  #rest: Buffer = Buffer.alloc(0)

  /** @param seen told every byte that was taken, in order */
  constructor(source: AsyncIterable<Buffer>, seen: (bytes: Buffer) => void) {
    this.#source = source[Symbol.asyncIterator]()
    this.#seen = seen
  }

  /** The next line without its end; undefined when the text is over. */
  async line(options: { readonly isCounted?: boolean } = {}): Promise<string | undefined> {
    let end = this.#rest.indexOf(10)
    while (end < 0) {
      if (this.#rest.length > LONGEST_LINE || !(await this.#more())) return undefined
      end = this.#rest.indexOf(10)
    }
    const bytes = this.#rest.subarray(0, end + 1)
    if (options.isCounted !== false) this.#seen(bytes)
    this.#rest = this.#rest.subarray(end + 1)
    return bytes.subarray(0, end).toString('utf8')
  }

  /** A table's rows, up to and without the line `\.`, which COPY never writes as data: it writes `\\.`. */
  async *rows(): AsyncGenerator<Buffer> {
    while (this.#rest.length < ONLY_END.length)
      if (!(await this.#more())) throw new Error('the text ends in a table')
    if (this.#rest.subarray(0, ONLY_END.length).equals(ONLY_END)) return this.#skip(ONLY_END.length)
    for (;;) {
      const end = this.#rest.indexOf(END_OF_ROWS)
      if (end >= 0) {
        yield this.#take(end + 1)
        return this.#skip(ONLY_END.length)
      }
      // The end may lie across two pieces: three bytes stay back.
      const sure = this.#rest.length - (END_OF_ROWS.length - 1)
      if (sure > 0) yield this.#take(sure)
      if (!(await this.#more())) throw new Error('the text ends in a table')
    }
  }

  #take(length: number): Buffer {
    const bytes = this.#rest.subarray(0, length)
    this.#seen(bytes)
    this.#rest = this.#rest.subarray(length)
    return bytes
  }

  #skip(length: number): void {
    this.#take(length)
  }

  async #more(): Promise<boolean> {
    const { done, value } = await this.#source.next()
    if (done) return false
    this.#rest = this.#rest.length === 0 ? value : Buffer.concat([this.#rest, value])
    return true
  }
}
