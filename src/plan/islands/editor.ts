import { focusAfter, focusAgain } from './editor/focus.ts'
import { patchFields, patchPart, patchSummary } from './editor/patch.ts'

/*
 * Adds to the plan editor, which works without it: rows come and go without a new page, the check runs while one
 * writes, and leaving with changes asks first. Every answer is the page that the server draws for everyone.
 */

const REST_MS = 700
/** Choices that change which fields are asked for. */
const SHAPING = /(^members$|\.kind$|\.playbook_type$|\.members$)/

const touched = new Set<string>()
let edits = 0
let isUnsaved = false
let isLeaving = false
let resting: ReturnType<typeof setTimeout> | undefined

const editor = () => document.querySelector<HTMLFormElement>('form[data-plan-editor]')

function say(words: string): void {
  const status = document.querySelector('[data-live-status]')
  if (status && status.textContent !== words) status.textContent = words
}

/** Sends the form as the button would, and reads the page that comes back. */
async function send(
  form: HTMLFormElement,
  act: string,
  address = form.action,
): Promise<Response | undefined> {
  const body = new FormData(form)
  body.set('do', act)
  try {
    return await fetch(address, { method: 'POST', body })
  } catch {
    say(form.dataset.away ?? '')
    return undefined
  }
}

const pageOf = async (answer: Response): Promise<Document> =>
  new DOMParser().parseFromString(await answer.text(), 'text/html')

/** Draws the page anew; what was typed while the answer was under way is sent again first. */
async function act(form: HTMLFormElement, value: string, address?: string): Promise<void> {
  const [sentAt, from] = [edits, document.activeElement?.id ?? '']
  const answer = await send(form, value, address)
  if (!answer) return
  if (answer.redirected) {
    isLeaving = true
    location.assign(answer.url)
    return
  }
  if (edits !== sentAt && value === 'show') return act(form, value)
  const page = await pageOf(answer)
  const [main, other] = [document.querySelector('main'), page.querySelector('main')]
  if (!main || !other) return
  document.title = page.title
  const [words, asked] = [statusIn(page), other.querySelector<HTMLElement>('[autofocus]')]
  asked?.removeAttribute('autofocus')
  main.replaceChildren(...other.childNodes)
  begin()
  if (asked) asked.focus()
  else if (value === 'show') focusAgain(from, main)
  else focusAfter(value, main)
  // A status is read out when it changes, not when it comes with the page.
  say('')
  requestAnimationFrame(() => say(words))
}

const statusIn = (page: ParentNode): string => page.querySelector('[data-live-status]')?.textContent ?? ''

/** Checks what is written without drawing it anew. */
async function check(form: HTMLFormElement): Promise<void> {
  const sentAt = edits
  const answer = await send(form, 'live')
  if (!answer || edits !== sentAt) return
  const page = await pageOf(answer)
  const isAsked = form.querySelector('input[name=checked]') !== null
  patchFields(form, page, (name) => isAsked || touched.has(name))
  patchPart(form, page, '#rail-body')
  patchSummary(document, page)
  say(statusIn(page))
}

function onEdit(event: Event): void {
  const form = editor()
  const { name } = event.target as HTMLInputElement
  if (!form || name === 'new_type' || name === 'upload') return
  edits++
  isUnsaved = true
  if (event.type === 'change') touched.add(name)
  clearTimeout(resting)
  if (event.type === 'change' && SHAPING.test(name)) void act(form, 'show')
  else resting = setTimeout(() => void check(form), REST_MS)
}

function onSubmit(event: SubmitEvent): void {
  const form = editor()
  const button = event.submitter
  if (!form || event.target !== form || !(button instanceof HTMLButtonElement)) return
  clearTimeout(resting)
  // Files come and go as the browser does it.
  if (button.value === 'download' || button.value === 'read-file') {
    isLeaving = true
    setTimeout(() => {
      isLeaving = false
    }, 1000)
    return
  }
  event.preventDefault()
  if (button.dataset.act !== undefined) isUnsaved = true
  void act(form, button.value, button.value === 'save' ? button.formAction : undefined)
}

/** Alt with an arrow moves the measure or the line that one is in. */
function onKey(event: KeyboardEvent): void {
  const way = { ArrowUp: 'up', ArrowDown: 'down' }[event.key]
  if (!event.altKey || way === undefined) return
  const row = (event.target as HTMLElement).closest<HTMLElement>('[data-row]')
  const button = row?.querySelector<HTMLButtonElement>(`button[value="${way}:${row.dataset.row}"]`)
  if (!button) return
  event.preventDefault()
  button.click()
}

/** A fault of the file leads to its line. */
function onClick(event: MouseEvent): void {
  const link = (event.target as HTMLElement).closest('.error-summary a[href="#f-text"]')
  const text = document.querySelector<HTMLTextAreaElement>('#f-text')
  const line = Number(/\d+/.exec(link?.textContent ?? '')?.[0] ?? 0)
  if (!link || !text || line < 1) return
  event.preventDefault()
  const lines = text.value.split('\n')
  const start = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0)
  text.focus()
  text.setSelectionRange(start, start + (lines[line - 1] ?? '').length)
}

function onLeave(event: BeforeUnloadEvent): void {
  if (isUnsaved && !isLeaving) event.preventDefault()
}

function begin(): void {
  editor()?.setAttribute('data-live', '')
}

if (editor()) {
  begin()
  isUnsaved = editor()?.querySelector('input[name=checked]') !== null
  document.addEventListener('input', onEdit)
  document.addEventListener('change', onEdit)
  document.addEventListener('submit', onSubmit)
  document.addEventListener('keydown', onKey)
  document.addEventListener('click', onClick)
  addEventListener('beforeunload', onLeave)
}
