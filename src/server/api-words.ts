import type { Lang } from '../ui/index.ts'

interface ApiWords {
  readonly title: string
  readonly lead: string
  readonly description: string
  readonly problems: string
  readonly problemsTitle: string
  readonly problemsLead: string
  readonly answers: string
  readonly required: string
  readonly places: Readonly<Record<string, string>>
}

export const API_WORDS: Readonly<Record<Lang, ApiWords>> = {
  en: {
    title: 'API',
    lead: 'Everything that a page shows, as JSON and CSV. No key is needed. Every answer has an ETag. Money is a decimal string of whole cents.',
    description: 'OpenAPI 3.1 description, for programs',
    problems: 'Problem codes, and what to do about each',
    problemsTitle: 'Problems',
    problemsLead:
      'Errors are problem details (RFC 9457). The code is stable: a program may decide by it; the words may change.',
    answers: 'Answers',
    required: 'required',
    places: { path: 'in the path', query: 'in the query', header: 'header', cookie: 'cookie' },
  },
  es: {
    title: 'API',
    lead: 'Todo lo que muestra una página, en JSON y CSV. No hace falta clave. Cada respuesta lleva un ETag. El dinero es una cadena decimal de centavos enteros.',
    description: 'Descripción OpenAPI 3.1, para programas',
    problems: 'Códigos de error y qué hacer con cada uno',
    problemsTitle: 'Errores',
    problemsLead:
      'Los errores siguen RFC 9457. El código es estable: un programa puede decidir según él; las palabras pueden cambiar.',
    answers: 'Respuestas',
    required: 'obligatorio',
    places: { path: 'en la ruta', query: 'en la consulta', header: 'cabecera', cookie: 'cookie' },
  },
}
