import { serveUntilStopped } from './serve.tsx'

process.exit(await serveUntilStopped(process.env))
