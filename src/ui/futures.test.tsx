import { expect, test } from 'vitest'
import { Fan } from './fan.tsx'
import { GainLoss } from './gain-loss.tsx'
import { HeldOwed } from './held-owed.tsx'
import { Lines } from './lines.tsx'
import { Squares } from './squares.tsx'
import { Tornado } from './tornado.tsx'

const axis = (value: number, digits: number) => `$${value.toFixed(digits)}`
const LABELS = { outer: '9 in 10', inner: '1 in 2', middle: 'median', beside: 'without' }
const TICKS = [{ at: 0, text: 'Jan 2027' }]
const all = (values: readonly number[]) => ({
  q05: values,
  q25: values,
  q50: values,
  q75: values,
  q95: values,
})
const row = (label: string, value: number) => ({
  ...{ label, value, low: value, high: value },
  ...{ text: String(value), range: '' },
})

const HARD: readonly (readonly [name: string, picture: unknown])[] = [
  [
    'a fan that never moves',
    <Fan
      name="n"
      axis={axis}
      ticks={TICKS}
      series={all([3, 3, 3])}
      beside={all([3, 3, 3])}
      labels={LABELS}
    />,
  ],
  ['a fan of one month', <Fan name="n" axis={axis} ticks={TICKS} series={all([2e9])} labels={LABELS} />],
  [
    'a fan of zeros',
    <Fan name="n" axis={axis} ticks={TICKS} series={all([0, 0])} labels={LABELS} fromZero />,
  ],
  [
    'nothing held',
    <HeldOwed name="n" axis={axis} ticks={TICKS} points={[{ held: 0, owed: 0 }]} held="h" owed="o" steps />,
  ],
  [
    'more owed than held',
    <HeldOwed
      name="n"
      axis={axis}
      ticks={TICKS}
      points={[
        { held: 1, owed: 4 },
        { held: 0, owed: 5 },
      ]}
      held="h"
      owed="o"
      note="all of it"
      moments={[{ at: 1, text: 'judged late' }]}
    />,
  ],
  [
    'a cause that moves nothing',
    <Tornado
      name="n"
      axis={axis}
      mean={0}
      rows={[
        {
          label: 'l',
          ends: [
            { value: 0, word: 'low' },
            { value: 0, word: 'high' },
          ],
        },
      ]}
    />,
  ],
  [
    'no gain and no loss',
    <GainLoss
      name="n"
      loses="l"
      gains="g"
      panels={[{ title: 't', note: '', scale: 's', rows: [row('a', 0)] }]}
    />,
  ],
  ['lines of one month', <Lines name="n" axis={axis} ticks={TICKS} lines={[{ label: 'a', values: [-1] }]} />],
]

test.each(HARD)(
  '%s is drawn with numbers only, inside its picture, three times but for squares',
  (_, picture) => {
    const html = String(picture)
    expect(html).not.toMatch(/NaN|Infinity|undefined|-\d+(\.\d+)?" height/)
    expect(html.match(/<svg/g)).toHaveLength(3)
    for (const [, width] of html.matchAll(/viewBox="0 0 (\d+) /g))
      expect([806, 600, 342]).toContain(Number(width))
    for (const [, x] of html.matchAll(/<text x="([-\d.]+)"/g)) {
      expect(Number(x)).toBeGreaterThanOrEqual(0)
      expect(Number(x)).toBeLessThanOrEqual(806)
    }
  },
)

test('owed is hatched and drawn over what is held, on the same axis', () => {
  const html = String(
    <HeldOwed name="n" axis={axis} ticks={TICKS} points={[{ held: 10, owed: 2 }]} held="h" owed="o" steps />,
  )
  expect(html.indexOf('held-area')).toBeLessThan(html.indexOf('url(#hatch-owed)'))
  expect(html.match(/class="zero"/g)).toHaveLength(3)
})

test('a hundred squares, each group with its own sign', () => {
  const html = String(
    <Squares
      name="48 minus, 38 blank, 14 plus"
      groups={[
        { sign: 'minus', count: 48, text: '48 worse' },
        { sign: 'blank', count: 38, text: '38 the same' },
        { sign: 'plus', count: 14, text: '14 better' },
      ]}
    />,
  )
  // Each sign once more in the key.
  for (const [sign, count] of [
    ['minus', 49],
    ['blank', 39],
    ['plus', 15],
  ] as const)
    expect(html.match(new RegExp(`class="square-${sign}"`, 'g'))).toHaveLength(count)
})

test('a loss stands left of the line and a gain right of it, as long as each other', () => {
  const html = String(
    <GainLoss
      name="n"
      loses="l"
      gains="g"
      panels={[{ title: 't', note: '', scale: 's', rows: [row('a', -5), row('b', 5)] }]}
    />,
  )
  const bars = [
    ...html.matchAll(/<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="18" class="(f-\w+)"/g),
  ]
  const [loss, gain] = bars
  expect([loss?.[3], gain?.[3]]).toEqual(['f-gives', 'f-plan'])
  expect(Number(loss?.[1]) + Number(loss?.[2])).toBeCloseTo(Number(gain?.[1]), 0)
  expect(Number(loss?.[2])).toBeCloseTo(Number(gain?.[2]), 0)
})
