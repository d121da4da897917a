import type { FC } from 'hono/jsx'
import { asset } from './assets.ts'

/** A script that adds to a page which works without it: `src/<room>/islands/<name>.ts`. */
export const Island: FC<{ room: string; name: string }> = ({ room, name }) => (
  <script type="module" src={asset(`islands/${room}-${name}.js`)} />
)
