import type { Lang } from '../ui/index.ts'

interface Words {
  readonly titles: Readonly<Record<number, string>>
  readonly explanations: Readonly<Record<number, string>>
  readonly other: string
  readonly near: string
  readonly home: string
  readonly search: string
  readonly code: string
}

export const WORDS: Readonly<Record<Lang, Words>> = {
  en: {
    titles: {
      400: 'This address cannot be read',
      404: 'There is no page here',
      405: 'This cannot be done here',
      413: 'This is too large',
      414: 'This address is too long',
      429: 'Too many requests',
      500: 'Tenth made a mistake',
      503: 'Tenth cannot answer just now',
    },
    explanations: {
      400: 'The address or the form holds something that is not text.',
      404: 'The address may be mistyped. No record is ever deleted: search for it.',
      405: 'The page exists, but does not take this kind of request.',
      413: 'Nothing of it was saved. Send less at once.',
      414: 'Shorten it, or start from the search.',
      429: 'This address has asked too often. Wait a moment and try again.',
      500: 'Nothing was half saved. The operator finds the mistake in the log.',
      503: 'Nothing that was saved before is lost. Try again in a few seconds.',
    },
    other: 'This request was refused',
    near: 'Did you look for one of these?',
    home: 'Home page',
    search: 'Search',
    code: 'Code for a report',
  },
  es: {
    titles: {
      400: 'No se puede leer esta dirección',
      404: 'Aquí no hay ninguna página',
      405: 'Aquí no se puede hacer eso',
      413: 'Es demasiado grande',
      414: 'Esta dirección es demasiado larga',
      429: 'Demasiadas solicitudes',
      500: 'Tenth cometió un error',
      503: 'Tenth no puede responder en este momento',
    },
    explanations: {
      400: 'La dirección o el formulario contiene algo que no es texto.',
      404: 'Puede que la dirección esté mal escrita. Ningún registro se borra: búsquelo.',
      405: 'La página existe, pero no acepta este tipo de solicitud.',
      413: 'No se guardó nada. Envíe menos de una vez.',
      414: 'Acórtela o empiece por el buscador.',
      429: 'Esta dirección ha preguntado demasiadas veces. Espere un momento e inténtelo de nuevo.',
      500: 'Nada quedó guardado a medias. El operador encontrará el error en el registro.',
      503: 'No se ha perdido nada de lo guardado. Inténtelo de nuevo en unos segundos.',
    },
    other: 'Esta solicitud fue rechazada',
    near: '¿Buscaba alguno de estos?',
    home: 'Página de inicio',
    search: 'Buscar',
    code: 'Código para un informe',
  },
}
