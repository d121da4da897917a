import { expect, test } from 'vitest'
import { ConditionChip, ConfidenceChip, Doubt, StatusChip, TierChip } from './chips.tsx'

const text = (html: { toString(): string }) => String(html).replaceAll(/<[^>]+>/g, '')

test('every chip carries its word beside its sign', () => {
  expect(text(<StatusChip lang="en" kind="measure" status="enjoined" />)).toBe('Enjoined')
  expect(text(<StatusChip lang="es" kind="measure" status="enjoined" />)).toBe('Suspendida por un tribunal')
  expect(text(<TierChip lang="en" tier="likely-preempted" />)).toBe('Likely preempted')
  expect(text(<ConfidenceChip lang="en" confidence="low" />)).toBe('Low confidence')
  expect(text(<ConditionChip lang="en" condition={{ stands: 'part', have: 2, want: 3 }} />)).toBe('2 of 3')
  expect(text(<ConditionChip lang="es" condition={{ stands: 'missing' }} />)).toBe('Falta')
})

test('signs are decoration: the word is what a screen reader hears', () => {
  expect(String(<StatusChip lang="en" kind="lawsuit" status="pending" />)).toContain('<svg')
  expect(String(<StatusChip lang="en" kind="lawsuit" status="pending" />)).toContain('aria-hidden="true"')
})

test('an unknown status still says its word', () => {
  expect(text(<StatusChip lang="en" kind="measure" status="in-committee" />)).toBe('In committee')
})

test('a doubt opens the note of its field, and is plain text without one', () => {
  const open = String(
    <Doubt id="d1" note="Two sources give two amounts.">
      amount unverified
    </Doubt>,
  )
  expect(open).toContain('popovertarget="d1"')
  expect(open).toContain('id="d1" popover="auto"')
  expect(open).toContain('Two sources give two amounts.')
  expect(String(<Doubt id="d2">7 years old</Doubt>)).not.toContain('button')
})

test('words from records cannot write markup', () => {
  expect(String(<StatusChip lang="en" kind="measure" status="<script>" />)).not.toContain('<script>')
})
