/**
 * Words that mean the same thing in these records, so that a search for one finds the others. A row stands here
 * only where records use both forms for one body, program, instrument or thing. Near meanings are no synonyms:
 * "police" does not find "sheriff".
 */
export const SYNONYMS: readonly { readonly terms: readonly string[]; readonly why: string }[] = [
  {
    terms: ['ICE', 'immigration and customs enforcement'],
    why: 'The agency: short name, full name, or both.',
  },
  { terms: ['DHS', 'homeland security'], why: 'Statutes use the name, news the letters.' },
  {
    terms: ['DOJ', 'justice department', 'department of justice'],
    why: 'The department in its usual forms.',
  },
  { terms: ['HHS', 'health and human services'], why: 'Medicaid and vaccine actions name it either way.' },
  { terms: ['EPA', 'environmental protection agency'], why: 'The agency.' },
  { terms: ['CDC', 'centers for disease control'], why: 'The agency.' },
  {
    terms: ['OMB', 'budget office', 'office of management and budget'],
    why: 'The office behind funding pauses.',
  },
  { terms: ['FEMA', 'federal emergency management agency'], why: 'The agency that pays disaster grants.' },
  {
    terms: ['SNAP', 'food aid', 'food stamps', 'supplemental nutrition assistance'],
    why: 'One program: records say food aid, statutes its name, people food stamps.',
  },
  { terms: ['ACA', 'affordable care act', 'obamacare'], why: 'One act, three names.' },
  { terms: ['CSA', 'controlled substances act'], why: 'The federal law that cannabis measures differ from.' },
  { terms: ['marijuana', 'cannabis'], why: 'Federal law writes the first, most state acts the second.' },
  { terms: ['AG', 'attorney general', 'attorneys general'], why: 'The office that brings the suits.' },
  { terms: ['EO', 'executive order'], why: 'Cited as EO 14160 and in full.' },
  { terms: ['gun', 'firearm'], why: 'Acts say firearm, people say gun.' },
  { terms: ['vaccine', 'immunization'], why: 'Health departments use both for one thing.' },
  {
    terms: ['voter rolls', 'voter lists', 'voter registration lists'],
    why: 'Demands for the same lists are worded in all three ways.',
  },
  {
    terms: ['ERIC', 'electronic registration information center'],
    why: 'The compact that states joined and left.',
  },
  { terms: ['NPVIC', 'national popular vote'], why: 'The interstate compact on electors.' },
  { terms: ['SCOTUS', 'supreme court'], why: 'The court, in the words of news and of dockets.' },
]
