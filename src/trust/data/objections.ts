/**
 * What stands against holding federal tax in a state trust, what answers it, each with its authority. Our sentences,
 * one idea each; the words of the law are at the address.
 */
export const OBJECTIONS = [
  {
    group: 'owed', authority: '26 U.S.C. § 3403', source: 'https://www.law.cornell.edu/uscode/text/26/3403',
    en: ['Who owes the tax', 'The employer owes the tax that it had to withhold. Once it has paid it over, nobody can claim it from the employer.'],
    es: ['Quién debe el impuesto', 'El empleador debe el impuesto que tenía que retener. Una vez entregado, nadie puede reclamárselo.'],
  },
  {
    group: 'owed', authority: '26 U.S.C. §§ 3401(d), 3404', source: 'https://www.law.cornell.edu/uscode/text/26/3404',
    en: ['States are employers', 'A state and its subdivisions are employers under the withholding law; the officer who controls the pay may sign the return.'],
    es: ['Los estados son empleadores', 'Un estado y sus subdivisiones son empleadores según la ley de retención; el funcionario que controla la paga puede firmar la declaración.'],
  },
  {
    group: 'owed', authority: '26 U.S.C. § 7501(a)', source: 'https://www.law.cornell.edu/uscode/text/26/7501',
    en: ['A trust there is already', 'Withheld tax is by law a fund in trust for the United States, and is collected as the tax is.'],
    es: ['Ya existe un fideicomiso', 'Por ley, el impuesto retenido es un fondo en fideicomiso para los Estados Unidos y se cobra como el impuesto.'],
  },
  {
    group: 'owed', authority: '26 U.S.C. § 31(a); 26 C.F.R. § 1.31-1(a)', source: 'https://www.law.cornell.edu/cfr/text/26/1.31-1',
    en: ['Employees keep their credit', 'An employee is credited with tax that was withheld even if it never arrives. The Treasury bears the loss and looks to the employer.'],
    es: ['Los empleados conservan su crédito', 'Al empleado se le acredita el impuesto retenido aunque nunca llegue. El Tesoro asume la pérdida y reclama al empleador.'],
  },
  {
    group: 'cost', authority: '26 U.S.C. § 6656', source: 'https://www.law.cornell.edu/uscode/text/26/6656',
    en: ['Late deposit', 'A late deposit costs 2, 5, 10 or 15 percent of it, unless there is reasonable cause and no willful neglect.'],
    es: ['Depósito tardío', 'Un depósito tardío cuesta 2, 5, 10 o 15 por ciento, salvo causa razonable y sin negligencia deliberada.'],
  },
  {
    group: 'cost', authority: '26 U.S.C. § 6651', source: 'https://www.law.cornell.edu/uscode/text/26/6651',
    en: ['Late payment and late return', 'Tax shown and not paid adds 0.5 percent a month, 1 percent after a levy notice; a late return adds 5 percent a month. Each stops at 25 percent.'],
    es: ['Pago y declaración tardíos', 'El impuesto declarado y no pagado suma 0.5 por ciento al mes, 1 tras un aviso de embargo; la declaración tardía, 5 al mes. Cada una llega hasta 25.'],
  },
  {
    group: 'cost', authority: '26 U.S.C. §§ 6601, 6621, 6622', source: 'https://www.law.cornell.edu/uscode/text/26/6622',
    en: ['Interest', 'Unpaid tax bears the federal short-term rate and three points, compounded daily.'],
    es: ['Intereses', 'El impuesto impago devenga la tasa federal a corto plazo más tres puntos, compuesta a diario.'],
  },
  {
    group: 'cost', authority: '26 U.S.C. § 6601(e)(2)', source: 'https://www.law.cornell.edu/uscode/text/26/6601',
    en: ['Interest on penalties', 'Most penalties bear interest only when they stay unpaid 21 days after notice and demand; 10 business days from $100,000 on.'],
    es: ['Intereses sobre multas', 'La mayoría de las multas devenga intereses solo si siguen impagas 21 días después del aviso; 10 días hábiles desde $100,000.'],
  },
  {
    group: 'person', authority: '26 U.S.C. §§ 6671(b), 6672', source: 'https://www.law.cornell.edu/uscode/text/26/6672',
    en: ['Personal liability', 'A person who must pay over tax and willfully does not answers for all of it. The statute counts some officers and employees in; it does not name state officials.'],
    es: ['Responsabilidad personal', 'Quien debe entregar el impuesto y a sabiendas no lo hace responde por todo. La ley incluye a ciertos directivos y empleados; no nombra a funcionarios estatales.'],
  },
  {
    group: 'person', authority: '26 U.S.C. § 7202', source: 'https://www.law.cornell.edu/uscode/text/26/7202',
    en: ['Crime', 'Willful failure to collect or pay over is a felony: a fine up to $10,000, up to five years, or both.'],
    es: ['Delito', 'No cobrar o no entregar a sabiendas es delito grave: multa de hasta $10,000, hasta cinco años de prisión, o ambas.'],
  },
  {
    group: 'person', authority: '26 U.S.C. §§ 7215, 7512', source: 'https://www.law.cornell.edu/uscode/text/26/7512',
    en: ['Special account order', 'After a notice delivered by hand, withheld tax must be banked within two banking days in a separate account for the United States. To disobey is a misdemeanor.'],
    es: ['Orden de cuenta especial', 'Tras un aviso entregado en mano, el impuesto retenido debe depositarse en dos días bancarios en una cuenta aparte para los Estados Unidos. Desobedecer es delito menor.'],
  },
  {
    group: 'enforcement', authority: '26 U.S.C. §§ 6321, 6331(a)', source: 'https://www.law.cornell.edu/uscode/text/26/6331',
    en: ['Lien and levy', 'Ten days after notice and demand the IRS may levy on property and rights to property.'],
    es: ['Gravamen y embargo', 'Diez días después del aviso y requerimiento, el IRS puede embargar bienes y derechos.'],
  },
  {
    group: 'enforcement', authority: '26 U.S.C. § 6331(h)', source: 'https://www.everycrsreport.com/reports/IF11671.html',
    en: ['Levy on federal payments', 'The IRS may take up to 15 percent of certain federal payments due to the taxpayer, again and again.'],
    es: ['Embargo de pagos federales', 'El IRS puede tomar hasta 15 por ciento de ciertos pagos federales debidos al contribuyente, de forma continua.'],
  },
  {
    group: 'enforcement', authority: '31 U.S.C. § 3716; Treasury Offset Program', source: 'https://fiscal.treasury.gov/top/faqs-top-state-debtors.html',
    en: ['Offset of state receipts', 'Treasury offsets payments to states for debts that are not tax and are 60 days overdue; for tax there is the levy program instead.'],
    es: ['Compensación de pagos al estado', 'El Tesoro compensa pagos a los estados por deudas no tributarias vencidas hace 60 días; para impuestos existe el programa de embargo.'],
  },
  {
    group: 'enforcement', authority: '28 U.S.C. § 1345; United States v. Texas (1892)', source: 'https://supreme.justia.com/cases/federal/us/143/621/',
    en: ['Suit by the United States', 'The United States can sue a state in federal court; sovereign immunity does not stop it.'],
    es: ['Demanda de los Estados Unidos', 'Los Estados Unidos pueden demandar a un estado ante un tribunal federal; la inmunidad soberana no lo impide.'],
  },
  {
    group: 'enforcement', authority: '26 U.S.C. § 7421(a)', source: 'https://www.law.cornell.edu/uscode/text/26/7421',
    en: ['No suit to stop collection', 'A suit to restrain the assessment or collection of federal tax is generally barred.'],
    es: ['Sin demanda contra el cobro', 'Por regla general, no se admite una demanda para frenar la liquidación o el cobro de un impuesto federal.'],
  },
  {
    group: 'constitution', authority: 'U.S. Const. art. VI, cl. 2', source: 'https://constitution.congress.gov/browse/article-6/clause-2/',
    en: ['Supremacy', 'Federal law made under the Constitution prevails over state law that conflicts with it.'],
    es: ['Supremacía', 'La ley federal dictada conforme a la Constitución prevalece sobre la ley estatal contraria.'],
  },
  {
    group: 'constitution', authority: 'McCulloch v. Maryland, 17 U.S. 316 (1819)', source: 'https://supreme.justia.com/cases/federal/us/17/316/',
    en: ['McCulloch', 'A state may not impede the working of valid federal powers.'],
    es: ['McCulloch', 'Un estado no puede obstaculizar el ejercicio de poderes federales válidos.'],
  },
  {
    group: 'constitution', authority: 'U.S. Const. art. I, § 8, cl. 1; amend. XVI', source: 'https://constitution.congress.gov/constitution/amendment-16/',
    en: ['Taxing power', 'Congress may lay and collect taxes, on incomes too, without apportionment among the states.'],
    es: ['Poder tributario', 'El Congreso puede imponer y cobrar impuestos, también sobre la renta, sin reparto entre los estados.'],
  },
  {
    group: 'answer', authority: 'New York v. United States (1992); Printz (1997); Murphy v. NCAA (2018); Reno v. Condon (2000)', source: 'https://supreme.justia.com/cases/federal/us/528/141/',
    en: ['Anti-commandeering', 'Congress may not order states to run a federal program. Duties that fall on every employer alike have been treated otherwise.'],
    es: ['Prohibición de dar órdenes a los estados', 'El Congreso no puede ordenar a los estados administrar un programa federal. Los deberes comunes a todo empleador han recibido otro trato.'],
  },
  {
    group: 'answer', authority: '26 U.S.C. §§ 6651(a), 6656(a)', source: 'https://www.law.cornell.edu/uscode/text/26/6656',
    en: ['Reasonable cause', 'Penalties fall away for reasonable cause. No court has been asked whether a state law that orders the hold is such a cause.'],
    es: ['Causa razonable', 'Las multas se perdonan por causa razonable. Ningún tribunal ha resuelto si una ley estatal que ordena retener lo es.'],
  },
] as const
