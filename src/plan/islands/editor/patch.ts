/** A field or a group of boxes, as the page draws them. */
const WRAPPERS = '.field, fieldset.checks'

const controlsIn = (root: ParentNode): NodeListOf<HTMLElement> =>
  root.querySelectorAll<HTMLElement>('input[id], select[id], textarea[id]')

/**
 * Takes messages and hints of a checked page over into the one that is being written in, without touching what is
 * typed: only at fields that the writer has been in, unless a check was asked for.
 */
export function patchFields(now: ParentNode, checked: ParentNode, mayMark: (name: string) => boolean): void {
  for (const control of controlsIn(now)) {
    const answer = checked.querySelector<HTMLElement>(`#${CSS.escape(control.id)}`)
    const [own, other] = [control.closest<HTMLElement>(WRAPPERS), answer?.closest<HTMLElement>(WRAPPERS)]
    if (!answer || !own || !other) continue
    const hint = own.querySelector('.hint')
    const newHint = other.querySelector('.hint')
    if (hint && newHint && hint.textContent !== newHint.textContent) hint.textContent = newHint.textContent
    const isMarked = own.classList.contains('wrong')
    const error = other.querySelector<HTMLElement>('.field-error')
    if (isMarked || (error && mayMark((control as HTMLInputElement).name)))
      patchError(own, control, answer, error)
  }
}

function patchError(
  own: HTMLElement,
  control: HTMLElement,
  answer: HTMLElement,
  error: HTMLElement | null,
): void {
  const old = own.querySelector('.field-error')
  if ((old?.textContent ?? '') === (error?.textContent ?? '')) return
  old?.remove()
  own.classList.toggle('wrong', error !== null)
  for (const name of ['aria-invalid', 'aria-describedby']) {
    const value = answer.getAttribute(name)
    if (value === null) control.removeAttribute(name)
    else control.setAttribute(name, value)
  }
  if (error) (own.querySelector('.boxes') ?? control).before(error.cloneNode(true))
}

/** Exchanges a part of the page, unless the reader is in it. */
export function patchPart(now: ParentNode, checked: ParentNode, selector: string): void {
  const [own, other] = [now.querySelector(selector), checked.querySelector(selector)]
  if (own && other && !own.contains(document.activeElement)) own.replaceChildren(...other.childNodes)
}

/** Keeps the list of things to fix as it is now; it appears only where a check was asked for. */
export function patchSummary(now: ParentNode, checked: ParentNode): void {
  const [own, other] = [now.querySelector('.error-summary'), checked.querySelector('.error-summary')]
  if (!own) return
  // It was read out when it came; the status line tells the rest.
  own.removeAttribute('role')
  if (other) own.replaceChildren(...other.childNodes)
  else own.remove()
}
