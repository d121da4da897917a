// `npm start`, `npm test`, `npm run bench`: make the clone ready, then do the thing. Only Node's own modules before that.
import './node-version.mjs'

import('./tasks.mjs').then(({ runTask }) => runTask(process.argv.slice(2)))
