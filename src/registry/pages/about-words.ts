import type { Lang } from '../../ui/index.ts'

/** One part of a page of text: a heading, a sentence for the rail, and paragraphs or points. */
export interface Part {
  readonly id: string
  readonly title: string
  readonly rail: string
  readonly text: readonly string[]
}

interface AboutWords {
  readonly title: string
  readonly lede: string
  readonly parts: readonly Part[]
}

export const METHOD: Readonly<Record<Lang, AboutWords>> = {
  en: {
    title: 'How records are coded',
    lede: 'One rule for every party, written down, so that anyone can check a row or code the next one.',
    parts: [
      {
        id: 'rule',
        title: 'One rule',
        rail: 'A cannabis law, a firearm sanctuary and an immigration trust act are rows of one table.',
        text: [
          'A record is taken in when a source that we can open says who did what, where, and when. What counts is the act, not who did it or whether it was wise.',
          'The field “adopted by” names the party of the majority or of the officer that adopted a measure, where a source says so. It is a filter. It never sets a color, an order or a tier.',
          'Summaries are written by us in plain words: who did what. They carry no adjectives for officials and no forecast.',
          'No person is scored. No record is about a private person or a single officer.',
        ],
      },
      {
        id: 'status',
        title: 'Status',
        rail: 'How much has force now. The fill of the square says the same as the word.',
        text: [
          'A measure is “in effect” when it was adopted and its first day in force has come. It is “in effect, challenged” when a suit against it is open and no court has stopped it; “partly enjoined” or “enjoined” when a court has stopped part or all of it for now; “struck down” when a court has ended it.',
          '“Floated”, “planned”, “announced” and “proposed” have no force. “Historic” and “ended” had it once.',
          'A federal action is “blocked by a court” when all of it is stopped for now, “partly blocked” when some of it is, and “contested in court” when a suit is open and nothing is stopped.',
          'A lawsuit’s status is that of the dispute as a whole. “Preliminary relief granted” means that a court gave the plaintiffs an order before judgment. It is no judgment.',
          'Each status is as of a date. A status can be older than today; the date beside it says how old.',
        ],
      },
      {
        id: 'tier',
        title: 'Legal tier',
        rail: 'How sure the law is for measures of a type, not for one text.',
        text: [
          'Settled law: courts have upheld steps of this type, or the doctrine that supports them is not in dispute.',
          'Contested law: courts divide, a case is open, or the question has not been asked.',
          'Likely preempted: a court would probably hold that federal law prevails. Such types are listed so that their risk is seen.',
          'A measure shows the tier of its playbook type. A badly written text can fail in a settled type, and a careful one can stand in a contested type. The tier is information, not legal advice.',
        ],
      },
      {
        id: 'confidence',
        title: 'Confidence and doubt',
        rail: 'What the sources show, and what they do not.',
        text: [
          'High: the sources seen show the record. Medium: they show part of it. Low: the source is weak or indirect.',
          'A question mark stands beside each value that the text of the sources seen does not show. The value is kept, and marked, until a source shows it. “Amount unverified” is about the amount alone.',
          'Amounts are for all jurisdictions that a record names. A state’s share is not recorded unless a source gives it.',
        ],
      },
      {
        id: 'dates',
        title: 'Dates and “as of”',
        rail: 'A date is as precise as its source.',
        text: [
          'A date may be a year, a month or a day. It is never padded: “2025” stays a year, is drawn as a whole uncertain year, and is found by any search within that year.',
          'Every record has two times. When something was true, and when we recorded it. A correction or a change of status is a new version. Nothing is deleted.',
          '“As of” a day shows the records that had begun by then, each with its status on that day by the dates recorded. Where the dates do not settle it, the record is shown and marked, with the reason.',
          'On time lines, what lasts is drawn to the newest day on which any source spoke, not to today.',
        ],
      },
      {
        id: 'relations',
        title: 'Relations',
        rail: 'Stored once, shown from both ends.',
        text: [
          'A measure answers a federal action. A lawsuit challenges a measure or a federal action. A measure or a playbook type relies on doctrine, or is limited by it. A measure is an instance of a playbook type. It may be done within an alliance. A record may follow from another.',
          'A dispute and its dockets are separate: one lawsuit may have many dockets and appeals.',
          'A relation says that a source or the text links two records. It does not say that one caused the other.',
        ],
      },
      {
        id: 'counts',
        title: 'Counts',
        rail: 'A count of records is not a count of all that happened.',
        text: [
          'Counties and cities are counted with their state. A record that names several states is counted once for each.',
          'Zero means none recorded, which is not proof of none. Places that get more news have more records.',
          'Counts carry no judgment and no size: one record may be a resolution or a statute.',
        ],
      },
      {
        id: 'both',
        title: 'Both sides',
        rail: 'Same number of authorities, near the same length.',
        text: [
          'For and against are built by one rule from the doctrine that a record and its type name: the same number on each side, chosen so that both texts are as near in length as can be. The rest is named below them.',
          'Doctrine that helps a state of one party helps a state of the other, and is shown for both.',
        ],
      },
    ],
  },
  es: {
    title: 'Cómo se clasifican los registros',
    lede: 'Una sola regla para todos los partidos, por escrito, para que cualquiera pueda comprobar una fila o clasificar la siguiente.',
    parts: [
      {
        id: 'rule',
        title: 'Una sola regla',
        rail: 'Una ley sobre cannabis, un santuario de armas y una ley de confianza migratoria son filas de una misma tabla.',
        text: [
          'Un registro se admite cuando una fuente que podemos abrir dice quién hizo qué, dónde y cuándo. Cuenta el acto, no quién lo hizo ni si fue acertado.',
          'El dato «adoptada por» nombra el partido de la mayoría o del funcionario que adoptó la medida, cuando una fuente lo dice. Es un filtro. Nunca decide un color, un orden ni un nivel.',
          'Los resúmenes los escribimos nosotros con palabras sencillas: quién hizo qué. No llevan adjetivos para los funcionarios ni pronósticos.',
          'No se califica a ninguna persona. Ningún registro trata de un particular ni de un agente en concreto.',
        ],
      },
      {
        id: 'status',
        title: 'Situación',
        rail: 'Cuánto tiene vigor hoy. El relleno del cuadrado dice lo mismo que la palabra.',
        text: [
          'Una medida está «en vigor» cuando fue adoptada y ya llegó su primer día de vigencia. Está «en vigor, impugnada» cuando hay una demanda abierta y ningún tribunal la ha detenido; «suspendida» en parte o del todo cuando un tribunal la ha detenido por ahora; «anulada» cuando un tribunal le ha puesto fin.',
          'Lo sugerido, previsto, anunciado o propuesto no tiene vigor. Lo histórico y lo terminado lo tuvo.',
          'Una medida federal está «bloqueada por un tribunal» cuando está detenida del todo por ahora, «bloqueada en parte» cuando lo está una parte, e «impugnada ante un tribunal» cuando hay una demanda abierta y nada está detenido.',
          'La situación de una demanda es la de la disputa en conjunto. «Medida cautelar concedida» quiere decir que un tribunal dio una orden antes del fallo. No es un fallo.',
          'Cada situación lleva una fecha. Puede ser anterior a hoy; la fecha que la acompaña dice cuánto.',
        ],
      },
      {
        id: 'tier',
        title: 'Nivel legal',
        rail: 'Qué tan firme es el derecho para un tipo de medida, no para un texto.',
        text: [
          'Derecho establecido: los tribunales han confirmado pasos de este tipo, o la doctrina que los apoya no se discute.',
          'Derecho en disputa: los tribunales no coinciden, hay un caso abierto o nadie ha planteado la cuestión.',
          'Probablemente sin efecto ante la ley federal: es probable que un tribunal dé prioridad a la ley federal. Estos tipos figuran para que se vea su riesgo.',
          'Una medida muestra el nivel de su tipo. Un texto mal escrito puede caer en un tipo establecido, y uno cuidadoso puede sostenerse en un tipo en disputa. El nivel es información, no asesoría legal.',
        ],
      },
      {
        id: 'confidence',
        title: 'Confianza y duda',
        rail: 'Lo que muestran las fuentes y lo que no.',
        text: [
          'Alta: las fuentes vistas muestran el registro. Media: muestran una parte. Baja: la fuente es débil o indirecta.',
          'Hay un signo de pregunta junto a cada dato que no aparece en el texto de las fuentes vistas. El dato se conserva, y se marca, hasta que una fuente lo muestre. «Monto sin verificar» se refiere solo al monto.',
          'Los montos son para todas las jurisdicciones que nombra el registro. La parte de un estado no se registra si ninguna fuente la da.',
        ],
      },
      {
        id: 'dates',
        title: 'Fechas y «a la fecha»',
        rail: 'Una fecha es tan precisa como su fuente.',
        text: [
          'Una fecha puede ser un año, un mes o un día. Nunca se completa: «2025» sigue siendo un año, se dibuja como un año entero incierto y se encuentra con cualquier búsqueda dentro de ese año.',
          'Cada registro tiene dos tiempos: cuándo algo fue cierto y cuándo lo registramos. Una corrección o un cambio de situación es una versión nueva. Nada se borra.',
          '«A la fecha» muestra los registros que ya habían comenzado ese día, cada uno con su situación de entonces según las fechas registradas. Donde las fechas no bastan, el registro se muestra y se marca, con el motivo.',
          'En las líneas de tiempo, lo que dura se dibuja hasta el último día del que habla alguna fuente, no hasta hoy.',
        ],
      },
      {
        id: 'relations',
        title: 'Relaciones',
        rail: 'Se guardan una vez y se muestran desde los dos lados.',
        text: [
          'Una medida responde a una medida federal. Una demanda impugna una medida o una medida federal. Una medida o un tipo de medida se apoya en la doctrina, o tiene en ella un límite. Una medida es un caso de un tipo. Puede adoptarse en el marco de una alianza. Un registro puede derivarse de otro.',
          'La disputa y sus expedientes van por separado: una demanda puede tener muchos expedientes y apelaciones.',
          'Una relación dice que una fuente o el texto enlaza dos registros. No dice que uno causara el otro.',
        ],
      },
      {
        id: 'counts',
        title: 'Números',
        rail: 'Contar registros no es contar todo lo que pasó.',
        text: [
          'Los condados y las ciudades se cuentan con su estado. Un registro que nombra varios estados se cuenta una vez para cada uno.',
          'Cero quiere decir que no hay ninguno registrado, y eso no prueba que no haya ninguno. Los lugares con más noticias tienen más registros.',
          'Los números no juzgan ni miden: un registro puede ser una resolución o una ley.',
        ],
      },
      {
        id: 'both',
        title: 'Los dos lados',
        rail: 'El mismo número de autoridades y casi el mismo largo.',
        text: [
          'Lo que habla a favor y en contra se arma con una sola regla a partir de la doctrina que nombran el registro y su tipo: el mismo número de cada lado, elegidas para que los dos textos sean lo más parecidos posible en largo. Las demás se nombran debajo.',
          'La doctrina que ayuda a un estado de un partido ayuda a uno del otro, y se muestra para los dos.',
        ],
      },
    ],
  },
}

export const ACCESSIBILITY: Readonly<Record<Lang, AboutWords>> = {
  en: {
    title: 'Accessibility',
    lede: 'These pages aim at WCAG 2.2, level AA. Tell us where they fall short.',
    parts: [
      {
        id: 'how',
        title: 'What to expect',
        rail: 'Every page works with a keyboard, without a mouse, without scripts.',
        text: [
          'Pages are drawn on the server and need no scripts. Nothing depends on hovering, dragging or motion.',
          'Shape and word carry meaning; color never does so alone. Each status has its own square and its word, so that a gray print says the same.',
          'Charts and maps have their finding as a name, and their figures as a table on the same page.',
          'Text can be enlarged to 400 % and reflows down to a width of 320 pixels. Only the comparison matrix scrolls inside itself; on narrow screens it becomes a list.',
          'Titles and summaries of records are in English and say so to a screen reader on Spanish pages.',
        ],
      },
      {
        id: 'tests',
        title: 'How it is checked',
        rail: 'By machine on every change, by hand now and then.',
        text: [
          'Pages of every kind are run through axe in both languages; a violation fails the tests of the project. Automatic checks find only part of what can be wrong.',
          'Keyboard use, forced colors, 400 % zoom and print are looked at by hand.',
        ],
      },
      {
        id: 'limits',
        title: 'Known limits',
        rail: 'What does not work well yet.',
        text: [
          'The time line of federal actions is hidden from screen readers; the words of each row say the same dates and statuses.',
          'In browsers without native popovers, notes on doubts and sources stand in the line.',
          'To tell us about a barrier, use the way described under corrections. Say which page, which browser and which aid.',
        ],
      },
    ],
  },
  es: {
    title: 'Accesibilidad',
    lede: 'Estas páginas siguen las pautas WCAG 2.2, nivel AA. Díganos dónde no llegan.',
    parts: [
      {
        id: 'how',
        title: 'Qué puede esperar',
        rail: 'Todas las páginas funcionan con teclado, sin ratón y sin programas en el navegador.',
        text: [
          'Las páginas se dibujan en el servidor y no necesitan programas en el navegador. Nada depende de pasar el puntero, arrastrar o del movimiento.',
          'La forma y la palabra llevan el significado; el color nunca lo hace solo. Cada situación tiene su cuadrado y su palabra, de modo que una copia en gris dice lo mismo.',
          'Los gráficos y los mapas tienen su hallazgo como nombre y sus cifras como tabla en la misma página.',
          'El texto puede ampliarse al 400 % y se acomoda hasta un ancho de 320 píxeles. Solo la tabla comparativa se desplaza dentro de sí; en pantallas estrechas pasa a ser una lista.',
          'Los títulos y resúmenes de los registros están en inglés, y así se lo indican a un lector de pantalla.',
        ],
      },
      {
        id: 'tests',
        title: 'Cómo se comprueba',
        rail: 'Con programas en cada cambio y a mano de vez en cuando.',
        text: [
          'Páginas de todas las clases se examinan con axe en los dos idiomas; una falta hace fallar las pruebas del proyecto. Los exámenes automáticos solo hallan una parte de lo que puede estar mal.',
          'El uso del teclado, los colores forzados, la ampliación al 400 % y la impresión se revisan a mano.',
        ],
      },
      {
        id: 'limits',
        title: 'Límites conocidos',
        rail: 'Lo que todavía no funciona bien.',
        text: [
          'La línea de tiempo de las medidas federales no se lee con lector de pantalla; las palabras de cada fila dicen las mismas fechas y situaciones.',
          'En navegadores sin ventanas emergentes nativas, las notas sobre dudas y fuentes aparecen en la línea.',
          'Para avisarnos de una barrera, use el camino que se describe en correcciones. Diga qué página, qué navegador y qué ayuda usa.',
        ],
      },
    ],
  },
}
