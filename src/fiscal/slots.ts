import { divisionOfState, type Usps } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import type { Lang } from '../ui/index.ts'
import { listDisruptions } from './disruption-store.ts'
import { asked } from './pages/parts.tsx'
import { estimatesSection, homeMapOf, recordSection, stateSentence, Tiles } from './pages/slots.tsx'
import { gdpText } from './pages/state.tsx'
import { loadPosition, todayOf } from './position-store.ts'
import { loadFigures } from './store.ts'

/** What this room adds to the registry's pages: the sentence, figures and sections of a state, and the home map. */
export function fiscalSlots(shell: Shell) {
  const ask = async (lang: Lang) => asked(lang, await loadFigures(shell.db), todayOf(shell))
  const both = (usps: Usps, lang: Lang) => Promise.all([ask(lang), loadPosition(shell, usps)])
  return {
    stateSentence: async (usps: Usps, lang: Lang) => stateSentence(...(await both(usps, lang))),
    stateNote: async (usps: Usps, lang: Lang) => gdpText(await ask(lang), usps),
    stateFigures: async (usps: Usps, lang: Lang) => {
      const [a, position] = await both(usps, lang)
      const held = position.estimates.length > 0 || position.exposure !== undefined
      return held && a.figures.latest(divisionOfState(usps), 'bea_macro', 'population')
        ? Tiles(a, position)
        : undefined
    },
    stateSections: async (usps: Usps, lang: Lang) => {
      const section = estimatesSection(...(await both(usps, lang)))
      return section ? [section] : []
    },
    recordSection: async (id: string, lang: Lang) => {
      const found = await listDisruptions(shell.db, { record_id: id })
      return found.length === 0 ? undefined : recordSection(await ask(lang), found, todayOf(shell))
    },
    homeMap: async (lang: Lang) => homeMapOf(await ask(lang)),
  }
}
