import { raw } from 'hono/html'
import { Patterns } from '../../ui/index.ts'
import { briefLook } from '../brief/look-files.ts'
import { type SheetProps, Sheets } from './brief-sheets.tsx'

export type Paper = 'letter' | 'a4'

/** The brief as one file that needs nothing else: what is printed, and what a person can keep. */
export function briefHtml(props: SheetProps, paper: Paper): string {
  const { brief, lang, w } = props
  return String(
    <>
      {raw('<!doctype html>')}
      <html lang={lang}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>{`${w.name}: ${brief.plan.title}`}</title>
          <style>{raw(briefLook())}</style>
        </head>
        <body>
          <Patterns />
          <main class="wrap">
            <div class={paper}>
              <Sheets {...props} />
            </div>
          </main>
        </body>
      </html>
    </>,
  )
}
