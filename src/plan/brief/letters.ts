/**
 * How many lines a text takes on paper, known before anything is printed: letters have the advance widths of the fonts
 * that the look ships, and words break where a browser breaks them.
 */

/** Thousandths of the font size, each the width of the letters beside it. */
type Widths = Readonly<Record<number, string>>

/** Advance widths of Public Sans 400 and 700 and of Merriweather 900 (their tables `hmtx`), to the nearest five. */
const REGULAR: Widths = {
  220: '`ʻ',
  225: '.:',
  230: '·’',
  240: ',;í‘',
  245: ' \u00a0',
  250: "!'i¡",
  265: 'j|',
  285: 'IÍ',
  305: '([]l',
  310: ')',
  315: '•',
  330: '{}',
  350: '/\\',
  380: '-',
  390: 'Jrt',
  395: '*f',
  405: '1º',
  410: 'ª”',
  420: '“',
  425: '"',
  455: '«',
  465: '°',
  475: '^',
  480: 'z»',
  490: '§',
  505: 'sv',
  520: '?_¿',
  535: 'y',
  540: '×',
  545: '<>c¢',
  555: '+=aá÷−–±',
  560: 'k',
  565: 'eoxéó',
  570: '~',
  575: 'hnñ',
  580: 'Luúü',
  595: '2FTbdpq',
  600: '7€',
  605: '#Y',
  610: '0',
  620: 'EÉ',
  625: '69g',
  630: '34',
  635: 'PZ',
  640: '5',
  650: '8',
  660: '$',
  670: 'B',
  675: 'RSV',
  680: 'K',
  690: 'CX',
  695: 'D',
  700: 'UÚÜ',
  710: '&AÁ',
  735: 'GOÓ',
  750: 'Q',
  755: 'NÑ',
  765: 'H',
  770: '…',
  785: 'w',
  790: '¼',
  815: '©',
  830: '@',
  865: 'm½',
  885: 'M',
  905: '%',
  920: '¾',
  955: 'W',
  1115: '—',
}

const BOLD: Widths = {
  225: ' \u00a0',
  255: 'ʻ',
  260: "'·’",
  265: '`ií‘',
  270: '.:|',
  275: ',',
  280: '!;',
  285: '¡',
  290: 'j',
  310: 'IÍ',
  330: 'l',
  335: '()[]',
  355: '•',
  380: '/\\',
  385: '{}',
  395: '-f',
  400: 'J',
  405: 'ªº',
  410: 'r',
  415: 't',
  430: '1',
  475: '*°',
  480: '"“”',
  485: '^',
  495: 'z',
  500: '«',
  510: '»',
  515: '§',
  520: 'v',
  530: 's',
  535: '?',
  545: 'c¿',
  555: '_',
  560: '¢',
  565: 'ayá',
  575: 'eoéó×',
  580: '<>Lk',
  590: '+=x÷−±',
  595: 'hnuúüñ–',
  605: 'pq',
  610: 'bd~',
  615: '#FT',
  625: '7',
  630: 'g',
  635: '2EÉ',
  645: '0',
  650: '€',
  655: '4P',
  660: '69',
  665: '3',
  670: '8YZ',
  675: '5',
  680: '$',
  685: 'B',
  695: 'RS',
  705: 'V',
  715: 'KX',
  720: 'CD',
  725: 'AUÁÚÜ',
  760: 'GOÓ',
  770: 'H',
  775: 'Q',
  780: 'NÑ',
  785: '&',
  795: 'w',
  830: '@©¼',
  895: 'm…',
  900: '½',
  920: 'M',
  940: '%',
  960: '¾',
  970: 'W',
  1150: '—',
}

const HEADING: Widths = {
  245: ' \u00a0',
  330: '.',
  335: ',`',
  340: ':;',
  350: '!jl¡',
  355: '·',
  365: 'ií',
  375: "'",
  395: '‘’',
  405: 'J',
  410: 't',
  420: 'f|',
  425: 'IÍ',
  430: '/\\•',
  435: '[]',
  455: '()',
  485: '1',
  490: 'r',
  525: '?¿°',
  530: 'c',
  535: '{}',
  540: 's',
  545: 'º',
  560: 'eé',
  565: 'z',
  575: '3avyáª',
  580: '¢',
  605: '7',
  615: '2S',
  620: 'oxó',
  625: 'Fq×',
  635: '-5bd',
  645: 'Lgp',
  650: 'uúü',
  655: '8=Z−',
  660: '"+EYÉ÷±',
  665: '9C^',
  670: '$<>k',
  675: '0',
  680: '*6P',
  685: '4h',
  690: '”',
  695: '§“',
  700: '~',
  705: 'nñ',
  710: 'V',
  715: 'AÁ',
  730: 'X€',
  735: 'BOQÓ',
  740: 'T',
  745: '#RUÚÜ',
  750: 'G',
  765: 'D',
  770: '&',
  775: 'K',
  810: 'NÑ',
  820: '–',
  835: '_',
  840: 'w',
  845: 'H',
  960: '»',
  965: '«',
  995: '…',
  1040: 'Wm©',
  1055: 'M',
  1090: '@',
  1100: '%',
  1220: '¼¾',
  1225: '½',
  1230: '—',
}

/** Tabular figures and the dollar sign are all of one width. */
const FIGURE = 700
/** A letter that the fonts lack comes from another, at most this wide. */
const STRANGER = 1150

export type Face = 'regular' | 'bold' | 'heading'

const FACES: Readonly<Record<Face, ReadonlyMap<string, number>>> = {
  regular: tableOf(REGULAR),
  bold: tableOf(BOLD),
  heading: tableOf(HEADING),
}

function tableOf(widths: Widths): ReadonlyMap<string, number> {
  const pairs = Object.entries(widths).flatMap(([width, letters]) =>
    [...letters].map((letter) => [letter, Number(width)] as const),
  )
  return new Map([...pairs, ...[...'0123456789$'].map((figure) => [figure, FIGURE] as const)])
}

/** Width of a text on one line, in font sizes. */
export function widthOf(text: string, face: Face = 'regular'): number {
  const widths = FACES[face]
  let sum = 0
  for (const letter of text) sum += widths.get(letter) ?? STRANGER
  return sum / 1000
}

/**
 * The words of a text in lines, as a browser breaks them: at spaces, after hyphens, and anywhere in a word that is longer
 * than a line.
 * @param room width of a line in font sizes
 */
export function linesOf(text: string, room: number, face: Face = 'regular'): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of piecesOf(text, room, face)) {
    if (line !== '' && widthOf((line + piece).trimEnd(), face) > room) {
      lines.push(line.trimEnd())
      line = ''
    }
    line += piece
  }
  if (line.trim() !== '') lines.push(line.trimEnd())
  return lines
}

/** What is never parted: words with the space or the hyphen after them. */
function piecesOf(text: string, room: number, face: Face): readonly string[] {
  const pieces = text.trim().match(/[^\s-]*(?:-+|[^\S\u00a0]+|$)|\u00a0/g) ?? []
  return pieces
    .filter((piece) => piece !== '')
    .flatMap((piece) => (widthOf(piece.trimEnd(), face) <= room ? [piece] : lettersOf(piece, room, face)))
}

function lettersOf(word: string, room: number, face: Face): readonly string[] {
  const parts: string[] = []
  let part = ''
  for (const letter of word) {
    if (part !== '' && widthOf(part + letter, face) > room) {
      parts.push(part)
      part = ''
    }
    part += letter
  }
  return [...parts, part]
}
