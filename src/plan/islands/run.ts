/** Moves the bar of a run that is on its way, and opens its results. Without it the page renews itself. */
interface Status {
  readonly state: 'waiting' | 'running' | 'done' | 'cancelled' | 'failed' | 'unknown'
  readonly part_done: number
  /** How far it is, in the page's language. */
  readonly text: string
}

const BETWEEN_MS = 400
const MOST_FAILURES = 20

async function watch(place: HTMLElement): Promise<void> {
  const bar = place.querySelector('progress')
  const line = place.querySelector('.run-stage')
  const { status: path = '', results = '' } = place.dataset
  for (let failures = 0; failures < MOST_FAILURES; ) {
    await new Promise((done) => setTimeout(done, BETWEEN_MS))
    const status = await read(path)
    failures = status ? 0 : failures + 1
    if (!status) continue
    if (bar) bar.value = 1000 * status.part_done
    if (line && line.textContent !== status.text) line.textContent = status.text
    if (status.state === 'done') return location.replace(results)
    if (status.state !== 'waiting' && status.state !== 'running') break
  }
  location.reload()
}

const read = (path: string): Promise<Status | undefined> =>
  fetch(path)
    .then((answer) => (answer.ok ? (answer.json() as Promise<Status>) : undefined))
    .catch(() => undefined)

const place = document.querySelector<HTMLElement>('.run-progress')
if (place) void watch(place)
