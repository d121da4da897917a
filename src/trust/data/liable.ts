/**
 * Who answers in law for held tax, by rule, and how settled that is. `figure` names the amount of `Exposure` that the
 * rule gives; a rule about persons has none, and none is ever computed.
 */
export const LIABLE = [
  {
    rule: 'deposit_penalty', figure: 'deposit_penalty', tier: 'settled',
    citation: '26 U.S.C. §§ 3403, 6656', source: 'https://www.law.cornell.edu/uscode/text/26/6656',
    en: { rule: 'Tax deposited late: 2, 5, 10 or 15% of it', liable: 'The employer: for pay of its own staff, the state', settled: 'The law is settled. Whether a state law that orders the hold is reasonable cause has not been tested in court.' },
    es: { rule: 'Impuesto depositado tarde: 2, 5, 10 o 15% del mismo', liable: 'El empleador: por la paga de su propio personal, el estado', settled: 'El derecho está establecido. Ningún tribunal ha examinado si una ley estatal que ordena retenerlo es causa razonable.' },
  },
  {
    rule: 'late_payment', figure: 'late_payment', tier: 'settled',
    citation: '26 U.S.C. §§ 3403, 6651(a)(2)', source: 'https://www.law.cornell.edu/uscode/text/26/6651',
    en: { rule: 'Tax paid late: 0.5% for each month, at most 25%', liable: 'The employer', settled: 'The law is settled; reasonable cause as above.' },
    es: { rule: 'Impuesto pagado tarde: 0.5% por cada mes, 25% como máximo', liable: 'El empleador', settled: 'El derecho está establecido; causa razonable como arriba.' },
  },
  {
    rule: 'interest', figure: 'interest', tier: 'settled',
    citation: '26 U.S.C. §§ 6601, 6621, 6622', source: 'https://www.law.cornell.edu/uscode/text/26/6622',
    en: { rule: 'Interest at the quarter’s rate, compounded daily', liable: 'The employer', settled: 'Settled. Interest is not waived for reasonable cause.' },
    es: { rule: 'Interés a la tasa del trimestre, compuesto cada día', liable: 'El empleador', settled: 'Establecido. El interés no se perdona por causa razonable.' },
  },
  {
    rule: 'trust_fund', figure: null, tier: 'settled',
    citation: '26 U.S.C. § 7501(a)', source: 'https://www.law.cornell.edu/uscode/text/26/7501',
    en: { rule: 'Withheld tax is held in trust for the United States', liable: 'Whoever withheld it; it is collected like the tax itself', settled: 'Settled.' },
    es: { rule: 'El impuesto retenido se guarda en fideicomiso para los Estados Unidos', liable: 'Quien lo retuvo; se cobra como el impuesto mismo', settled: 'Establecido.' },
  },
  {
    rule: 'personal', figure: null, tier: 'contested',
    citation: '26 U.S.C. §§ 6671(b), 6672', source: 'https://www.law.cornell.edu/uscode/text/26/6672',
    en: { rule: 'Personal liability for willful failure to pay over', liable: 'Responsible persons. The statute does not name state officials', settled: 'Contested for state officials. Written notice comes at least 60 days before any demand (§ 6672(b)).' },
    es: { rule: 'Responsabilidad personal por no entregarlo a sabiendas', liable: 'Las personas responsables. La ley no nombra a funcionarios estatales', settled: 'En disputa para funcionarios estatales. Un aviso escrito precede 60 días al cobro (§ 6672(b)).' },
  },
  {
    rule: 'crime', figure: null, tier: 'contested',
    citation: '26 U.S.C. § 7202', source: 'https://www.law.cornell.edu/uscode/text/26/7202',
    en: { rule: 'Willful failure to collect or pay over is a felony', liable: 'The person who acts willfully', settled: 'The offense is settled. Whether it reaches an officer who obeys a state law is not.' },
    es: { rule: 'No cobrarlo o no entregarlo a sabiendas es delito grave', liable: 'La persona que actúa a sabiendas', settled: 'El delito está establecido. No lo está si alcanza a un funcionario que obedece una ley estatal.' },
  },
] as const
