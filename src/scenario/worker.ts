import { parentPort, workerData } from 'node:worker_threads'
import type { Summariser } from './figures.ts'
import { openPart, type Part, simulateBlock, summariseBlock, summariserOf } from './run.ts'
import type { WorkerAnswer, WorkerOrder, WorkerStart } from './run-workers.ts'
import { evaluateRows } from './sensitivity.ts'

/*
 * The thread of one worker: it holds the state of its draws from block to block, and writes into memory that all
 * workers share, each where no other writes.
 */

const start = workerData as WorkerStart
let part: Part | undefined
let summariser: Summariser | undefined

parentPort?.on('message', (order: WorkerOrder) => {
  obey(order)
  parentPort?.postMessage({ done: order.step } satisfies WorkerAnswer)
})

function obey(order: WorkerOrder): void {
  if (start.study !== undefined) {
    evaluateRows(start.study, order.from, order.to - order.from)
    return
  }
  part ??= openPart(start.run, start.first, start.count)
  summariser ??= summariserOf(start.run)
  if (order.step === 'simulate') simulateBlock(start.run, part, order.from, order.to)
  else summariseBlock(start.run, summariser, order.from, order.to, start.worker, start.workers)
}
