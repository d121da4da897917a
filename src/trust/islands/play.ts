/*
 * Plays the days of a rehearsal one after another. Without it each day is a page with links to the days beside it; this
 * adds one button that follows those links, puts the next day in the place of this one, and stops when asked.
 */

const PAUSE_MILLIS = 1_600

let timer: ReturnType<typeof setTimeout> | undefined

const steps = (): HTMLElement | null => document.querySelector('[data-play]')

function addButton(isPlaying: boolean): void {
  const nav = steps()
  const row = nav?.querySelector('.buttons')
  if (!nav || !row) return
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'button outline'
  button.textContent = (isPlaying ? nav.dataset.pause : nav.dataset.start) ?? ''
  button.addEventListener('click', () => (isPlaying ? pause() : play()))
  row.append(button)
  if (isPlaying) button.focus({ preventScroll: true })
}

function renew(isPlaying: boolean): void {
  steps()?.querySelector('button')?.remove()
  addButton(isPlaying)
}

function pause(): void {
  clearTimeout(timer)
  timer = undefined
  renew(false)
  steps()?.querySelector('button')?.focus({ preventScroll: true })
}

function play(): void {
  renew(true)
  timer = setTimeout(next, PAUSE_MILLIS)
}

/** Fetches the next day and puts it in the place of this one; a failure leaves the links, which still work. */
async function next(): Promise<void> {
  const to = steps()?.dataset.play
  if (to === undefined) return pause()
  try {
    const answer = await fetch(to)
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const [now, then] = [document.querySelector('main'), page.querySelector('main')]
    if (!answer.ok || !now || !then || timer === undefined) return pause()
    const top = steps()?.getBoundingClientRect().top ?? 0
    now.replaceChildren(...then.childNodes)
    document.title = page.title
    history.replaceState(null, '', to)
    // The steps stay where the eye is, whatever stands above them on the new day.
    window.scrollBy({ top: (steps()?.getBoundingClientRect().top ?? top) - top, behavior: 'instant' })
    if (steps()) play()
  } catch {
    pause()
  }
}

addButton(false)
