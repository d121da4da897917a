import { canonicalJson, type Json } from '../../base/index.ts'
import type { Shell } from '../../db/index.ts'
import type { Lang } from '../../ui/index.ts'
import { sha256Of } from '../documents/documents.ts'
import { findPlan, listPlanVersions } from '../documents/store.ts'
import { readGroundwork } from '../files.ts'
import { briefHtml, type Paper } from '../pages/brief-document.tsx'
import type { StoredRun } from '../runs/runs.ts'
import { loadPlanFacts, type PlanFacts } from '../store.ts'
import { type Brief, type BriefVersion, briefOf } from './brief.ts'
import { pagesOf } from './layout.ts'
import type { Sheet } from './print-files.ts'
import { briefWords } from './words.ts'
import { residentsOf, workbookOf } from './workbook.ts'
import { xlsxOf } from './xlsx-files.ts'

/** A brief with all that its files are made from. */
export interface MadeBrief {
  readonly brief: Brief
  readonly run: StoredRun
  readonly facts: PlanFacts
}

export function makeBrief(run: StoredRun, document: BriefVersion, facts: PlanFacts): MadeBrief {
  const brief = briefOf({ run, document, book: facts.book, groundwork: readGroundwork() })
  return { brief, run, facts }
}

/** The brief of a kept run, with the version of the document that the run was of. */
export async function loadBrief(shell: Pick<Shell, 'db'> & Shell, run: StoredRun): Promise<MadeBrief> {
  return makeBrief(run, await versionOf(shell, run), await loadPlanFacts(shell))
}

/** Versions that are looked through for the one of a run, the newest first. */
const MOST_VERSIONS = 100

async function versionOf(shell: Shell, { ground }: StoredRun): Promise<BriefVersion> {
  const asked = canonicalJson(plainOf(ground.plan))
  const versions = await listPlanVersions(shell, ground.plan.id)
  const numbers = [undefined, ...versions.slice(1, MOST_VERSIONS).map(({ version }) => version)]
  for (const number of numbers) {
    const document = await findPlan(shell, ground.plan.id, number)
    if (document?.read.ok && canonicalJson(plainOf(document.read.value.plan)) === asked)
      return { origin: document.origin, version: document.version, sha256: document.sha256 }
  }
  return { origin: 'file', version: 0, sha256: sha256Of(asked) }
}

const plainOf = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json

export const htmlOf = ({ brief }: MadeBrief, lang: Lang, paper: Paper, less = 0): string => {
  const w = briefWords(lang)
  return briefHtml({ brief, pages: pagesOf(brief, lang, w, less), lang, w }, paper)
}

/** What a press prints. */
export const sheetOf = (made: MadeBrief, lang: Lang, paper: Paper): Sheet => ({
  html: (less) => htmlOf(made, lang, paper, less),
  title: `${briefWords(lang).name}: ${made.brief.plan.title}`,
  lang,
  at: made.brief.stamp.made_at,
})

export const tableOf = ({ brief, run, facts }: MadeBrief, lang: Lang): Promise<Uint8Array> =>
  xlsxOf(workbookOf(brief, run.results, residentsOf(facts.book, run.results), briefWords(lang)))
