/** Adds to the plan editor, which works without it. */
const form = document.querySelector<HTMLFormElement>('form[data-plan-editor]')
form?.setAttribute('data-live', '')
