/** The part of autocannon 9 that the benchmarks use; the package brings no types. */
declare module 'autocannon' {
  interface Options {
    readonly url: string
    readonly connections: number
    readonly duration: number
    readonly overallRate: number
    readonly headers?: Readonly<Record<string, string>>
  }
  interface Result {
    readonly non2xx: number
    readonly errors: number
  }
  interface Instance extends PromiseLike<Result> {
    on(
      event: 'response',
      seen: (client: unknown, status: number, bytes: number, responseMillis: number) => void,
    ): this
  }
  const autocannon: (options: Options) => Instance
  // biome-ignore lint/style/noDefaultExport: this is what the package has
  export default autocannon
}
