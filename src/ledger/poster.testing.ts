import { connect } from '../db/index.ts'
import { CLIENTS, postUntilTheEnd } from './posting.testing.ts'

/** A process of its own that posts, so that a test can kill it: URL, round. */
const [url = '', round = '0'] = process.argv.slice(2)
const { db } = connect(url, CLIENTS)
await postUntilTheEnd(db, Number(round), 1)
