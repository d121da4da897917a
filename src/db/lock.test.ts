import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { isStill, lifeOf } from './alive.ts'
import { liveLeases, takeLease } from './leases.ts'
import { underLock } from './lock.ts'

const folder = mkdtempSync(join(tmpdir(), 'tenth-lock-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Beyond what Linux (4194304) and macOS (99999) give out. */
const NOBODY = 99_999_999

test('law: of many who want in, one is in at a time, and each gets in once', async () => {
  const file = join(folder, 'many.lock')
  let inside = 0
  let most = 0
  const work = async () => {
    inside++
    most = Math.max(most, inside)
    await sleep(2)
    inside--
    return true
  }
  const done = await Promise.all(Array.from({ length: 25 }, () => underLock(file, work)))
  expect([most, done.filter((result) => result.ok).length]).toEqual([1, 25])
  expect(readdirSync(folder)).toEqual([])
})

test("a dead owner's lock counts as free; a living one's is waited for and then named", async () => {
  const file = join(folder, 'dead.lock')
  writeFileSync(file, JSON.stringify({ pid: NOBODY, life: `${NOBODY} long ago` }))
  expect(await underLock(file, async () => 'in')).toEqual({ ok: true, value: 'in' })
  writeFileSync(file, JSON.stringify({ pid: process.pid, life: lifeOf(process.pid) }))
  expect(await underLock(file, async () => 'in', 100)).toEqual({
    ok: false,
    error: { code: 'lock_held', file, pid: process.pid },
  })
  writeFileSync(file, JSON.stringify({ pid: process.pid, life: `${process.pid} another life of this id` }))
  expect((await underLock(file, async () => 'in', 1000)).ok).toBe(process.platform !== 'win32')
})

test('a failure inside sets the lock free', async () => {
  const file = join(folder, 'failed.lock')
  await expect(underLock(file, () => Promise.reject(new Error('inside')))).rejects.toThrow('inside')
  expect(await underLock(file, async () => 1)).toEqual({ ok: true, value: 1 })
})

test('leases of the dead, of an id given out again, and unreadable ones count for nothing', () => {
  const mine = takeLease(folder, { role: 'server', address: 'http://127.0.0.1:1' })
  const leases = join(folder, 'leases')
  writeFileSync(join(leases, `${NOBODY}-0.json`), JSON.stringify({ role: 'command', pid: NOBODY, life: 'x' }))
  writeFileSync(join(leases, '1-0.json'), JSON.stringify({ role: 'command', pid: 1, life: '1 another life' }))
  writeFileSync(join(leases, '2-0.json'), 'half wri')
  expect(liveLeases(folder)).toEqual([
    { role: 'server', address: 'http://127.0.0.1:1', pid: process.pid, life: lifeOf(process.pid) },
  ])
  expect(readdirSync(leases)).toHaveLength(1)
  mine.end()
  expect(liveLeases(folder)).toEqual([])
})

test('this process is alive, and it is itself', () => {
  expect(isStill(process.pid, lifeOf(process.pid) ?? '')).toBe(true)
  expect(lifeOf(NOBODY)).toBeUndefined()
})
