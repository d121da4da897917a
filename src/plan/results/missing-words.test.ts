import { expect, test } from 'vitest'
import { missingText } from './missing-words.ts'

test.each([
  [['G.procurement: no figure'], 'en', 'no figures on federal contracts in the tables loaded'],
  [
    ['Y: x', 'X: y'],
    'es',
    'sin datos de producto interno bruto; impuestos federales recaudados en las tablas cargadas',
  ],
  [['all inputs'], 'en', 'none of its figures is loaded'],
  [['all inputs'], 'es', 'ninguna de sus cifras está cargada'],
] as const)('%j in %s', (missing, lang, says) => {
  expect(missingText(missing, lang)).toBe(says)
})
